"""Focus: a real server, scheduler and worker keep a round's time; killed, they leave nothing.

One story is lived once, for all tests of this module: a round of some seconds is served until a
scheduled tick has run, the serving process is killed, Prefect's whole folder is deleted, and it
is served again.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from support.area import PANEL, Area
from support.processes import alive, descendants, within
from support.web import plain_http

from ehsg_events.commands import rounds
from ehsg_events.log.log import Log
from ehsg_events.policy.rules_file import usual
from flows import child_process
from flows.settings import home

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
WORDS = "Zuleika asked for a little more time"
SERVE = """
import signal, sys, threading
from datetime import timedelta
from pathlib import Path
from flows import child_process
from flows.serving import serve
stop = threading.Event()
child_process.when_parent_ends(stop.set)
serve(Path(sys.argv[1]), stop, child_process.tell, timedelta(seconds=12))
"""
WATCH = """
import os, sys
def note(line):
    with open(os.environ["WATCHED"], "a") as watched:
        watched.write(line + "\\n")
def watch(event, arguments):
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto") and isinstance(arguments[-1], tuple):
        host = arguments[-1][0]
    else:
        return
    note(f"{event} {host}")
sys.addaudithook(watch)
"""
OURS = {"127.0.0.1", "::1", "localhost", "None"}


@dataclass
class Story:
    """What was seen of the two lives of one data folder."""

    area: Area
    runs: list[dict[str, Any]]
    left: list[int]
    bytes: bytes
    redrawn: list[dict[str, Any]]
    pages: list[dict[str, Any]]
    ended: int
    contacts: set[str]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Live the story."""
    folder = tmp_path_factory.mktemp("served")
    watched = watch(folder / "watch")
    area = Area(Log(folder / "data"))
    area.open()
    first, address = serve(area.log.folder, watched)
    now = datetime.now(UTC)
    area.open_round(now, now + timedelta(seconds=27))
    until = now + timedelta(seconds=32)
    rounds.extend_round(area.log, area.stamp(now), area.id, until, WORDS)
    seen = within(240, lambda: happened(area, address), every=1)
    family = descendants(first.pid)
    first.kill()
    child_process.end(first)
    within(20, lambda: not alive(family))
    left = alive(family)
    every_byte = b"".join(f.read_bytes() for f in home(area.log.folder).rglob("*") if f.is_file())

    shutil.rmtree(home(area.log.folder))
    later = Area(area.log, UUID(int=8 << 124), area._causes)
    later.open((replace(PANEL[0], zone="Asia/Tokyo"), *PANEL[1:]), terms=usual())
    later.open_round(now, now + timedelta(days=40))
    second, address = serve(area.log.folder, watched)
    redrawn = asked(area.log.folder, address, "flow_runs/filter")
    pages = within(100, lambda: pages_after_a_tick(area, address), every=1)
    child_process.end(second)
    contacts = set(Path(watched["WATCHED"]).read_text().splitlines())
    yield Story(
        area, seen or [], left, every_byte, redrawn, pages or [], second.returncode, contacts
    )
    area.log.close()


