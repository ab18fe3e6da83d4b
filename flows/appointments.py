"""What the rounds have promised for later, and what to change in Prefect's schedule to match it.

Nothing here imports Prefect: the appointments come from the log, the comparison is pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from ehsg_events.dates import calendar
from ehsg_events.log.log import Log
from ehsg_events.rounds.milestones import coming, say_milestone
from ehsg_events.states.situation import wishes

DEAD_AFTER = timedelta(minutes=10)  # a run takes seconds; one that began so long ago has died
MISSED = timedelta(minutes=1)  # a tick still waiting this long after its time was missed
WAITING, BEGUN = ("SCHEDULED",), ("PENDING", "RUNNING", "CANCELLING")


class Appointment(NamedTuple):
    """A milestone of a round, as a run in Prefect is made for it."""

    assessment: UUID
    round: int
    kind: str
    due: datetime

    @property
    def key(self) -> str:
        """Its permanent key, the time included: a moved deadline is a new appointment."""
        return f"{self.assessment}:{self.round}:{self.kind}:{self.due.astimezone(UTC).isoformat()}"


class Run(NamedTuple):
    """A run in Prefect: when it is due, its state, and since when it is in that state."""

    id: UUID
    key: str
    due: datetime
    state: str
    since: datetime


class Change(NamedTuple):
    """What to change in the schedule so that it matches the log."""

    add: list[Appointment]
    delete: list[Run]
    crashed: list[Run]


def change(promised: Sequence[Appointment], runs: Iterable[Run], now: datetime) -> Change:
    """Compare the appointments that the log promises with the runs in Prefect.

    An appointment whose time has come is not added: the tick that compares has just done its work.
    Nor is its run deleted: it begins in a moment, finds nothing to do, and stays visible. A run
    that was begun, ended or cancelled holds its key, so its appointment is not added again.
    """
    present = list(runs)
    stands, held = {appointment.key for appointment in promised}, {run.key for run in present}
    return Change(
        add=[
            appointment
            for appointment in promised
            if appointment.due > now and appointment.key not in held
        ],
        delete=[
            run
            for run in present
            if run.state in WAITING and run.due > now and run.key not in stands
        ],
        crashed=_dead(present, now),
    )


def cleanup(ticks: Sequence[Run], now: datetime) -> Change:
    """Delete the ticks that were missed: a single tick does what they would have done."""
    missed = [run for run in ticks if run.state in WAITING and now - run.due > MISSED]
    return Change(add=[], delete=missed, crashed=_dead(ticks, now))


def _dead(runs: Iterable[Run], now: datetime) -> list[Run]:
    return [run for run in runs if run.state in BEGUN and now - run.since > DEAD_AFTER]


def appointments(log: Log, assessment: UUID) -> list[Appointment]:
    """What the newest round has promised and not yet done; nothing after the sign-off."""
    situation = log.situation(assessment)
    number, milestones = coming(situation.assessment, situation.newest, wishes(situation))
    return [
        Appointment(assessment, number, milestone.kind, milestone.due) for milestone in milestones
    ]


def name(log: Log, appointment: Appointment) -> str:
    """A run's name, for the coordinator to read in Prefect's page; it never names a person."""
    state = log.assessment(appointment.assessment)
    due = calendar.say(appointment.due, state.policy.zone)
    return f"{state.area} round {appointment.round}: {say_milestone(appointment.kind)}, due {due}"


def tags(log: Log, appointment: Appointment) -> list[str]:
    """Tags by which a coordinator can filter runs in Prefect's page."""
    area = log.assessment(appointment.assessment).area
    return [str(appointment.assessment), area, f"round {appointment.round}", appointment.kind]
