"""Whose words a coordinator or an auditor opened is a fact: one for a session, not one for a click."""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256
from uuid import UUID

from ehsg_events.events import Showing, WordsRead
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.streams import reading_stream


def note(
    log: Log,
    stamp: Stamp,
    assessment: UUID,
    showing: Showing,
    whose: Collection[str],
    session: str | None = None,
) -> bool:
    """Record whose words were opened, as far as this session had not opened them before.

    A copy that can only be read records nothing.

    Args:
        stamp: of whoever reads.
        session: of a browser; a day is the session of a command.

    Returns:
        Whether anything was recorded.
    """
    within = sha256(session.encode()).hexdigest() if session else stamp.at.date().isoformat()
    if log.store.read_only or not _new(log, assessment, stamp.by, within, whose):
        return False

    def decide(tx: Transaction) -> None:
        stream = reading_stream(assessment, stamp.by)
        tx.read(stream)
        if new := _new(tx, assessment, stamp.by, within, whose):
            tx.decide(stream, WordsRead(session=within, showing=showing, whose=new))

    return bool(log.record(stamp, decide).new)


def _new(
    reading: Log | Transaction, assessment: UUID, by: str, session: str, whose: Collection[str]
) -> tuple[str, ...]:
    known = reading.read(reading_stream(assessment, by))
    before = known.whose if known.session == session else frozenset[str]()
    return tuple(sorted({*whose} - before))
