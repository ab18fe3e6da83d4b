"""A letter as plain values: everything that a message, a file or a service is filled with.

It is decided from the log alone, so a second copy of it is the same to the byte.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from ehsg_events.language.catalogue import ENGLISH


class Link(NamedTuple):
    """Where a letter leads, and what that is called."""

    label: str
    url: str


class Entry(NamedTuple):
    """A time that somebody may put into their calendar.

    Args:
        id: the same for every edition of the entry.
        edition: how often it was changed, from 0.
        written: when this edition was decided.
        ends: a deadline lasts the quarter of an hour before it.
        cancelled: whether it is to be taken out again.
    """

    id: UUID
    edition: int
    written: datetime
    begins: datetime
    ends: datetime
    title: str
    says: str
    cancelled: bool = False


@dataclass(frozen=True)
class Letter:
    """A letter to one address.

    It holds nobody's answers, levels, words or figures, and no other person's name.

    Args:
        id: of the message's stream, from which its Message-ID is made.
        thread: the id of the letter that it follows.
        at: when it was promised, which is its date.
        to: the address alone, without a name.
        paragraphs: what it says after the greeting; a line break inside one is kept.
        closing: small print after the link.
        reply_to: where answers go, to a person; empty where that is whoever it is from.
        stop: where reminders are stopped with one click, in reminders alone.
        automatic: whether it goes out unasked; a way in was asked for.
    """

    id: UUID
    at: datetime
    to: str
    subject: str
    greeting: str
    paragraphs: tuple[str, ...]
    link: Link | None = None
    closing: tuple[str, ...] = ()
    language: str = ENGLISH
    thread: UUID | None = None
    reply_to: str | None = None
    stop: str | None = None
    entry: Entry | None = None
    automatic: bool = True

    @property
    def shows(self) -> str | None:
        """Nothing that words could answer: a letter is answered on the page it leads to."""
        return None
