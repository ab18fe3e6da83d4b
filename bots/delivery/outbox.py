"""Delivers what the log promises, once: claim, look again, send, record.

A message is claimed on its own stream before it is sent, so that one of two deliverers wins. After
a crash between sending and recording nobody knows whether it was sent: once the claim's lease is
over, the next deliverer looks where it would stand before sending it again. No cursor is kept: at
the start the log is read from its beginning, and after that only what is new.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from threading import Event
from typing import NamedTuple, Protocol

from bots.delivery.compose import Withheld
from bots.delivery.recipients import tell, whom
from bots.interview.talk import Prompt
from bots.messages.queue import Promise, Promises, Who
from ehsg_events.events import MessageClaimed, MessageDelivered, MessageFailed, MessageWithheld
from ehsg_events.kernel import Fact, Stamp
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.streams import message_stream

LEASE = timedelta(seconds=60)  # longer than a call to Slack; doubled at each claim of a message
MOST_DOUBLED = 6
TRIES = 3  # of one message, before it is left until its lease is over
ASKING = ("question", "words", "priorities")  # the kinds of prompt that wait for an answer
PAUSE = 1.0  # seconds between two looks at the log when nothing wakes the thread

logger = logging.getLogger("ehsg.outbox")


class Unsure(Exception):
    """The connection was lost: the message may stand there or not."""


class Impossible(Exception):
    """This message can never be sent to this person; the reason names nobody."""


class Sender(Protocol):
    """Sends prompts to people, on a surface where the product may write first."""

    def post(self, person: str, promise: Promise, prompt: Prompt, *, look: bool) -> str:
        """Send a new message; its reference. With `look`, send only what is not there yet."""

    def change(self, person: str, reference: str, promise: Promise, prompt: Prompt) -> None:
        """Change a message that was sent before."""

    def find(self, person: str, promise: Promise) -> str | None:
        """The reference of a message that may have been sent, none when it is not there."""


class _Outgoing(NamedTuple):
    """A claimed message: a prompt to send, or one withheld now that may stand there already."""

    promise: Promise
    person: str
    content: Prompt | Withheld


class Outbox:
    """Follows one log and delivers what it promises.

    Args:
        sender: sends the messages.
        clock: says now, in UTC; the rehearsal's is simulated.
    """

    def __init__(self, log: Log, sender: Sender, clock: Callable[[], datetime]) -> None:
        self._log, self._sender, self._clock = log, sender, clock
        self._promises = Promises(log.folder)
        self._position, self._news = 0, -1

    @property
    def in_doubt_until(self) -> datetime | None:
        """When the first claim of a deliverer that died may be taken over, if there is one."""
        now, queues = self._clock(), self._promises.waiting.values()
        leases = (promise.lease_until for queue in queues for promise in queue.values())
        return min((lease for lease in leases if lease and lease > now), default=None)

    def deliver(self) -> int:
        """Deliver everything that is open now.

        Returns:
            How many messages were settled: delivered, failed or withheld.
        """
        total = 0
        while settled := self._deliver_to_everybody():
            total += settled
        return total

    def follow(self, stop: Event) -> None:
        """Deliver whatever comes, until told to stop."""
        while not stop.is_set():
            try:
                self.deliver()
            except Exception as failure:  # noqa: BLE001 - whatever it is, people wait for the rest
                logger.error(  # noqa: TRY400 - a traceback could quote somebody
                    "delivering failed with %s; trying again", type(failure).__name__
                )
                stop.wait(PAUSE)
            self._log.store.wait(self._position, PAUSE)

    def _read(self) -> None:
        if (news := self._log.store.news()) != self._news:
            self._position = self._promises.take(self._log.all(self._position)) or self._position
            self._news = news

    def _deliver_to_everybody(self) -> int:
        """Deliver to each person in turn; people who just answered do not wait for their turn."""
        self._read()
        settled = 0
        for who in list(self._promises.waiting):
            settled += self._deliver_to(who)
            self._read()
            settled += sum(map(self._deliver_to, self._promises.answered()))
        return settled

    def _deliver_to(self, who: Who) -> int:
        """Deliver one person's messages in order: one in doubt holds up those after it.

        A message that waits for the person's working hours holds up nothing.
        """
        now, queue = self._clock(), self._promises.waiting[who].values()
        due = [promise for promise in queue if not self._promises.is_held(promise, now)]
        ready = _ready(due, now)
        if not ready:
            return 0
        claimed, withheld = self._claim(ready, now)
        sent = self._send_all(claimed)
        if sent:
            self._settle(sent)
        return len(sent) + withheld

    # -- claim ---------------------------------------------------------------------------------
    def _claim(self, promises: Sequence[Promise], now: datetime) -> tuple[list[_Outgoing], int]:
        """Claim what still makes sense and withhold the rest, decided on what the transaction read.

        Returns:
            What is to be sent, and how many were withheld.
        """

        def decide(tx: Transaction) -> list[_Outgoing | Withheld]:
            decided = []
            for promise in promises:
                if self._is_at(promise, promise.claims):
                    decided.append(self._compose(tx, promise))
                    self._decide(tx, promise, promise.claims, _claimed(promise, decided[-1], now))
            return decided

        first = promises[0]
        saved = self._log.record(self._stamp(first, f"claim {first.claims + 1}", now), decide)
        if not saved.new or saved.value is None:
            return [], 0
        claimed = [outgoing for outgoing in saved.value if isinstance(outgoing, _Outgoing)]
        return claimed, len(saved.value) - len(claimed)

    def _is_at(self, promise: Promise, version: int) -> bool:
        """Whether no other deliverer has taken a message since the log was read."""
        return self._log.version(message_stream(promise.assessment, promise.name)) == version

    def _decide(self, tx: Transaction, promise: Promise, version: int, fact: Fact) -> None:
        stream = message_stream(promise.assessment, promise.name)
        tx.pin(stream, version)
        tx.decide(stream, fact)

    def _compose(self, tx: Transaction, promise: Promise) -> _Outgoing | Withheld:
        person = whom(self._log, tx, promise)
        if isinstance(person, Withheld):
            return person
        content = tell(self._log, tx, promise, self._promises)
        if isinstance(content, Withheld) and (promise.claims == 0 or promise.changes is not None):
            return content
        return _Outgoing(promise, person, content)

    # -- send ----------------------------------------------------------------------------------
    def _send_all(self, claimed: Sequence[_Outgoing]) -> list[tuple[Promise, Fact]]:
        sent: list[tuple[Promise, Fact]] = []
        for outgoing in claimed:
            fact = self._send(outgoing)
            if fact is None:
                break
            sent.append((outgoing.promise, fact))
        return sent

    def _send(self, outgoing: _Outgoing) -> Fact | None:
        """Send a message; the fact of what became of it, none while nobody knows."""
        promise, look = outgoing.promise, outgoing.promise.claims > 0
        for _ in range(TRIES):
            try:
                return self._attempt(outgoing, look=look)
            except Impossible as refusal:
                return MessageFailed(to=promise.to, reason=str(refusal))
            except Unsure:
                look = True
        logger.warning("%s is in doubt; it is looked for when its lease is over", promise.name)
        return None

    def _attempt(self, outgoing: _Outgoing, *, look: bool) -> Fact:
        promise, person, content = outgoing
        reference: str | None
        if isinstance(content, Withheld):
            reference = self._sender.find(person, promise)
            if reference is None:
                return MessageWithheld(to=promise.to, reason=content.because)
        elif promise.changes is None:
            reference = self._sender.post(person, promise, content, look=look)
        else:
            reference = self._promises.references[promise.assessment, promise.changes]
            self._sender.change(person, reference, promise, content)
        return _delivered(promise, content, reference)

    # -- record --------------------------------------------------------------------------------
    def _settle(self, sent: Sequence[tuple[Promise, Fact]]) -> None:
        def decide(tx: Transaction) -> None:
            for promise, fact in sent:
                if self._is_at(promise, promise.claims + 1):
                    self._decide(tx, promise, promise.claims + 1, fact)

        self._log.record(self._stamp(sent[0][0], "settled", self._clock()), decide)

    def _stamp(self, promise: Promise, step: str, now: datetime) -> Stamp:
        return Stamp(
            at=now,
            by="outbox",
            role="outbox",
            surface="outbox",
            cause=promise.cause,
            key=f"{promise.assessment}/{promise.name}/{step}",
        )


def _ready(queue: Sequence[Promise], now: datetime) -> list[Promise]:
    """The messages at the head of a queue that can be sent now.

    A claim whose lease still runs holds up the rest, and so does a change of a message before it.
    """
    ready: list[Promise] = []
    for promise in queue:
        leased = promise.lease_until is not None and promise.lease_until > now
        if leased or promise.changes in {earlier.name for earlier in ready}:
            break
        ready.append(promise)
    return ready


def _delivered(promise: Promise, content: Prompt | Withheld, reference: str) -> MessageDelivered:
    """What stands on the person's screen from now on, so that their words can be understood."""
    if isinstance(content, Withheld):
        return MessageDelivered(to=promise.to, reference=reference)
    ask = promise.ask if content.kind in ASKING else None
    return MessageDelivered(
        to=promise.to,
        reference=reference,
        shows=content.kind,
        asks_item=ask and ask.item,
        asks_field=ask and ask.field,
    )


def _claimed(promise: Promise, content: _Outgoing | Withheld, now: datetime) -> Fact:
    if isinstance(content, Withheld):
        return MessageWithheld(to=promise.to, reason=content.because)
    lease = LEASE * 2 ** min(promise.claims, MOST_DOUBLED)
    return MessageClaimed(to=promise.to, lease_until=now + lease)
