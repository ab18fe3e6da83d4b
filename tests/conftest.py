"""A log in its own folder, audited after every test that used it, and a story told on one."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import settings
from support import places
from support.area import Area
from support.story.story import PANEL, Story
from support.web import plain_http

from ehsg_events.kernel import Stream
from ehsg_events.log.log import Log
from ehsg_events.machine.garbage import collect_seldom

# What is imported is compiled once, here and in every process that a test starts, as `./check` has
# it: where a machine says otherwise, each of some hundred starts compiles all of it anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A test's own folder lies in memory where there is room: hundreds of logs that wait for a disk at
# every fact are half of what a run waits for. Whoever names a place for them is heard.
if (in_memory := places.memory()) is not None:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(in_memory))

# Nothing is searched for garbage while thousands of tests are collected, which leave none.
gc.disable()

# No deadline: a machine at work elsewhere fails nothing. The same examples every time: what was
# green stays green. `pytest --hypothesis-profile searching` looks for new ones.
settings.register_profile("repeating", deadline=None, derandomize=True)
settings.register_profile("searching", deadline=None)
settings.load_profile("repeating")


@pytest.fixture(scope="module", autouse=True)
def _lines_are_closed() -> Iterator[None]:
    """What a file of tests leaves open on the loopback ends with it."""
    yield
    plain_http.close_all()


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    """An empty log; whatever the test did to it, its order and its folding must be sound."""
    log = Log(tmp_path / "data")
    yield log
    audit(log)
    log.close()


@pytest.fixture
def area(log: Log) -> Area:
    """An assessment that was opened, with a round that was not."""
    area = Area(log)
    area.open()
    return area


@pytest.fixture
def asked(area: Area) -> Area:
    """An assessment whose first round is open."""
    area.open_round()
    return area


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    """An assessment with six people of three agencies, and nothing said yet."""
    with Story(tmp_path) as told:
        yield told.opened(PANEL)


def audit(log: Log) -> None:
    """Positions rise, streams have no holes, a fresh reading folds to what is remembered."""
    facts = list(log.all())
    positions = [recorded.position for recorded in facts]
    assert positions == sorted(set(positions))
    last: dict[UUID, int] = {}
    for recorded in facts:
        assert recorded.version == last.get(recorded.stream.id, 0) + 1
        last[recorded.stream.id] = recorded.version
    fresh = Log(log.folder)
    for stream in {recorded.stream for recorded in facts if recorded.stream.kind != "message"}:
        assert fold(fresh, stream) == fold(log, stream)
    fresh.close()


def fold(log: Log, stream: Stream) -> tuple[int, object]:
    """A stream's version and state, whatever its kind."""
    return log.states.fold(stream)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--accept` writes today's chats into the conversation files."""
    parser.addoption("--accept", action="store_true", help="write today's chats into the files")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files begin in the order of the time they are given, so that no worker ends alone with one."""
    given: dict[Path, float] = defaultdict(float)
    for item in items:
        timeout, slow = item.get_closest_marker("timeout"), item.get_closest_marker("slow")
        given[item.path] = max(given[item.path], timeout.args[0] if timeout else bool(slow))
    items.sort(key=lambda item: -given[item.path])


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the garbage collector need not look through it all again."""
    gc.collect()
    gc.freeze()
    gc.enable()
    collect_seldom()


def pytest_sessionfinish() -> None:
    """At the end everything is looked through again, for what somebody forgot to close.

    Twice, since what is found may have held more; pytest looks ten times, and finds it looked through.
    """
    gc.unfreeze()
    gc.collect()
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)
