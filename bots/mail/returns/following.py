"""Looks for letters that came back every few minutes, and records each once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from bots.mail.bounced import record_bounce
from bots.mail.returns.looking import Look
from bots.mail.returns.settings import Settings
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.machine.background import BackgroundThread
from ehsg_events.machine.reports import Reports

EVERY = 300.0  # seconds between two looks
NOT_LOOKED = "Nobody looks for letters that came back just now."

reports = Reports(logging.getLogger("ehsg.mail"))


@contextmanager
def following(
    log: Log, settings: Settings, say: Callable[[str], object], every: float = EVERY
) -> Iterator[None]:
    """Look through the mailbox at once and then every few minutes, until the block ends.

    Args:
        say: receives a sentence when the mailbox cannot be looked through.
        every: seconds between two looks.
    """
    over = threading.Event()
    look = Look(log.folder, settings, over)

    def keep() -> None:
        said = ""
        while not over.is_set():
            wrong = _looked(log, look)
            if wrong and wrong != said:
                say(wrong)
            said = wrong
            over.wait(every)

    failed = partial(reports.failed, NOT_LOOKED, folder=log.folder)
    with BackgroundThread("returned letters", keep, over, failed):
        yield


def _looked(log: Log, look: Look) -> str:
    """Look once; what is in the way, nothing when all is well."""

    def record(message: UUID, status: str, is_final: bool) -> None:  # noqa: FBT001 - as Look says it
        if is_final:
            record_bounce(log, message, status, datetime.now(UTC))

    try:
        look(record)
    except Refused as refusal:
        return str(refusal)
    return ""
