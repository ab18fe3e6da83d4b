"""Says what falls due and what was done while a folder is served: on the terminal and in a file."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from bots.cli.serve.happening import TOPICS, falls_due, was_done
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.machine.background import BackgroundThread
from ehsg_events.machine.reports import Reports
from flows.noise import keep_short, opened

FILE = "serve.log"  # in the data folder; it stays short
WAIT = 1.0  # seconds between two looks at whether it is over
NOT_SAID = "What was done could not be said here. It was done all the same, and the trail tells it."
reports = Reports(logging.getLogger("ehsg.serve"))
Say = Callable[[str], object]


@contextmanager
def beside(log: Log, say: Say) -> Iterator[None]:
    """Say what falls due in each assessment, then each thing that is done, until the block ends.

    Args:
        say: receives each line; the same goes into the file, with its time.
    """
    over, place = threading.Event(), log.store.last_position()

    def tell(line: str) -> None:
        say(line)
        note(log.folder / FILE, line, datetime.now(UTC))

    for line in at_start(log, datetime.now(UTC)):
        tell(line)

    def follow() -> None:
        nonlocal place
        while not over.is_set():
            if log.store.wait(place, WAIT):  # what could not be said is not said again
                since, place = place, log.store.last_position()
                for line in done_between(log, since, place):
                    tell(line)

    with BackgroundThread("journal", follow, over, partial(reports.failed, NOT_SAID)):
        yield


def at_start(log: Log, now: datetime) -> Iterator[str]:
    """What falls due, a line for each assessment that is open; of one that cannot be read none."""
    for assessment in log.names():
        with suppress(Refused):
            if log.assessment(assessment).ended:  # nothing of it needs to be read
                continue
            if line := falls_due(log.situation(assessment), now):
                yield line


def done_between(log: Log, after: int, upto: int) -> Iterator[str]:
    """What was done between two positions, a line for each thing."""

    def area(assessment: UUID) -> str:
        return log.assessment(assessment).area

    def zone(assessment: UUID) -> str:
        return log.assessment(assessment).policy.zone

    return was_done(log.all(after, upto, TOPICS), area, zone)


def note(file: Path, line: str, now: datetime) -> None:
    """Add a line to a file that stays short; where nothing can be written, nothing is."""
    descriptor = opened(file)
    if descriptor < 0:
        return
    with suppress(OSError), os.fdopen(descriptor, "a", encoding="utf-8") as noted:
        noted.write(f"{now:%Y-%m-%d %H:%M:%SZ} {line}\n")
    keep_short(file)
