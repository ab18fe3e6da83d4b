"""What whoever looks at an assessment first needs is read before somebody waits for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime

from ehsg_events.kernel import Refused, Surface
from ehsg_events.log.log import Log
from ehsg_events.machine.background import BackgroundThread
from ehsg_events.machine.reports import Reports
from projections.collecting.coordinator_tasks import waiting
from projections.collecting.nudges import nudges
from projections.facts.idle import MOST
from projections.facts.view import view_at

NOT_READ = "What pages show could not be read ahead, so the first of them takes longer."
reports = Reports(logging.getLogger("ehsg.base"))


def reading_ahead(
    log: Log, writable: Collection[Surface], stop: threading.Event
) -> AbstractContextManager[object]:
    """Read ahead in a thread while the block runs; `stop` is set at its end.

    Args:
        writable: the surfaces that are set up to write to people.
    """

    def read() -> None:
        read_ahead(log, writable, stop)

    def failed(failure: Exception) -> None:
        reports.failed(NOT_READ, failure, log.folder)

    return BackgroundThread("reading ahead", read, stop, failed)


def read_ahead(log: Log, writable: Collection[Surface], stop: threading.Event) -> None:
    """Read the newest assessments, as many as stay in memory."""
    for assessment, *_ in log.assessments()[-MOST:]:
        if not stop.is_set():
            with suppress(Refused):  # whoever opens a page of it is told
                nudges(view_at(log, assessment))
                waiting(log, assessment, datetime.now(UTC), writable)
