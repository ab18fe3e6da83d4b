"""Sends letters beside everything else that is served: an outbox and a thread of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event

from bots.delivery.outbox import Outbox
from bots.delivery.sender import Down, Sender
from bots.delivery.serving import delivering
from bots.mail.compose import Composer
from bots.mail.letter import Letter
from bots.operations import outages
from bots.web_settings import Settings as Web
from ehsg_events.kernel import Surface
from ehsg_events.log.log import Log

STOPPED = "No letter leaves just now: {reason}. They wait on the log and go out once it works."
GOES_ON = "Letters leave again."

logger = logging.getLogger("ehsg.mail")


@contextmanager
def beside(
    log: Log,
    sender: Sender[Letter],
    web: Web,
    writable: Collection[Surface],
    over: Event,
    answers_to: str | None = None,
    say: Callable[[str], object] = logger.warning,
) -> Iterator[Outbox]:
    """Send letters in the background, one after another, until left.

    Args:
        web: where personal links lead.
        writable: all surfaces that are set up to write to people.
        answers_to: where people's answers go while no coordinator has an address.
        over: set once no letter is to be begun; the sender waits for nothing then.
    """
    outages.forget(log.folder, "mail")  # what an earlier process noted

    def tell(down: Down | None) -> None:
        if down is None:
            outages.forget(log.folder, "mail")
            say(GOES_ON)
        else:
            outages.note(log.folder, "mail", down.reason)
            say(STOPPED.format(reason=down.reason))

    outbox = Outbox(
        log,
        sender,
        lambda: datetime.now(UTC),
        compose=Composer(web, answers_to),
        writable=writable,
        alone=True,
        on_outage=tell,
    )
    with delivering(outbox, over, at_once=1):
        yield outbox
