"""However a log is read, at once, in parts, from a base or live, it says the same."""

from __future__ import annotations

import errno
import json
import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml
from eventsourcing.persistence import StoredEvent
from support.ehsg import ehsg
from support.life import Life
from support.log.failing import unlistable
from support.log.store import altered
from support.story.story import ASSESSMENT, PANEL, Story, agree_and_split
from support.world import GUIDE

from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from guides import library
from guides.model import Guide
from projections.facts.long.base import FOLDER, base_of, is_long
from projections.facts.long.rebuild import beside, rebuild
from projections.facts.read_models import READ_MODELS
from projections.facts.view import View, view_at


def said(view: View) -> dict[str, list[str]]:
    """Every read model with its rows, as text; in the order of the rows' own text."""
    return {
        name: sorted(json.dumps(row, default=str) for row in view.ask(f"SELECT * FROM {name}"))  # noqa: S608
        for name in ("fact", *READ_MODELS)
    }


def batches(rows: Sequence[StoredEvent], dice: random.Random) -> Iterator[Sequence[StoredEvent]]:
    """The same facts, a few or many at a time."""
    while rows:
        many = dice.choice((1, 2, 7, 40, 200))
        yield rows[:many]
        rows = rows[many:]


@pytest.fixture
def base(story: Story) -> Path:
    """The base of a story in which a round was closed."""
    agree_and_split(story).round_closed()
    return rebuild(story.log).path


# -- the same, however it was read -------------------------------------------------------------
@pytest.mark.slow
@pytest.mark.parametrize("seed", [11])
def test_at_once_in_batches_from_a_base_and_live_a_log_says_the_same(
    seed: int, tmp_path: Path
) -> None:
    """Whatever happened to a round: four ways to read it, one content of every read model."""
    dice = random.Random(seed)
    for name in ("lived", "fed"):
        guide = Guide.model_validate(yaml.safe_load(GUIDE))
        library.publish(guide, GUIDE.encode(), tmp_path / name)
    life = Life(tmp_path / "lived", dice)
    with closing(life):
        life.live()
        rows = [stored for _, stored in life.log.store.rows()]
        at_once = said(view_at(life.log, life.id))
    with closing(Log(tmp_path / "fed")) as log:
        parts = [*batches(rows, dice)]
        rebuilt_after = dice.randrange(len(parts))
        log.store.insert_events(parts[0])
        for place, part in enumerate(parts):
            if place:
                log.store.insert_events(part)
            if dice.random() < 0.3:
                said(view_at(log, life.id))  # what is kept of it is gone on from
            if place == rebuilt_after:
                rebuild(log)
        assert base_of(log) is not None
        assert said(view_at(log, life.id)) == at_once


def test_as_of_any_position_a_base_says_what_the_log_says(story: Story, base: Path) -> None:
    """Before its end and beyond it."""
    story.moderated("5.2", "3", "They talked")
    last = story.view().position
    moments = [str(moment) for moment in (12, last)]
    with_base = [said(story.view(moment)) for moment in moments]
    base.unlink()
    assert base_of(story.log) is None
    assert with_base == [said(story.view(moment)) for moment in moments]


def test_another_assessment_on_the_same_log_is_not_in_the_view(story: Story) -> None:
    """A base holds them all, a view one."""
    other = Story.__new__(Story)
    other.log, other.assessment, other.minutes = story.log, UUID(int=5), 500
    agree_and_split(other.opened(PANEL))
    rebuild(story.log)
    assert {row["assessment"] for row in story.view().ask("FROM fact")} == {ASSESSMENT}
    assert {row["assessment"] for row in other.view().ask("FROM fact")} == {UUID(int=5)}


def test_views_made_at_the_same_time_hold_only_their_own(story: Story) -> None:
    """Several pages are drawn at once, and nothing of one shows in another."""
    agree_and_split(story).round_closed()
    every = story.view().ask("SELECT position FROM fact")
    moments = [str(row["position"]) for row in every[::4]]
    with ThreadPoolExecutor(6) as crowd:
        views = [*crowd.map(story.view, moments)]
    held = [view.ask("SELECT count(*) AS n, max(position) AS last FROM fact")[0] for view in views]
    alone = [story.view(moment).position for moment in moments]
    assert [(row["n"], row["last"]) for row in held] == [(last, last) for last in alone]


# -- which base is taken -----------------------------------------------------------------------
def test_a_base_of_another_log_or_another_version_is_not_taken(story: Story, base: Path) -> None:
    """Its name says what it was made of, and is not believed of anything else."""
    assert base_of(story.log) is not None
    foreign = base.with_name(f"{base.stem[:-1]}{'0' if base.stem[-1] != '0' else '1'}.duckdb")
    base.rename(foreign)
    assert base_of(story.log) is None


def test_a_damaged_base_is_refused_with_the_way_out(story: Story, base: Path) -> None:
    """Cut short, overwritten, or something else under its name: never a traceback or half a figure."""
    whole = base.read_bytes()
    middle = len(whole) // 2
    for damaged in (whole[:10], whole[:middle], whole[:middle] + bytes(middle), b"SQLite " * 1000):
        base.write_bytes(damaged)
        with pytest.raises(Refused, match="Delete that folder"):
            said(story.view())
    base.write_bytes(whole)
    assert story.view().ask("FROM fact")


def test_a_new_base_takes_the_place_of_the_old_one(story: Story, base: Path) -> None:
    """Who reads the old one goes on reading it; whoever comes next reads the new one."""
    before = story.view()
    story.moderated("5.2", "3", "They talked")
    newer = rebuild(story.log)
    assert [path.name for path in base.parent.glob("base-*")] == [newer.path.name]
    assert not before.ask("SELECT * FROM fact WHERE what = 'OutcomeModerated'")
    assert story.view().ask("SELECT * FROM fact WHERE what = 'OutcomeModerated'")