def watch(folder: Path) -> dict[str, str]:
    """An environment in which every Python process notes whom it contacts."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(WATCH)
    return {**os.environ, "PYTHONPATH": str(folder), "WATCHED": str(folder / "contacts")}


def serve(folder: Path, environment: dict[str, str]) -> tuple[subprocess.Popen[str], str]:
    """Serve a folder in a process of its own; give it and its address once it is ready."""
    child = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )
    assert child.stdout is not None
    for line in child.stdout:
        if line.startswith("ready at "):
            return child, line.removeprefix("ready at ").strip()
    raise AssertionError("it ended before it was ready")


def asked(folder: Path, address: str, what: str) -> list[dict[str, Any]]:
    """Everything of a kind that Prefect knows."""
    name, _, password = (home(folder) / "login").read_text().partition(":")
    url = f"{address}/api/{what}"
    found: list[dict[str, Any]] = plain_http.post(url, json={}, auth=(name, password)).json()
    return found


def pages_after_a_tick(area: Area, address: str) -> list[dict[str, Any]] | None:
    """Every page that was made of a round, once a tick after the first has redrawn them."""
    folder = area.log.folder
    found = asked(folder, address, "flow_runs/filter")
    ticked = any(r["auto_scheduled"] and r["state_name"] == "Completed" for r in found)
    return asked(folder, address, "artifacts/filter") if ticked else None


def happened(area: Area, address: str) -> list[dict[str, Any]] | None:
    """The runs, once the round was measured and a tick that Prefect scheduled has run."""
    found = asked(area.log.folder, address, "flow_runs/filter")
    ticked = any(r["auto_scheduled"] and r["state_name"] == "Completed" for r in found)
    kept = any(r["name"].startswith("Sefton") and r["state_name"] == "Completed" for r in found)
    return found if ticked and kept and "RoundMeasured" in area.kinds() else None


def test_a_tick_that_prefect_scheduled_has_run(story: Story) -> None:
    """With a library beside Prefect that it cannot live with, its scheduler makes no runs."""
    ticked = [r for r in story.runs if r["auto_scheduled"] and r["state_name"] == "Completed"]
    assert ticked


def test_the_round_was_closed_and_measured_once(story: Story) -> None:
    """The milestone and several ticks came upon the same deadline; each step is one fact."""
    kinds = story.area.kinds()
    assert (kinds.count("RoundClosed"), kinds.count("RoundMeasured")) == (1, 1)


def test_the_round_was_not_closed_before_its_time(story: Story) -> None:
    """A run may begin early; the deadline, which was moved meanwhile, is kept."""
    closed = next(r for r in story.area.facts if type(r.fact).__name__ == "RoundClosed")
    assert closed.stamp.at >= story.area.now.rounds[0].deadline


def test_nothing_outlives_the_process_that_serves(story: Story) -> None:
    """After kill -9 the server ends by itself, and so does every run."""
    assert story.left == []


def test_prefect_was_told_no_name_and_no_word(story: Story) -> None:
    """Its folder holds ids and times; who is on the panel and what was said is not there."""
    assert str(story.area.id).encode() in story.bytes
    for secret in (WORDS, "Zuleika", "Surname", "police-1", "health-1"):
        assert secret.encode() not in story.bytes


def test_a_lost_schedule_is_redrawn_from_the_log(story: Story) -> None:
    """Prefect's whole folder was deleted; at the next start what is to come stands there again."""
    coming = [r["name"] for r in story.redrawn if r["state_name"] == "Scheduled"]
    assert any(name.startswith("Sefton round 1: the close, due ") for name in coming)


def test_every_time_of_a_milestone_has_a_run_of_its_own(story: Story) -> None:
    """Two zones, two runs for one reminder; the ladder stands there once."""
    coming = [r for r in story.redrawn if r["state_name"] == "Scheduled"]
    kinds = Counter(tag for run in coming for tag in run["tags"])
    wanted = {"remind-3": 2, "tell-backup-2": 1, "tell-coordinator-1": 1, "close": 1}
    assert wanted.items() <= kinds.items()


def test_the_page_of_a_round_is_made_once_for_each_text(story: Story) -> None:
    """Several ticks have looked at two rounds, and nothing of them has changed."""
    texts = [(page["key"], page["data"]) for page in story.pages]
    assert sorted(key for key, _ in texts) == ["round-00000000-1", "round-80000000-1"]
    assert all("## What comes next" in text for _, text in texts)


def test_it_ends_with_its_standard_input(story: Story) -> None:
    """Whoever began it has let go, so it ends well and by itself."""
    assert story.ended == 0


def test_no_host_outside_is_asked_for_anything(story: Story) -> None:
    """Server, worker and flows speak on the loopback only."""
    hosts = {contact.partition(" ")[2] for contact in story.contacts}
    assert hosts & OURS
    assert hosts - OURS == set()
