"""Whose turn it is to be written to, and who waits until when. Pure: time is an argument.

Its work is that of the people who have something to be sent, however many others there are.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush
from typing import Literal, NamedTuple, get_args

from bots.messages.promise import Who

# Why somebody waits: for their hours; for another process' lease; because the surface said how long,
# would not take a message, or nobody knows whether it did; or because it takes nothing at all.
Cause = Literal["held", "leased", "told", "refused", "unsure", "down"]
ENDED_BY_AN_ACT: tuple[Cause, ...] = ("refused", "unsure")


class _Wait(NamedTuple):
    until: datetime
    cause: Cause


@dataclass
class Turns:
    """The people who have something to be sent, in the order in which they are written to."""

    _first: dict[Who, None] = field(default_factory=dict)  # who did something and is answered
    _others: dict[Who, None] = field(default_factory=dict)
    _waits: dict[Who, _Wait] = field(default_factory=dict)
    _times: list[tuple[datetime, Who]] = field(default_factory=list)  # a heap; may hold old times
    _busy: set[Who] = field(default_factory=set)

    def add(self, who: Who, *, acted: bool) -> None:
        """Give somebody a turn, because their messages changed.

        Args:
            acted: whether something new answers what they did; it also ends a pause after a
                message that was not taken.
        """
        wait = self._waits.get(who)
        if (
            wait is None
            or wait.cause in ("held", "leased")
            or (acted and wait.cause in ENDED_BY_AN_ACT)
        ):
            self._waits.pop(who, None)
            self._ready(who, acted=acted)

    def wait(self, who: Who, until: datetime, cause: Cause) -> None:
        """Give somebody their next turn at a time; at once if they did something meanwhile."""
        if cause in ENDED_BY_AN_ACT and who in self._first:
            return
        self._first.pop(who, None)
        self._others.pop(who, None)
        self._waits[who] = _Wait(until, cause)
        heappush(self._times, (until, who))

    def take(self, now: datetime) -> Who | None:
        """Whose turn it is; nobody has a second one before `done`."""
        self._wake(now)
        for queue in (self._first, self._others):
            for who in queue:
                if who not in self._busy:
                    del queue[who]
                    self._busy.add(who)
                    return who
        return None

    def done(self, who: Who) -> None:
        """End somebody's turn."""
        self._busy.discard(who)

    def release(self, causes: Collection[Cause]) -> None:
        """Give a turn at once to everybody who waits for one of some causes."""
        for who in [who for who, wait in self._waits.items() if wait.cause in causes]:
            del self._waits[who]
            self._ready(who, acted=False)

    def clock_was_put_back(self) -> None:
        """Give a turn to everybody who waits for a time: it was reckoned by another clock."""
        self._times.clear()
        self.release(get_args(Cause))

    def next_time(self) -> datetime | None:
        """When to look again whose turn it is, none when nobody waits for a time."""
        return self._times[0][0] if self._times else None

    def first(self, causes: Collection[Cause]) -> datetime | None:
        """When the first of those who wait for one of some causes has their turn, if any does."""
        waits = self._waits.values()
        return min((wait.until for wait in waits if wait.cause in causes), default=None)

    def _ready(self, who: Who, *, acted: bool) -> None:
        if acted:
            self._others.pop(who, None)
            self._first[who] = None
        elif who not in self._first:
            self._others[who] = None

    def _wake(self, now: datetime) -> None:
        while self._times and self._times[0][0] <= now:
            until, who = heappop(self._times)
            wait = self._waits.get(who)
            if wait is not None and wait.until == until:
                del self._waits[who]
                self._ready(who, acted=False)
