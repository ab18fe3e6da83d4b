"""What the rounds have promised for later, and what to change where Prefect says otherwise.

Nothing here knows Prefect: the appointments come from the log, the comparison is pure.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from ehsg_events.dates import calendar
from ehsg_events.log.log import Log
from ehsg_events.rounds.milestones import coming, say_milestone
from flows import settings

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
        """Its name for ever, the time included: a moved deadline is a new appointment."""
        return f"{self.assessment}:{self.round}:{self.kind}:{self.due.astimezone(UTC).isoformat()}"


class Run(NamedTuple):
    """A run as it stands in Prefect: due at a time, in a state since a time."""

    id: UUID
    key: str
    due: datetime
    state: str
    since: datetime


class Change(NamedTuple):
    """What makes the schedule say what the log says."""

    add: list[Appointment]
    delete: list[Run]
    crashed: list[Run]


def change(made: Sequence[Appointment], runs: Iterable[Run], now: datetime) -> Change:
    """Compare the appointments that stand with the runs there are.

    One whose time has come is not added: the tick that compares has just kept it. Nor is its run
    deleted: it begins in a moment, finds nothing to do, and stays to be seen. A run that was
    starting_server, ended or cancelled holds its key, so its appointment is not added again.
    """
    present = list(runs)
    stands, held = {one.key for one in made}, {run.key for run in present}
    return Change(
        add=[one for one in made if one.due > now and one.key not in held],
        delete=[
            run
            for run in present
            if run.state in WAITING and run.due > now and run.key not in stands
        ],
        crashed=_dead(present, now),
    )


def cleanup(ticks: Sequence[Run], now: datetime) -> Change:
    """Delete the ticks that were missed: one is enough to do what they would have done."""
    missed = [run for run in ticks if run.state in WAITING and now - run.due > MISSED]
    return Change(add=[], delete=missed, crashed=_dead(ticks, now))


def _dead(runs: Iterable[Run], now: datetime) -> list[Run]:
    return [run for run in runs if run.state in BEGUN and now - run.since > DEAD_AFTER]


def appointments(log: Log, assessment: UUID) -> list[Appointment]:
    """What the newest round has promised and not yet done; nothing once it is signed off."""
    state, rounds = log.assessment(assessment), log.rounds(assessment)
    number, milestones = coming(state, rounds[-1] if rounds else None)
    return [Appointment(assessment, number, one.kind, one.due) for one in milestones]


def name(log: Log, one: Appointment) -> str:
    """What the coordinator reads in Prefect's page; it names an area, never a person."""
    stands = log.assessment(one.assessment)
    due = calendar.say(one.due, stands.policy.zone)
    return f"{stands.area} round {one.round}: {say_milestone(one.kind)}, due {due}"


def tags(log: Log, one: Appointment) -> list[str]:
    """By what a coordinator may pick runs out in Prefect's page."""
    area = log.assessment(one.assessment).area
    return [str(one.assessment), area, f"round {one.round}", one.kind]


def open_log() -> Log:
    """The log of the data folder this process works in, opened once."""
    kek = os.environ.get(settings.KEK)
    return _log(Path(os.environ[settings.FOLDER]), Path(kek) if kek else None)


@cache
def _log(folder: Path, kek: Path | None) -> Log:
    return Log(folder, kek)
