"""The ledger kept while a folder is served: it follows the log, and is signed as often as is promised."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial

from ehsg_events.ledger.sequencer import Altered, Sequencer, sequencer
from ehsg_events.log.log import Log
from ehsg_events.machine.background import BackgroundThread
from ehsg_events.machine.reports import Reports

WAIT = 1.0  # seconds between two looks at whether it is over
GATHER = (
    0.25  # seconds in which what comes together is added together: whoever writes feels less of it
)
PAUSE = 0.005  # seconds for others after each batch of a long log
NOT_KEPT = "The ledger is not kept just now. What is recorded is not lost: it is added as soon as that goes."
reports = Reports(logging.getLogger("ehsg.ledger"))


@contextmanager
def beside(log: Log) -> Iterator[None]:
    """Keep the ledger of a log until the block ends; at its end all that is known is signed."""
    over = threading.Event()
    failed = partial(_failed, log)

    def keep() -> None:
        with sequencer(log, _now()) as at_work:
            while not over.is_set():
                _keep(at_work)
                log.store.wait(at_work.file.size(), WAIT)
                over.wait(GATHER)
            at_work.catch_up()
            at_work.sign(_now())

    with BackgroundThread("ledger", keep, over, failed):
        yield


def _keep(at_work: Sequencer) -> None:
    urgent = at_work.catch_up(PAUSE)
    if urgent or at_work.is_due(_now()):
        at_work.sign(_now())


def _failed(log: Log, failure: Exception) -> None:
    if isinstance(failure, Altered):
        reports.say(str(failure), logging.ERROR)
    else:
        reports.failed(NOT_KEPT, failure, log.folder)


def _now() -> datetime:
    return datetime.now(UTC)
