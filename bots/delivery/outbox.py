"""Delivers what the log promises, once: claim, look again, send, record.

A message is claimed on its own stream before it is sent, so that one of two deliverers wins. After
a crash between sending and recording nobody knows whether it was sent: the next deliverer looks
where it would stand before sending it again. A claim's lease keeps other processes away; the one
that claimed a message tries again as soon as that makes sense. No cursor is kept: the log is read
anew at each start.

Queues are per person: what becomes of a message holds up its person only, unless the surface takes
nothing from us at all. Then it is asked again every few seconds, and at its first answer everybody
has their turn.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, RLock
from typing import Any

from bots.delivery.claims import Claims, Compose, Outgoing
from bots.delivery.outage import Outage, Tell
from bots.delivery.reader import Reader
from bots.delivery.recipients import tell
from bots.delivery.sender import Down, Later, NotSent, Sender, Unsure
from bots.delivery.sending import Sending
from bots.delivery.turns import Cause, Turns
from bots.messages.promise import Promise, Who
from ehsg_events.events import MessageDelayed
from ehsg_events.kernel import Surface
from ehsg_events.log.log import Log

# Pauses after a turn in vain: the first, doubled at each, and the longest.
PAUSES: dict[Cause, tuple[timedelta, timedelta]] = {
    "unsure": (timedelta(seconds=2), timedelta(minutes=1)),
    "refused": (timedelta(minutes=1), timedelta(hours=1)),
}
MOST_DOUBLED = 10
OFTEN = 3  # times one after another that a surface takes nothing when it comes to the same person
BACK = timedelta(seconds=5)  # a clock that steps back by more was put back
SHORTEST = timedelta(seconds=1)  # until somebody who waits for their hours is looked at again


class Outbox:
    """Follows one log and delivers what it promises; several threads may deliver at once.

    Args:
        sender: sends the messages of its surface.
        compose: what a message says on that surface, or why it is not said.
        writable: all surfaces that are set up, each with an outbox of its own.
        clock: says now, in UTC; the rehearsal's is simulated.
        alone: no other process delivers from this folder, so the claims of dead processes are
            taken over at once.
        on_outage: told when the surface takes nothing from us, and with none when it does again.
    """

    def __init__(
        self,
        log: Log,
        sender: Sender[Any],
        clock: Callable[[], datetime],
        *,
        compose: Compose = tell,
        writable: Collection[Surface] = (),
        alone: bool = False,
        on_outage: Tell | None = None,
    ) -> None:
        self._log, self._sender, self._clock = log, sender, clock
        self._reader, self.stopping = Reader(log), Event()
        self._promises = self._reader.promises
        self._writable = {sender.surface, *writable}
        self._claims = Claims(log, self._promises, sender, compose, clock, alone=alone)
        self._sending = Sending(sender, self._promises, self._claims, clock, self.stopping)
        self._turns, self._outage, self._latest = Turns(), Outage(on_outage), clock()
        self._vain: dict[
            Who, int
        ] = {}  # how many turns of somebody were in vain, one after another
        self._lock = RLock()  # of everything in memory; never held while the surface is called

    @property
    def in_doubt_until(self) -> datetime | None:
        """When the first message that was claimed and not settled may be tried again, if any."""
        with self._lock:
            waiting = self._turns.first(("leased", "told", "refused", "unsure"))
            return self._outage.ask_again or waiting

    # -- delivering ----------------------------------------------------------------------------
    def deliver(self) -> int:
        """Deliver everything that is open now, one person after the other.

        Returns:
            How many messages were settled: delivered, failed or withheld.
        """
        total = 0
        while self.read_one_more():
            pass
        while (who := self.take_turn()) is not None:
            total += self.deliver_to(who)
        return total

    def read_one_more(self) -> bool:
        """Read an assessment that was not read since the start; whether there was one."""
        with self._lock:
            self._read()
            return self._reader.read_one_more()

    def take_turn(self) -> Who | None:
        """Somebody who has something to be sent now, and whom no other thread sends anything."""
        now = self._clock()
        self._notice_the_clock(now)
        if self._outage.is_due(now):
            self.check()
        with self._lock:
            self._read()
            return None if self._outage.down else self._turns.take(now)

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self._log.folder

    def give_back(self, who: Who) -> None:
        """End the turn of somebody who was taken and whom nobody could deliver to."""
        with self._lock:
            self._end_turn(who, Unsure())

    def deliver_to(self, who: Who) -> int:
        """Deliver the messages of somebody who was taken: one in doubt holds up those after it.

        Returns:
            How many were settled.
        """
        trouble: NotSent | None = Unsure()  # what an exception comes to
        try:
            with self._lock:
                self._read()
                claimed, withheld = self._claim_for(who)
            settled, trouble = self._sending.send_all(claimed)
            if settled:
                self._claims.settle(settled)
            if isinstance(trouble, Unsure) and not self._sender.can_look:
                self._claims.forget(claimed[len(settled)].promise)
        finally:
            with self._lock:
                self._end_turn(who, trouble)
        ended = [one for one in settled if not isinstance(one.fact, MessageDelayed)]
        if ended:
            self._outage.took()
        return len(ended) + withheld

    def check(self) -> None:
        """Ask the surface whether it takes anything; once it does, everybody has their turn."""
        now = self._clock()
        self._outage.asked(now)
        try:
            self._sender.check()
        except Down as down:
            with self._lock:
                self._outage.begin(down, now)
        else:
            with self._lock:
                self._outage.end()
                self._turns.release(("down", "unsure"))

    def refused(self, reason: str) -> None:
        """Note that the surface told us that it refuses us from now on; it is asked from time to time."""
        with self._lock:
            self._outage.begin(Down(reason, refuses_us=True), self._clock())

    # -- waiting -------------------------------------------------------------------------------
    def wait(self, longest: float) -> None:
        """Sleep until the log grows or somebody has their turn."""
        with self._lock:
            when = self._outage.ask_again or self._turns.next_time()
        seconds = (when - self._clock()).total_seconds() if when else longest
        self._log.store.wait(self._reader.position, min(max(seconds, 0.0), longest))

    # -- whose turn ----------------------------------------------------------------------------
    def _read(self) -> None:
        self._reader.read()
        for who, acted in self._promises.moved().items():
            self._turns.add(who, acted=acted)

    def _notice_the_clock(self, now: datetime) -> None:
        """Whoever waits for a time by a clock that was put back would wait that much longer."""
        with self._lock:
            if now < self._latest - BACK:
                self._claims.clock_was_put_back()
                self._outage.clock_was_put_back(now)
                self._turns.clock_was_put_back()
            self._latest = now

    def _end_turn(self, who: Who, trouble: NotSent | None) -> None:
        """End somebody's turn, and say when they have the next one if it was in vain."""
        now, vain = self._clock(), self._vain.pop(who, 0)
        self._turns.done(who)
        match trouble:
            case Down() if vain < OFTEN:
                self._outage.begin(trouble, now)
                self._vain[who] = vain + 1
                self._turns.wait(who, now, "down")
            case Later(after=timedelta() as after):
                self._turns.wait(who, now + after, "told")
            case NotSent():
                if isinstance(trouble, Down):  # time and again: it may be about them alone
                    self._outage.begin(trouble, now)
                cause: Cause = "refused" if isinstance(trouble, Down | Later) else "unsure"
                first, longest = PAUSES[cause]
                self._vain[who] = vain + 1
                pause = min(first * 2 ** min(vain, MOST_DOUBLED), longest)
                self._turns.wait(who, now + pause, cause)

    def _claim_for(self, who: Who) -> tuple[list[Outgoing], int]:
        """Claim what can be sent to somebody now."""
        now = self._clock()
        waiting = self._promises.waiting.get(who, {}).values()
        surface, writable = self._sender.surface, self._writable
        queue = [one for one in waiting if self._promises.is_for(one, surface, writable)]
        held = {promise.name for promise in queue if self._promises.is_held(promise, now)}
        ready = self._ready(who, [one for one in queue if one.name not in held], now)
        if ready:
            # To somebody whom nothing has reached, one message is tried at a time.
            return self._claims.claim(ready[:1] if who in self._vain else ready)
        if held:
            chances = (self._promises.held_until(one, now) for one in queue if one.name in held)
            self._turns.wait(who, max(min(chances), now + SHORTEST), "held")
        return [], 0

    def _ready(self, who: Who, queue: list[Promise], now: datetime) -> list[Promise]:
        """The messages at the head of a queue that can be sent now.

        A claim of another process whose lease runs holds up the rest, and so does a change of a
        message before it.
        """
        ready: list[Promise] = []
        for promise in queue:
            leased = self._claims.leased_until(promise)
            if leased and leased > now:
                self._turns.wait(who, leased, "leased")
                break
            if promise.changes in {earlier.name for earlier in ready}:
                break
            ready.append(promise)
        return ready
