"""What the rounds have promised for later, and what to change where Prefect says otherwise.

Nothing here knows Prefect: the promises come from the log, the comparison is pure.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from ehsg_events import calendar
from ehsg_events.application import Log, Pen
from ehsg_events.kernel import Stamp
from ehsg_events.planning import coming
from flows import settings

GRAVE = timedelta(minutes=10)  # a run takes seconds; one that began so long ago has died
MISSED = timedelta(minutes=1)  # a tick still waiting this long after its time was missed
WAITING, BEGUN = ("SCHEDULED",), ("PENDING", "RUNNING", "CANCELLING")


class Promise(NamedTuple):
    """Something a round has said it will do at a time."""

    assessment: UUID
    round: int
    kind: str
    due: datetime

    @property
    def key(self) -> str:
        """Its name for ever, the time included: a moved deadline is a new promise."""
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

    add: list[Promise]
    delete: list[Run]
    bury: list[Run]


def change(promised: Sequence[Promise], runs: Iterable[Run], now: datetime) -> Change:
    """Compare the promises that stand with the runs there are.

    A promise whose time has come is not added: the tick that compares has just kept it. Nor is
    its run deleted: it begins in a moment, finds nothing to do, and stays to be seen. A run that
    was begun, ended or cancelled holds its key, so its promise is not added again.
    """
    present = list(runs)
    stands, held = {promise.key for promise in promised}, {run.key for run in present}
    return Change(
        add=[one for one in promised if one.due > now and one.key not in held],
        delete=[
            run
            for run in present
            if run.state in WAITING and run.due > now and run.key not in stands
        ],
        bury=_dead(present, now),
    )


def clearance(ticks: Sequence[Run], now: datetime) -> Change:
    """Delete the ticks that were missed: one is enough to do what they would have done."""
    missed = [run for run in ticks if run.state in WAITING and now - run.due > MISSED]
    return Change(add=[], delete=missed, bury=_dead(ticks, now))


def _dead(runs: Iterable[Run], now: datetime) -> list[Run]:
    return [run for run in runs if run.state in BEGUN and now - run.since > GRAVE]


def promises(log: Log, assessment: UUID) -> list[Promise]:
    """What the newest round has promised and not yet done; nothing once it is signed off."""
    pen = _reading(log)
    state, newest = pen.assessment(assessment), None
    while (after := pen.round(assessment, newest.number + 1 if newest else 1)) is not None:
        newest = after
    number, milestones = coming(state, newest)
    return [Promise(assessment, number, one.kind, one.due) for one in milestones]


def name(log: Log, promise: Promise) -> str:
    """What the coordinator reads in Prefect's page; it names an area, never a person."""
    stands = _reading(log).assessment(promise.assessment)
    due = calendar.say(promise.due, stands.policy.zone)
    return f"{stands.area} round {promise.round}: {promise.kind}, due {due}"


def open_log() -> Log:
    """The log of the data folder this process works in, opened once."""
    kek = os.environ.get(settings.KEK)
    return _log(Path(os.environ[settings.FOLDER]), Path(kek) if kek else None)


@cache
def _log(folder: Path, kek: Path | None) -> Log:
    return Log(folder, kek)


def _reading(log: Log) -> Pen:
    at = datetime.now(UTC)
    return Pen(log, Stamp(at=at, by="clock", role="clock", surface="flow", cause="", key=""))
