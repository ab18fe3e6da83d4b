"""What whoever looks at an assessment first needs is read before somebody waits for it."""

from __future__ import annotations

import logging
import threading
from contextlib import AbstractContextManager, suppress

from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.machine.background import BackgroundThread
from ehsg_events.machine.reports import Reports
from projections.facts.idle import MOST
from projections.facts.view import view_at

NOT_READ = "What pages show could not be read ahead, so the first of them takes longer."
reports = Reports(logging.getLogger("ehsg.base"))


def reading_ahead(log: Log, stop: threading.Event) -> AbstractContextManager[object]:
    """Read ahead in a thread while the block runs; `stop` is set at its end."""

    def read() -> None:
        read_ahead(log, stop)

    def failed(failure: Exception) -> None:
        reports.failed(NOT_READ, failure, log.folder)

    return BackgroundThread("reading ahead", read, stop, failed)


def read_ahead(log: Log, stop: threading.Event) -> None:
    """Read the newest assessments that are at work, as many as stay in memory."""
    at_work = [each for each, *_ in log.assessments() if log.assessment(each).signed_off is None]
    for assessment in at_work[-MOST:]:
        if not stop.is_set():
            with suppress(Refused):  # whoever opens a page of it is told
                view_at(log, assessment)
                log.situation(assessment)