def test_a_base_is_made_by_itself_when_the_log_has_grown(story: Story) -> None:
    """Whoever serves keeps it near the end of the log; a short log never has one."""
    agree_and_split(story)
    assert not is_long(story.log)
    done = threading.Event()
    with beside(story.log, fewest=20, every=0.01, then=lambda _: done.set()):
        wait_for(story.log)
        assert done.wait(30)  # what whoever serves reads of a new one
    assert not is_long(story.log, fewest=20)


def test_a_base_is_made_although_a_try_failed(
    story: Story, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The machine let no process start; at the next try it does."""
    agree_and_split(story)
    start: Any = subprocess.Popen
    tries: list[int] = []

    def refused_once(*command: Any, **options: Any) -> Any:
        tries.append(1)
        if len(tries) == 1:
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        return start(*command, **options)

    monkeypatch.setattr("projections.facts.long.rebuild.subprocess.Popen", refused_once)
    with beside(story.log, fewest=20, every=0.01):
        wait_for(story.log)
    assert len(tries) >= 2
    assert "start no further process" in caplog.text


def test_a_rebuild_that_fails_leaves_nothing_behind(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused, killed, or out of room: what it wrote until then would only fill the disk."""
    agree_and_split(story)
    bases = story.log.folder / FOLDER
    start: Any = subprocess.Popen
    limit = 16 * 1024  # bytes that a file of the builder may have

    def without_room(*command: Any, **options: Any) -> Any:
        def few() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        return start(*command, preexec_fn=few, **options)

    def killed(*command: Any, **options: Any) -> Any:
        child = start(*command, **options)
        while not list(bases.glob("building-*")) and child.poll() is None:
            time.sleep(0.001)
        child.kill()
        return child

    for failing in (without_room, killed):
        with monkeypatch.context() as patched:
            patched.setattr("projections.facts.long.rebuild.subprocess.Popen", failing)
            with pytest.raises(Refused):
                rebuild(story.log)
        assert [path.name for path in bases.iterdir()] == ["lock"]


def wait_for(log: Log) -> None:
    """Until there is a base."""
    while base_of(log) is None:
        time.sleep(0.02)


# -- what it holds and who may read it ---------------------------------------------------------
def test_a_base_holds_no_personal_text_and_is_for_its_owner_alone(story: Story) -> None:
    """Ids and digests of words, as on the log; the folder and the file are closed to others."""
    agree_and_split(story).noted("police-1", "5.1", "working-well", "Something private")
    base = rebuild(story.log).path
    everything = str(story.view().ask("FROM fact")).encode() + base.read_bytes()
    assert b"private" not in everything
    assert b"Surname" not in everything
    assert base.stat().st_mode & 0o777 == 0o600
    assert base.parent.stat().st_mode & 0o777 == 0o700


def test_a_value_of_the_wrong_type_is_refused_by_place_and_field(story: Story) -> None:
    """Read in bulk it is found as it is found one by one, and no base is left behind."""
    agree_and_split(story)
    stored = next(one for _, one in story.log.store.rows() if b'"score": 2' in one.state)
    wrong = altered(stored, stored.state.replace(b'"score": 2', b'"score": "two"'))
    story.log.store.insert_events([StoredEvent(UUID(int=9), 1, wrong.topic, wrong.state)])
    end = story.log.store.last_position()
    with pytest.raises(Refused, match=rf"Position {end} .*AnswerGiven.v1 holds no fact.score"):
        rebuild(story.log)
    assert base_of(story.log) is None


def test_a_second_sqlite_is_never_in_a_process_that_holds_the_log() -> None:
    """It would drop the locks of the first, and facts would be lost."""
    loads = "import sys, bots.cli.serve.serve, projections.facts.long.rebuild"
    check = f"{loads}; sys.exit(any(name.startswith(('adbc', 'pyarrow')) for name in sys.modules))"
    subprocess.run([sys.executable, "-c", check], check=True)


# -- killed ------------------------------------------------------------------------------------
@pytest.mark.slow
def test_killed_at_any_moment_the_next_rebuild_does_it_whole(story: Story, base: Path) -> None:
    """A lock of the dead holds nobody up, and what they left half done is tidied away."""
    assert base.exists()
    at_once = said(story.view())
    dice = random.Random(7)
    for _ in range(2):
        command = [
            sys.executable,
            "-m",
            "projections.facts.long.read_sqlite",
            str(story.log.folder.absolute()),
        ]
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        time.sleep(dice.uniform(0.2, 1.2))
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        assert said(story.view()) == at_once
    newest = rebuild(story.log).path
    assert said(story.view()) == at_once
    assert sorted(path.name for path in (story.log.folder / FOLDER).iterdir()) == [
        newest.name,
        "lock",
    ]


# -- by command --------------------------------------------------------------------------------
def test_the_command_says_where_the_base_is(story: Story) -> None:
    """For a program as one document; the bar goes elsewhere."""
    agree_and_split(story)
    told = ehsg(story.log.folder, "rebuild", "--json")
    assert Path(told.document["file"]) == getattr(base_of(story.log), "path", None)


def test_a_base_that_cannot_be_found_after_it_was_built_is_said(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder that this account may not list."""
    agree_and_split(story)
    unlistable(monkeypatch, story.log.folder / FOLDER)
    with pytest.raises(Refused, match="cannot be found in "):
        rebuild(story.log)
