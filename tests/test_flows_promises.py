"""Focus: the schedule in Prefect follows from the log by comparison, without Prefect."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from area import CLOSES, Area

from ehsg_events import commands
from flows.promises import GRAVE, Promise, Run, change, clearance, name, promises

NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
AREA = UUID(int=7)
SOON = Promise(AREA, 1, "remind-1", NOW + timedelta(days=2))
CLOSE = Promise(AREA, 1, "close", NOW + timedelta(days=3))
PAST = Promise(AREA, 1, "remind-7", NOW - timedelta(days=4))


def run(promise: Promise, state: str = "SCHEDULED", since: datetime = NOW) -> Run:
    """A run that was made for a promise."""
    return Run(UUID(int=1), promise.key, promise.due, state, since)


def test_a_promise_without_a_run_is_added() -> None:
    """An empty schedule is filled with everything that is still to come."""
    assert change([PAST, SOON, CLOSE], [], NOW).add == [SOON, CLOSE]


def test_a_promise_is_added_once() -> None:
    """What stands in the schedule already is left alone."""
    assert change([SOON], [run(SOON)], NOW) == ([], [], [])


def test_a_run_whose_promise_no_longer_stands_is_deleted() -> None:
    """A deadline that moved is a new promise; the run of the old one goes."""
    moved = CLOSE._replace(due=CLOSE.due + timedelta(days=7))
    assert change([moved], [run(CLOSE)], NOW) == ([moved], [run(CLOSE)], [])


def test_a_promise_whose_time_has_come_keeps_its_run() -> None:
    """It begins in a moment, whether the tick was faster or not, and stays to be seen."""
    assert change([PAST], [run(PAST)], NOW) == ([], [], [])
    assert change([], [run(PAST)], NOW) == ([], [], [])


def test_missed_ticks_are_deleted_but_for_the_newest() -> None:
    """After a night without a runner one tick runs, not a hundred."""
    night = [run(PAST._replace(due=NOW - timedelta(minutes=5 * n))) for n in range(3)]
    assert clearance(night, NOW) == ([], night[1:], [])


@pytest.mark.parametrize("state", ["PENDING", "RUNNING", "COMPLETED", "CANCELLED", "CRASHED"])
def test_a_run_that_was_begun_is_never_deleted(state: str) -> None:
    """What ran stays to be seen, and nothing is taken from under a run."""
    assert change([], [run(CLOSE, state)], NOW) == ([], [], [])


@pytest.mark.parametrize("state", ["PENDING", "RUNNING", "CANCELLING"])
def test_a_run_that_was_begun_long_ago_is_buried(state: str) -> None:
    """Its process is gone, and its key is held for ever: the tick does its work."""
    dead = run(SOON, state, NOW - GRAVE - timedelta(seconds=1))
    assert change([SOON], [dead], NOW) == ([], [], [dead])


def test_the_key_of_a_promise_is_the_same_in_every_zone() -> None:
    """One moment, however it is written, is one promise."""
    abroad = CLOSE._replace(due=CLOSE.due.astimezone(ZoneInfo("Asia/Tokyo")))
    later = CLOSE._replace(due=CLOSE.due + timedelta(hours=1))
    assert abroad.key == CLOSE.key != later.key


def test_an_open_round_promises_its_reminders_and_its_close(asked: Area) -> None:
    """The promises come from the log, in the order they fall due."""
    found = promises(asked.log, asked.id)
    assert [one.kind for one in found] == ["remind-7", "remind-3", "remind-1", "close"]
    assert found[-1].due == CLOSES


def test_a_closed_round_promises_nothing(asked: Area) -> None:
    """Until it is measured there is nothing to wait for."""
    asked.advance(CLOSES)
    assert {one.kind for one in promises(asked.log, asked.id)} == {"feedback"}


def test_a_paused_round_promises_nothing_and_its_runs_are_deleted(asked: Area) -> None:
    """Until it goes on: then they are drawn again."""
    before = promises(asked.log, asked.id)
    at = asked.stamp().at
    commands.pause_round(asked.log, asked.stamp(), asked.id, "strike")
    runs = [run(promise) for promise in before]
    assert change(promises(asked.log, asked.id), runs, at) == ([], runs, [])
    commands.resume_round(asked.log, asked.stamp(), asked.id)
    assert change(promises(asked.log, asked.id), [], at).add == before


def test_an_assessment_without_a_round_promises_nothing(area: Area) -> None:
    """Nothing was opened, so nothing is due."""
    assert promises(area.log, area.id) == []


def test_a_run_is_called_by_its_area_and_its_time_in_words(asked: Area) -> None:
    """A coordinator reads the schedule without knowing ids or UTC."""
    close = promises(asked.log, asked.id)[-1]
    assert name(asked.log, close) == "Sefton round 1: close, due 5pm on Friday 23 October 2026"


@pytest.mark.parametrize(
    "module", ["ehsg_events.commands", "guides.library", "flows.serving", "flows.clockwork"]
)
def test_prefect_is_not_imported_before_a_flow_runs(module: str) -> None:
    """The core never knows Prefect, and whoever may want it later does not wait for it now."""
    look = (
        f"import os, sys; before = dict(os.environ); import {module}; "
        "assert before == dict(os.environ); print('prefect' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert said.stdout == "False\n"
