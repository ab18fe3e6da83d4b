"""What whoever looks at an assessment first needs is read before somebody waits for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID

from ehsg_events.kernel import Surface
from ehsg_events.log.log import Log
from projections.collecting.coordinator_tasks import waiting
from projections.collecting.nudges import nudges
from projections.facts.idle import MOST
from projections.facts.view import view_at

logger = logging.getLogger("ehsg.ahead")


@contextmanager
def reading_ahead(log: Log, writable: Collection[Surface]) -> Iterator[None]:
    """Read ahead in a thread while the block runs.

    Args:
        writable: the surfaces that are set up to write to people.
    """
    over = threading.Event()
    reader = threading.Thread(target=read_ahead, args=(log, writable, over), name="reading ahead")
    reader.start()
    try:
        yield
    finally:
        over.set()
        reader.join()


def read_ahead(log: Log, writable: Collection[Surface], over: threading.Event) -> None:
    """Read the newest assessments, as many as stay in memory; one that fails holds up no other."""
    for assessment in log.names()[-MOST:]:
        for read in (_nudges, _waiting):
            if over.is_set():
                return
            try:
                read(log, assessment, writable)
            except Exception as failure:  # noqa: BLE001 - whoever opens a page of it is told
                logger.info("reading ahead: %s", type(failure).__name__)


def _nudges(log: Log, assessment: UUID, _: Collection[Surface]) -> None:
    nudges(view_at(log, assessment))


def _waiting(log: Log, assessment: UUID, writable: Collection[Surface]) -> None:
    waiting(log, assessment, datetime.now(UTC), writable)
