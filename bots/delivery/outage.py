"""Whether a surface takes anything from us at all, and when it is asked again. Pure but for `tell`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bots.delivery.sender import Down

PAUSE = timedelta(
    seconds=3
)  # between two questions; doubled while it answers and still takes nothing
MOST_DOUBLED = 5

# Told once when a surface takes nothing, and with none when it does again.
Tell = Callable[[Down | None], object]


class Outage:
    """The time during which a surface takes nothing; one question every few seconds."""

    def __init__(self, tell: Tell | None) -> None:
        self._tell = tell or (lambda _: None)
        self._down: Down | None = None
        self._again: datetime | None = None
        self._relapses = 0

    @property
    def down(self) -> bool:
        """Whether the surface takes nothing, as far as we know."""
        return self._down is not None

    @property
    def ask_again(self) -> datetime | None:
        """When the surface is to be asked again, none while it takes what it is sent."""
        return self._again

    def is_due(self, now: datetime) -> bool:
        """Whether the surface is to be asked now."""
        return self._again is not None and self._again <= now

    def asked(self, now: datetime) -> None:
        """Note that it is being asked: nobody else need ask meanwhile."""
        self._again = now + PAUSE

    def clock_was_put_back(self, now: datetime) -> None:
        """Reckon by the clock as it is now when the surface is asked again."""
        if self._again is not None:
            self._again = min(self._again, now + PAUSE)

    def begin(self, down: Down, now: datetime) -> None:
        """Note that the surface took nothing."""
        before, self._down = self._down, down
        self._again = now + PAUSE * 2 ** min(self._relapses, MOST_DOUBLED)
        if before is None or (before.reason, before.refuses_us) != (down.reason, down.refuses_us):
            self._tell(down)

    def end(self) -> None:
        """Note that the surface answered."""
        before, self._down, self._again = self._down, None, None
        if before is not None:
            self._relapses += 1
            self._tell(None)

    def took(self) -> None:
        """Note that the surface took a message: what went before is over for good."""
        self._relapses = 0
