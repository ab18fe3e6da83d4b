"""Claims of messages, and what became of them: on each message's own stream, so that one wins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol

from bots.delivery.recipients import whom
from bots.delivery.sender import Sender, Unsure
from bots.delivery.withheld import Withheld
from bots.messages.owed import MUST_ARRIVE
from bots.messages.promise import Name, Promise
from bots.messages.queue import Promises
from ehsg_events.events import MessageClaimed, MessageDelivered, MessageUncertain, MessageWithheld
from ehsg_events.interview.questions import WHICH_FIRST
from ehsg_events.kernel import Fact, Stamp
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.interview import SCORE
from ehsg_events.states.streams import message_stream

COPIES = {True: 2, False: 1}  # of a message that may have been sent, by whether it must arrive
TAKEN_OVER = timedelta(seconds=2)  # after the start: what a dead process was sending has arrived
ASKING = ("question", "words", "priorities")  # the kinds of prompt that wait for an answer


class Said(Protocol):
    """What is sent to somebody; `shows` is the kind of prompt that stands on their screen then."""

    @property
    def shows(self) -> str | None:
        """None where words cannot answer it."""


Compose = Callable[[Log, Transaction, Promise, Promises], Said | Withheld]


class Outgoing(NamedTuple):
    """A claimed message: something to send, or one withheld now that may stand there already.

    `version` is that of its stream, `until` the end of its lease.
    """

    promise: Promise
    person: str
    content: Said | Withheld
    version: int
    until: datetime


class Settled(NamedTuple):
    """What became of a message that was claimed at a version of its stream."""

    promise: Promise
    version: int
    fact: Fact


class Claims:
    """Claims messages for one process.

    Args:
        compose: what a message says when its turn has come.
        alone: no other process delivers from this folder, so claims that were made before now are
            those of dead processes, and taken over at once.
    """

    def __init__(
        self,
        log: Log,
        promises: Promises,
        sender: Sender[Any],
        compose: Compose,
        clock: Callable[[], datetime],
        *,
        alone: bool,
    ) -> None:
        self._log, self._promises, self._clock = log, promises, clock
        self._sender, self._compose_text = sender, compose
        self._dead_from = clock() + TAKEN_OVER if alone else None
        self._mine: dict[Name, int] = {}  # at which version of its stream each was claimed
        # of the claims by a clock that is ahead of ours: until when each can hold its message
        self._ahead: dict[tuple[Name, int], datetime] = {}

    def leased_until(self, promise: Promise) -> datetime | None:
        """Until when another process may be sending a message, none when none is.

        No claim that was just made holds longer than a lease: one that seems to was made by a
        clock ahead of ours, and holds for a lease by our own, from when we first see it.
        """
        if promise.lease_until is None or self._is_mine(promise):
            return None
        longest = self._clock() + self._sender.lease
        until = promise.lease_until
        if until > longest:
            until = min(longest, self._ahead.setdefault(_claim_of(promise), longest))
        return until if self._dead_from is None else min(until, self._dead_from)

    def clock_was_put_back(self) -> None:
        """Forget what was reckoned by the clock before: dead processes have ended long ago."""
        now = self._clock()
        self._ahead.clear()
        if self._dead_from is not None:
            self._dead_from = min(self._dead_from, now + TAKEN_OVER)

    def claim(self, promises: Sequence[Promise]) -> tuple[list[Outgoing], int]:
        """Claim what still makes sense and withhold the rest, decided on what the transaction read.

        What this process has claimed is not claimed again while its lease has long to run.

        Returns:
            What is to be sent, and how many were settled without that.
        """
        now = self._clock()

        def decide(tx: Transaction) -> list[Outgoing | None]:
            free = (promise for promise in promises if self._is_at(promise, promise.claims))
            return [self._claim_one(tx, promise, now) for promise in free]

        # The key is that of a claim made here: one that is held is claimed again under its own.
        first = next((one for one in promises if not self._is_held(one, now)), promises[0])
        saved = self._log.record(self._stamp(first, f"claim {first.claims + 1}", now), decide)
        if saved.repeated or saved.value is None:
            return [], 0
        claimed = [outgoing for outgoing in saved.value if outgoing is not None]
        self._mine |= {(out.promise.assessment, out.promise.name): out.version for out in claimed}
        return claimed, len(saved.value) - len(claimed)

    def leave(self, promise: Promise, version: int, until: datetime) -> int:
        """Record that a claimed message is about to leave; the version of its stream from then on.

        Raises:
            Unsure: another deliverer has taken it.
        """
        fact = MessageClaimed(to=promise.to, lease_until=until, leaving=True)
        stamp = self._stamp(promise, f"leaving {version + 1}", self._clock())
        saved = self._log.record(stamp, lambda tx: self._decide(tx, promise, version, fact))
        if saved.position is None:
            raise Unsure
        return version + 1

    def settle(self, settled: Sequence[Settled]) -> None:
        """Record what became of messages."""

        def decide(tx: Transaction) -> None:
            for promise, version, fact in settled:
                if self._is_at(promise, version):
                    self._decide(tx, promise, version, fact)

        promise, version, _ = settled[0]
        self._log.record(self._stamp(promise, f"settled {version}", self._clock()), decide)
        for settlement in settled:
            self._mine.pop((settlement.promise.assessment, settlement.promise.name), None)

    def _claim_one(self, tx: Transaction, promise: Promise, now: datetime) -> Outgoing | None:
        """Claim a message, or settle it without sending it."""
        if self._is_beyond_hope(promise):  # and nothing that it says is made anew
            self._decide(tx, promise, promise.claims, MessageUncertain(to=promise.to))
            return None
        content = self._compose(tx, promise)
        if isinstance(content, Outgoing) and self._is_held(promise, now):
            assert promise.lease_until is not None, "it is held"
            return content._replace(version=promise.claims, until=promise.lease_until)
        fact, outgoing = self._decided(promise, content, now + self._sender.lease)
        self._decide(tx, promise, promise.claims, fact)
        return outgoing

    def _decided(
        self, promise: Promise, content: Outgoing | Withheld, until: datetime
    ) -> tuple[Fact, Outgoing | None]:
        if isinstance(content, Withheld):
            return MessageWithheld(to=promise.to, reason=content.because), None
        claimed = content._replace(until=until)
        return MessageClaimed(to=promise.to, lease_until=until), claimed

    def _compose(self, tx: Transaction, promise: Promise) -> Outgoing | Withheld:
        person = whom(self._log, tx, promise, self._sender.surface)
        if isinstance(person, Withheld):
            return person
        content = self._compose_text(self._log, tx, promise, self._promises)
        if isinstance(content, Withheld) and (promise.claims == 0 or promise.changes is not None):
            return content
        return Outgoing(promise, person, content, promise.claims + 1, tx.stamp.at)

    def _is_held(self, promise: Promise, now: datetime) -> bool:
        """Whether a claim of this process has long to run."""
        until = promise.lease_until
        lease = self._sender.lease
        return self._is_mine(promise) and until is not None and lease / 2 < until - now <= lease

    def _is_beyond_hope(self, promise: Promise) -> bool:
        """Whether it may have been sent as often as it may be, where nobody can look.

        Who never hears of an invitation is worse off than who reads it twice; of a reminder it is
        the other way round.
        """
        copies = COPIES[promise.kind in MUST_ARRIVE]
        return not self._sender.can_look and promise.doubts >= copies

    def forget(self, promise: Promise) -> None:
        """Hold on no longer to a claim of which nobody knows what became of it."""
        self._mine.pop((promise.assessment, promise.name), None)

    def _is_mine(self, promise: Promise) -> bool:
        return self._mine.get((promise.assessment, promise.name)) == promise.claims

    def _is_at(self, promise: Promise, version: int) -> bool:
        """Whether no other deliverer has taken a message since the log was read."""
        return self._log.version(message_stream(promise.assessment, promise.name)) == version

    def _decide(self, tx: Transaction, promise: Promise, version: int, fact: Fact) -> None:
        stream = message_stream(promise.assessment, promise.name)
        tx.pin(stream, version)
        tx.decide(stream, fact)

    def _stamp(self, promise: Promise, step: str, now: datetime) -> Stamp:
        return Stamp(
            at=now,
            by="outbox",
            role="outbox",
            surface="outbox",
            cause=promise.cause,
            key=f"{promise.assessment}/{promise.name}/{step}",
        )


def _claim_of(promise: Promise) -> tuple[Name, int]:
    """A claim, told from those before it."""
    return (promise.assessment, promise.name), promise.claims


def delivered(promise: Promise, content: Said | Withheld, reference: str) -> MessageDelivered:
    """What stands on the person's screen from now on, so that their words can be understood."""
    # what was withheld now and stands there all the same was sent by a process that died
    shows = _sent_as(promise) if isinstance(content, Withheld) else content.shows
    ask = promise.ask if shows is None or shows in ASKING else None
    return MessageDelivered(
        to=promise.to,
        reference=reference,
        shows=shows,
        asks_item=ask and ask.item,
        asks_field=ask and ask.field,
    )


def _sent_as(promise: Promise) -> str | None:
    """The kind of prompt that a message was when it was sent, as far as its promise tells."""
    if promise.answered is not None:
        asked_to_see = promise.answered.screen
        return "unchanged" if asked_to_see == "question" else asked_to_see
    if promise.ask is None:
        return "notice" if promise.kind == "notice" else None
    if promise.ask == WHICH_FIRST:
        return "priorities"
    return "question" if promise.ask.field == SCORE else "words"
