"""Which sender of letters is set up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Event

from bots.delivery.sender import Sender
from bots.mail.letter import Letter
from bots.mail.notify import settings as notify
from bots.mail.settings import read_settings
from ehsg_events.kernel import Refused


@contextmanager
def chosen(environment: Mapping[str, str], over: Event) -> Iterator[Sender[Letter]]:
    """The sender that the settings name.

    Args:
        over: set once it is to wait for nothing any more.

    Raises:
        Refused: a setting is missing or not understood.
    """
    from bots.mail.notify.sender import NotifySender
    from bots.mail.smtp.sender import MailSender

    by_notify = notify.read_settings(environment)
    if by_notify is not None:
        yield NotifySender(by_notify)
        return
    settings = read_settings(environment)
    if settings is None:
        raise Refused("No sender of letters is set up. docs/mail.md says what is to be set.")
    with MailSender(settings, over) as sender:
        yield sender
