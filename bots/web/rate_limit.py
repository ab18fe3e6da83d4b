"""How often a link may be used, tried, or asked for."""

from __future__ import annotations

import time

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

A_LINK = RateLimitItemPerMinute(60)  # things said by one link
A_STRANGER = RateLimitItemPerMinute(30)  # links tried by one address that open nothing
A_CALLER = RateLimitItemPerHour(30)  # links asked for from one address, that of a whole office
A_BEGINNER = RateLimitItemPerMinute(5)  # addresses tried by one caller that begin nothing


class RateLimiter:
    """Counts attempts, in this process only."""

    def __init__(
        self,
        link: RateLimitItem = A_LINK,
        stranger: RateLimitItem = A_STRANGER,
        caller: RateLimitItem = A_CALLER,
        beginner: RateLimitItem = A_BEGINNER,
    ) -> None:
        self._limits = {
            "link": link,
            "stranger": stranger,
            "caller": caller,
            "beginner": beginner,
        }
        self._counter = FixedWindowRateLimiter(MemoryStorage())

    def wait(self, what: str, name: str) -> int:
        """Count one attempt; how many seconds to wait before the next, 0 if none."""
        limit = self._limits[what]
        if self._counter.hit(limit, what, name):
            return 0
        again = self._counter.get_window_stats(limit, what, name).reset_time
        return max(1, round(again - time.time()) + 1)
