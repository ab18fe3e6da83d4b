"""Names and words whose time of keeping is over: looked at every night while a folder is served."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from uuid import uuid4

from ehsg_events.dates import calendar
from ehsg_events.events import RetentionAnnounced
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log
from ehsg_events.machine.background import BackgroundThread
from ehsg_events.machine.reports import Reports
from ehsg_events.rights.retention_by_itself import Destroyed, advance

NIGHT = 2  # hour of the machine's own time, from which on it is looked once a day
EVERY = 300.0  # seconds between two looks at the clock
NOT_LOOKED = "Whether names and words are to be destroyed could not be looked at."
SOON = (
    "{area}: the names and words of {people} people are destroyed from {day} on, as the policy says, "
    "unless a coordinator puts that on hold."
)
DONE = "{area}: the names and words of {people} people were destroyed, as the policy says."
LEFT = " Pieces still stand in {files}."
HELD = " Another program is reading the log, so that pieces may stand beside it for a while."
reports = Reports(logging.getLogger("ehsg.retention"))
Say = Callable[[str], object]


def is_due(last: datetime | None, now: datetime) -> bool:
    """Whether to look: at first, and then once in each night."""
    if last is None:
        return True
    here = _here(now)
    return here.date() > _here(last).date() and here.hour >= NIGHT


def _here(moment: datetime) -> datetime:
    """A moment by the machine's own time."""
    return moment.astimezone()


@contextmanager
def beside(log: Log, say: Say, every: float = EVERY) -> Iterator[None]:
    """Look every night until the block ends, and do what is due.

    Args:
        say: receives a sentence for what is announced, and for what was destroyed.
        every: seconds between two looks at the clock.
    """
    over = threading.Event()

    def keep() -> None:
        last: datetime | None = None
        while not over.wait(every):
            if is_due(last, now := datetime.now(UTC)):
                last = now
                for line in looked_at(log, now):
                    say(line)

    with BackgroundThread("retention", keep, over, partial(reports.failed, NOT_LOOKED)):
        yield


def looked_at(log: Log, now: datetime) -> Iterator[str]:
    """Do what is due in every assessment; what stands announced or was done, a sentence for each."""
    for assessment, _, opened in log.every_assessment():
        key = uuid4().hex
        stamp = Stamp(at=now, by="clock", role="clock", surface="flow", cause="retention", key=key)
        try:
            found = advance(log, stamp, assessment)
        except Exception as failure:  # noqa: BLE001 - the other assessments are looked at all the same
            reports.failed(NOT_LOOKED, failure, log.folder)
            continue
        if found is not None:
            yield _said(opened.area, found)


def _said(area: str, found: RetentionAnnounced | Destroyed) -> str:
    if isinstance(found, RetentionAnnounced):
        day = calendar.say_day(found.destroyed_from)
        return SOON.format(area=area, people=len(found.people), day=day)
    done = DONE.format(area=area, people=len(found.due.people))
    files = ", ".join(found.traces.found_in)
    return done + (LEFT.format(files=files) if files else HELD * found.traces.held)
