"""A sender that hands letters to a mail server of the tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any
from uuid import UUID

from bots.mail.letter import Letter
from bots.mail.smtp.connection import Timeouts
from bots.mail.smtp.sender import MailSender
from bots.messages.promise import Promise
from support.mail.letters import AT, DEADLINE, LETTER, settings
from support.mail.server import MailServer

PATIENT, SHORT = Timeouts(step=60, letter=60), Timeouts(step=1, letter=1)
PROMISE = Promise(UUID(int=1), 1, "police-1", "1/police-1/notice", "notice", "", AT, DEADLINE)


class Seconds:
    """A clock in seconds that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@contextmanager
def sending(
    server: MailServer, how: dict[str, str] | None = None, **to: Any
) -> Iterator[MailSender]:
    """A sender that hands letters to a server.

    Args:
        how: what else is set.
    """
    with MailSender(
        settings(server.port, **(how or {})), Event(), **{"timeouts": PATIENT, **to}
    ) as one:
        yield one


def post(sender: MailSender, one: Letter = LETTER) -> str:
    """Hand a letter over."""
    return sender.post(one.to, PROMISE, one, look=False)
