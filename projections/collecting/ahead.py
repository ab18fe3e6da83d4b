"""What whoever looks at an assessment first needs is read before somebody waits for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from uuid import UUID

from ehsg_events.kernel import Refused, Surface
from ehsg_events.log.log import Log
from ehsg_events.machine.background import BackgroundThread
from ehsg_events.machine.reports import Reports
from projections.collecting.coordinator_tasks import waiting
from projections.collecting.nudges import nudges
from projections.facts.idle import MOST
from projections.facts.view import view_at

NOT_READ = "What pages show could not all be read ahead, so the first of them take longer."
reports = Reports(logging.getLogger("ehsg.ahead"))


def reading_ahead(log: Log, writable: Collection[Surface]) -> AbstractContextManager[object]:
    """Read ahead in a thread while the block runs.

    Args:
        writable: the surfaces that are set up to write to people.
    """
    over = threading.Event()
    return BackgroundThread(
        "reading ahead",
        lambda: read_ahead(log, writable, over),
        over,
        lambda failure: reports.failed(NOT_READ, failure, log.folder),
    )


def read_ahead(log: Log, writable: Collection[Surface], over: threading.Event) -> None:
    """Read the newest assessments, as many as stay in memory; one that fails holds up no other."""
    for assessment in log.names()[-MOST:]:
        for read in (_nudges, _waiting):
            if over.is_set():
                return
            try:
                read(log, assessment, writable)
            except Refused:  # whoever opens a page of it is told
                continue
            except Exception as failure:  # noqa: BLE001 - and so they are of this
                reports.failed(NOT_READ, failure, log.folder)


def _nudges(log: Log, assessment: UUID, _: Collection[Surface]) -> None:
    nudges(view_at(log, assessment))


def _waiting(log: Log, assessment: UUID, writable: Collection[Surface]) -> None:
    waiting(log, assessment, datetime.now(UTC), writable)
