"""A workspace that keeps to Slack's limits: one message a second in a channel, A_MINUTE in all."""

from __future__ import annotations

import math
import threading
import time

from bots.slack.loopback.workspace import Workspace

A_MINUTE = 600  # messages a minute in a workspace: Slack says several hundred
BURST = 20  # messages at once, after some time without any


class Limits:
    """Counts posts as Slack does; says how many whole seconds one above the limits must wait."""

    def __init__(self) -> None:
        self._posted: dict[str, float] = {}
        self._left, self._filled = float(BURST), time.monotonic()
        self._counting = threading.Lock()
        self.sent_away = 0

    def __call__(self, method: str, channel: str) -> int:
        """The seconds this call must wait, 0 when it may go on."""
        if method != "chat.postMessage":
            return 0
        with self._counting:
            now, wait = time.monotonic(), 0.0
            filled = self._left + (now - self._filled) * A_MINUTE / 60
            self._left, self._filled = min(float(BURST), filled), now
            if self._left < 1:
                wait = (1 - self._left) * 60 / A_MINUTE
            wait = max(wait, self._posted.get(channel, -1.0) + 1 - now)
            if wait > 0:
                self.sent_away += 1
                return math.ceil(wait)
            self._left, self._posted[channel] = self._left - 1, now
            return 0


class SlowSlack(Workspace):
    """A loopback workspace with those limits."""

    def __init__(self) -> None:
        super().__init__()
        self.limits = Limits()
        self.keep_to(self.limits)
