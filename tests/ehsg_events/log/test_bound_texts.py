"""A text is read only where the fact holds it that it was sealed for, whatever was exchanged."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from support.log import spoiled
from support.log.sealed_before import sealed_before
from support.story.story import ASSESSMENT, PANEL, Story, agree_and_split

from ehsg_events.events import NoteGiven
from ehsg_events.kernel import Decision, Recorded, stamped
from ehsg_events.log.log import Log
from ehsg_events.log.vault import LOSSES
from ehsg_events.states.streams import interview_stream
from projections.verification.verification import kept_in, verified

DAMAGED = LOSSES["unreadable"]
Exchange = Callable[[Path, int, int], None]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two notes in one interview, one in the same person's next, and one of somebody else."""
    folder = tmp_path_factory.mktemp("whole") / "data"
    with Story(folder) as story:
        agree_and_split(story.opened(PANEL)).noted("police-1", "5.1", "working-well", "one")
        story.noted("police-1", "5.1", "working-well", "two")
        story.noted("health-1", "5.1", "working-well", "theirs").round_closed()
        story.round_opened().answered("police-1", "5.2", "3")
        story.noted("police-1", "5.2", "reason", "later")
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """A copy to be spoiled."""
    return Path(shutil.copytree(whole, tmp_path / "spoiled"))


def noted(log: Log) -> list[Recorded]:
    """The facts of the notes, in order."""
    return list(log.all(topics=(NoteGiven.TOPIC,)))


def positions(folder: Path) -> dict[str, int]:
    """Where each note stands, by what it says."""
    with Log(folder) as log:
        return {said(log, recorded): recorded.position for recorded in noted(log)}


def said(log: Log, recorded: Recorded, *, in_stream: bool = False) -> str:
    """What a note says."""
    assert isinstance(recorded.fact, NoteGiven)
    return log.opened(recorded.fact.words, recorded.stream.id if in_stream else None).says


def read(folder: Path) -> dict[int, set[str]]:
    """What each note says, by its position, however it is read."""
    with Log(folder) as log:
        return {
            recorded.position: {said(log, recorded), said(log, recorded, in_stream=True)}
            for recorded in noted(log)
        }


def named(folder: Path) -> set[int | None]:
    """The positions that verifying names."""
    return {fault.position for fault in verified(kept_in(folder)).faults}


@pytest.mark.parametrize(
    "exchange", [spoiled.exchanged_words, spoiled.exchanged_rows, spoiled.swapped_texts]
)
@pytest.mark.parametrize(
    "other", ["two", "later", "theirs"], ids=["one stream", "two streams", "two people"]
)
def test_two_texts_that_were_exchanged_are_damaged_and_all_others_read(
    folder: Path, exchange: Exchange, other: str
) -> None:
    """In the facts, by the ids of their rows, or by what the rows hold; verifying names both."""
    stands = positions(folder)
    exchange(folder, stands["one"], stands[other])
    pair = {stands["one"], stands[other]}
    expected = {at: {DAMAGED if at in pair else text} for text, at in stands.items()}
    assert read(folder) == expected
    assert named(folder) == pair


def test_by_the_rule_of_earlier_releases_nobody_would_notice(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bound to the stream alone, each of the two reads as the other: the rule above has power."""
    stands = positions(folder)
    spoiled.exchanged_words(folder, stands["one"], stands["two"])
    monkeypatch.setattr(Log, "_holds", lambda *_: True)
    assert read(folder)[stands["one"]] == {"two"}
    assert read(folder)[stands["two"]] == {"one"}


def test_two_texts_of_one_fact_cannot_be_exchanged(tmp_path: Path) -> None:
    """A name is no address, though both are the same person's and of one version."""
    with Story(tmp_path / "data") as story:
        story.opened([replace(PANEL[0], slack="T0AREA/U0POLICE"), *PANEL[1:]])
    at = spoiled.first(tmp_path / "data", "StakeholderAdded")
    name, slack = (spoiled.words_of(tmp_path / "data", at, field) for field in ("name", "slack"))
    spoiled.pointed_at(tmp_path / "data", at, slack, "name")
    spoiled.pointed_at(tmp_path / "data", at, name, "slack")
    with Log(tmp_path / "data") as log:
        member = log.assessment(story.assessment).panel[PANEL[0].id]
        assert member.slack is not None
        assert {log.opened(words).loss for words in (member.name, member.slack)} == {"unreadable"}
    assert named(tmp_path / "data") == {at}


def test_a_text_that_is_pointed_at_twice_is_named_where_it_is_not_at_home(folder: Path) -> None:
    """What was lost by it is named, too: a text without a fact."""
    stands = positions(folder)
    own = spoiled.words_of(folder, stands["one"])
    spoiled.pointed_at(folder, stands["theirs"], own)
    assert named(folder) == {stands["theirs"], None}


def test_a_text_of_another_log_is_damaged_here(folder: Path, whole: Path, tmp_path: Path) -> None:
    """Of a log with keys of its own, and of a copy that went on with the same keys."""
    at = positions(folder)["later"]
    with Story(tmp_path / "other") as story:
        agree_and_split(story.opened(PANEL)).noted("police-1", "5.1", "working-well", "foreign")
    with Story(Path(shutil.copytree(whole, tmp_path / "copy"))) as story:
        story.minutes = 1000
        story.noted("police-1", "5.2", "reason", "foreign")
    for there in (tmp_path / "other", tmp_path / "copy"):
        words = spoiled.words_of(there, positions(there)["foreign"])
        row_brought(there, folder, words["id"])
        spoiled.pointed_at(folder, at, words)
        assert read(folder)[at] == {DAMAGED}
        assert at in named(folder)


def test_a_text_that_an_earlier_release_sealed_is_read_and_counted(folder: Path) -> None:
    """It is bound to its stream, as it always was; verifying says how many are."""
    with Log(folder) as log:
        stream = interview_stream(ASSESSMENT, 2, "police-1")
        older = sealed_before(log.vault, "as it was", stream, "police-1")
        note = NoteGiven(item="5.2", field="reason", words=older.words)
        stamp = next(log.facts(stream)).stamp.model_copy(update={"key": "older"})
        decided = [Decision(stream, log.version(stream), (note,))]
        log.save(*stamped(decided, stamp), sealed=[older], key=stamp.key)
    assert {"as it was"} in read(folder).values()
    found = verified(kept_in(folder))
    assert (found.faults, found.older) == ([], 1)


def row_brought(there: Path, here: Path, name: str) -> None:
    """The row of a text, copied from another log."""
    key = name.replace("-", "")
    with closing(sqlite3.connect(there / "log.sqlite")) as db:
        row = db.execute("SELECT * FROM sealed_text WHERE id = ?", (key,)).fetchone()
    with closing(sqlite3.connect(here / "log.sqlite")) as db, db:
        db.execute("INSERT INTO sealed_text VALUES (?, ?, ?, ?, ?)", row)
