"""Sends claimed messages, and turns what the surface says into facts."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Event
from typing import Any

from bots.delivery.claims import Claims, Outgoing, Settled, delivered
from bots.delivery.sender import Blind, Down, Gone, Impossible, Later, NotSent, Sender, Unsure
from bots.delivery.withheld import Withheld
from bots.messages.promise import Name, Promise
from bots.messages.queue import Promises
from ehsg_events.events import MessageDelayed, MessageFailed, MessageWithheld
from ehsg_events.kernel import Fact

TRIES, AGAIN = 3, 1  # of a message in the first turn of its person, and in each after it
NO_ANSWER = "no answer"
MANY = 3  # claims of a message in vain: it is no longer a matter of seconds

logger = logging.getLogger("ehsg.outbox")


class Sending:
    """Sends what was claimed; safe for several threads.

    Args:
        stopping: set it so that what fails is not tried again in this turn.
    """

    def __init__(
        self,
        sender: Sender[Any],
        promises: Promises,
        claims: Claims,
        clock: Callable[[], datetime],
        stopping: Event,
    ) -> None:
        self._sender, self._promises, self._claims = sender, promises, claims
        self._clock, self._stopping = clock, stopping
        self._leaving: dict[Name, Outgoing] = {}  # what is being sent where nobody can look
        if isinstance(sender, Blind):
            sender.leaving = self._is_leaving

    def send_all(self, claimed: Sequence[Outgoing]) -> tuple[list[Settled], NotSent | None]:
        """Send messages in order, up to the first that is not settled.

        Returns:
            What became of them, and what was in the way of the rest.
        """
        settled: list[Settled] = []
        for outgoing in claimed:
            promise, name = outgoing.promise, _name(outgoing.promise)
            self._leaving[name] = outgoing
            trouble: NotSent | None = None
            try:
                fact: Fact | None = self._send(outgoing)
            except (Later, Down, Unsure) as caught:
                trouble, reason = caught, self._delays(caught, outgoing)
                fact = MessageDelayed(to=promise.to, reason=reason) if reason else None
            finally:
                version = self._leaving.pop(name).version
            if fact is not None:
                settled.append(Settled(promise, version, fact))
            if trouble is not None:
                return settled, trouble
        return settled, None

    def _is_leaving(self, promise: Promise) -> None:
        """Record that a message is about to leave, before it does."""
        outgoing = self._leaving[_name(promise)]
        version = self._claims.leave(promise, outgoing.version, outgoing.until)
        self._leaving[_name(promise)] = outgoing._replace(version=version)

    def _send(self, outgoing: Outgoing) -> Fact:
        """Send a message; the fact of what became of it.

        Raises:
            Later: the surface does not take it now.
            Down: the surface takes nothing.
            Unsure: nobody knows what became of it.
        """
        promise, look = outgoing.promise, outgoing.promise.claims > 0
        for _ in range(AGAIN if look or not self._sender.can_look else TRIES):
            try:
                return self._attempt(outgoing, look=look)
            except Impossible as refusal:
                return MessageFailed(to=promise.to, reason=str(refusal))
            except Gone as gone:
                return MessageWithheld(to=promise.to, reason=str(gone))
            except Unsure:
                look = True
            if self._stopping.is_set() or outgoing.until - self._clock() < self._sender.lease / 4:
                break
        logger.warning("%s is in doubt: nobody knows whether it was sent", promise.name)
        raise Unsure

    def _attempt(self, outgoing: Outgoing, *, look: bool) -> Fact:
        promise, person, content, _, _ = outgoing
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
        return delivered(promise, content, reference)

    def _delays(self, trouble: NotSent, outgoing: Outgoing) -> str | None:
        """Why the log is to say that a message is delayed, none where it need not.

        Where nobody can look, it says of each message at once that it was certainly not sent.
        """
        if self._sender.can_look:
            return _delays(trouble, outgoing)
        return trouble.reason if isinstance(trouble, Later | Down) else None


def _name(promise: Promise) -> Name:
    return promise.assessment, promise.name


def _delays(trouble: NotSent, outgoing: Outgoing) -> str | None:
    """Why a message is delayed, none where the next try may come soon."""
    again = outgoing.promise.claims >= MANY
    match trouble:
        case Later(after=None) as later:
            return later.reason
        case Later(reason=reason) if again:
            return reason
        case Unsure() if again:
            return NO_ANSWER
    return None
