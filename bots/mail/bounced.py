"""Records that a letter came back: of which message, and with which code of a mail server."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ehsg_events.events import MessageBounced, MessageDelivered
from ehsg_events.kernel import Recorded, Stamp
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction


def record_bounce(log: Log, message: UUID, status: str, at: datetime) -> bool:
    """Record once that a letter came back, unless it is none of ours.

    Args:
        message: the letter's id, as its Message-ID holds it.
        status: such as `5.1.1`.

    Returns:
        Whether it is one of ours that was delivered.
    """
    delivered = _delivered(log, message)
    if delivered is None:
        return False
    stream, fact = delivered.stream, delivered.fact
    assert isinstance(fact, MessageDelivered)

    def decide(tx: Transaction) -> None:
        if log.version(stream) == delivered.version:
            tx.pin(stream, delivered.version)
            tx.decide(stream, MessageBounced(to=fact.to, status=status))

    stamp = Stamp(
        at=at, by="outbox", role="outbox", surface="mail", cause=delivered.stamp.cause,
        key=f"bounced {message}",
    )  # fmt: skip
    log.record(stamp, decide)
    return True


def _delivered(log: Log, message: UUID) -> Recorded | None:
    """The delivery of a letter, which is the last fact of its stream unless it came back already."""
    facts = log.of(message)
    found = (one for one in facts if isinstance(one.fact, MessageDelivered))
    return next(found, None)
