"""The simulated clock of a rehearsal: it only goes forward."""

from __future__ import annotations

from datetime import datetime, timedelta

A_MOVE = timedelta(seconds=20)  # how long one click or message takes a player


class Clock:
    """A clock that is moved by hand, and a little by every move of a player."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def __call__(self) -> datetime:
        """What time it is."""
        return self._now

    def forward(self, to: datetime) -> None:
        """Go to a time, unless it has passed."""
        self._now = max(self._now, to)

    def step(self) -> datetime:
        """Let the time of one move pass."""
        self._now += A_MOVE
        return self._now
