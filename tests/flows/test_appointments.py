"""Focus: the schedule in Prefect follows from the log by comparison, without Prefect."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from support.area import CLOSES, FEEDBACK, OPENS, PANEL, Area

from ehsg_events.commands import planning, rounds
from ehsg_events.log.log import Log
from ehsg_events.policy.rules_file import usual
from flows.appointments import (
    DEAD_AFTER,
    Appointment,
    Run,
    appointments,
    change,
    cleanup,
    name,
    tags,
)

NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
AREA = UUID(int=7)
SOON = Appointment(AREA, 1, "remind-1", NOW + timedelta(days=2))
CLOSE = Appointment(AREA, 1, "close", NOW + timedelta(days=3))
PAST = Appointment(AREA, 1, "remind-7", NOW - timedelta(days=4))


def run(one: Appointment, state: str = "SCHEDULED", since: datetime = NOW) -> Run:
    """A run that was made for an appointment."""
    return Run(UUID(int=1), one.key, one.due, state, since)


def test_an_appointment_without_a_run_is_added() -> None:
    """An empty schedule is filled with everything that is still to come."""
    assert change([PAST, SOON, CLOSE], [], NOW).add == [SOON, CLOSE]


def test_an_appointment_is_added_once() -> None:
    """What stands in the schedule already is left alone."""
    assert change([SOON], [run(SOON)], NOW) == ([], [], [])


def test_a_run_whose_appointment_no_longer_stands_is_deleted() -> None:
    """A deadline that moved is a new appointment; the run of the old one goes."""
    moved = CLOSE._replace(due=CLOSE.due + timedelta(days=7))
    assert change([moved], [run(CLOSE)], NOW) == ([moved], [run(CLOSE)], [])


def test_an_appointment_whose_time_has_come_keeps_its_run() -> None:
    """It begins in a moment, whether the tick was faster or not, and stays to be seen."""
    assert change([PAST], [run(PAST)], NOW) == ([], [], [])
    assert change([], [run(PAST)], NOW) == ([], [], [])


def test_missed_ticks_are_deleted_but_for_the_newest() -> None:
    """After a night without a worker one tick runs, not a hundred."""
    night = [run(PAST._replace(due=NOW - timedelta(minutes=5 * n))) for n in range(3)]
    assert cleanup(night, NOW) == ([], night[1:], [])


@pytest.mark.parametrize("state", ["PENDING", "RUNNING", "COMPLETED", "CANCELLED", "CRASHED"])
def test_a_run_that_was_begun_is_never_deleted(state: str) -> None:
    """What ran stays to be seen, and nothing is taken from under a run."""
    assert change([], [run(CLOSE, state)], NOW) == ([], [], [])


@pytest.mark.parametrize("state", ["PENDING", "RUNNING", "CANCELLING"])
def test_a_run_that_was_begun_long_ago_is_buried(state: str) -> None:
    """Its process is gone, and its key is held for ever: the tick does its work."""
    dead = run(SOON, state, NOW - DEAD_AFTER - timedelta(seconds=1))
    assert change([SOON], [dead], NOW) == ([], [], [dead])


def test_the_key_of_an_appointment_is_the_same_in_every_zone() -> None:
    """One moment, however it is written, is one appointment."""
    abroad = CLOSE._replace(due=CLOSE.due.astimezone(ZoneInfo("Asia/Tokyo")))
    later = CLOSE._replace(due=CLOSE.due + timedelta(hours=1))
    assert abroad.key == CLOSE.key != later.key


def test_an_open_round_has_its_reminders_and_its_close(asked: Area) -> None:
    """They come from the log, in the order they fall due."""
    found = appointments(asked.log, asked.id)
    assert [one.kind for one in found] == ["remind-7", "remind-3", "remind-1", "close"]
    assert found[-1].due == CLOSES


def test_a_closed_round_waits_only_for_the_next(asked: Area) -> None:
    """Its reminders and its close are over."""
    asked.advance(CLOSES)
    assert {one.kind for one in appointments(asked.log, asked.id)} == {"feedback"}


def test_a_paused_round_has_no_appointment_and_its_runs_are_deleted(asked: Area) -> None:
    """Until it goes on: then they are drawn again."""
    before = appointments(asked.log, asked.id)
    at = asked.stamp().at
    rounds.pause_round(asked.log, asked.stamp(), asked.id, "strike")
    runs = [run(one) for one in before]
    assert change(appointments(asked.log, asked.id), runs, at) == ([], runs, [])
    rounds.resume_round(asked.log, asked.stamp(), asked.id)
    assert change(appointments(asked.log, asked.id), [], at).add == before


def test_an_assessment_without_a_round_has_none(area: Area) -> None:
    """Nothing was opened, so nothing is due."""
    assert appointments(area.log, area.id) == []


def test_a_run_is_called_by_its_area_and_its_time_in_words(asked: Area) -> None:
    """A coordinator reads the schedule without knowing ids or UTC."""
    first, *_, close = appointments(asked.log, asked.id)
    assert name(asked.log, close) == "Sefton round 1: the close, due 5pm on Friday 23 October 2026"
    assert name(asked.log, first) == (
        "Sefton round 1: a reminder, 7 working days before the deadline, "
        "due 10am on Wednesday 14 October 2026"
    )
    assert tags(asked.log, first) == [str(asked.id), "Sefton", "round 1", "remind-7"]


def test_people_who_work_elsewhere_have_appointments_of_their_own(log: Log) -> None:
    """One reminder, 10am in two zones: two runs, and a key that tells them apart."""
    area = Area(log)
    police, *others = PANEL
    area.open((replace(police, zone="Asia/Tokyo"), *others))
    area.open_round()
    three = [one for one in appointments(log, area.id) if one.kind == "remind-3"]
    assert [one.due.hour for one in three] == [1, 9]
    assert len({one.key for one in change(three, [], OPENS).add}) == 2


def test_the_ladder_stands_in_the_schedule(log: Log) -> None:
    """Who is told when somebody stays silent can be seen weeks before."""
    area = Area(log)
    area.open(terms=usual())
    area.open_round()
    kinds = [one.kind for one in appointments(log, area.id)]
    assert kinds == [
        "remind-7",
        "remind-3",
        "tell-backup-2",
        "remind-1",
        "tell-coordinator-1",
        "close",
    ]


def test_a_planned_opening_is_an_appointment_of_the_round_to_come(area: Area) -> None:
    """It stands there before the round does, and is gone once it is cancelled."""
    planning.plan_opening(area.log, area.stamp(), area.id, FEEDBACK, None)
    assert appointments(area.log, area.id) == [Appointment(area.id, 1, "open", FEEDBACK)]
    planning.cancel_opening(area.log, area.stamp(), area.id)
    assert appointments(area.log, area.id) == []


@pytest.mark.parametrize(
    "module",
    ["ehsg_events.commands.rounds", "guides.library", "flows.serving", "flows.rehearsal"],
)
def test_prefect_is_not_imported_before_a_flow_runs(module: str) -> None:
    """The core never knows Prefect, and whoever may want it later does not wait for it now."""
    look = (
        f"import os, sys; before = dict(os.environ); import {module}; "
        "assert before == dict(os.environ); print('prefect' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert said.stdout == "False\n"
