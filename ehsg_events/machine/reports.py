"""Lines for whoever runs the server: what is so is said once, and then only counted.

A full disk fails a thousand times in five minutes, and is one thing to know.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from ehsg_events.machine.failures import failure_of

EVERY = 300.0  # seconds between two lines on the same thing
NOT_THE_MACHINE = (
    "This is no failure of the machine but a {kind}: look whether the network is there; if it comes "
    "again all the same, please report it."
)
MOST = 100  # different things that are counted apart


@dataclass
class _Counted:
    said: float
    unsaid: int = 0


def line_of(what: str, error: BaseException, folder: Path | None = None) -> str:
    """What failed, why, and what helps, as one line; the arguments are those of `Reports.failed`."""
    failure = failure_of(error, folder)
    why = str(failure) if failure else NOT_THE_MACHINE.format(kind=type(error).__name__)
    return f"{what} {why}"


class Reports:
    """Writes lines to one logger.

    Args:
        logger: what the lines go to.
        clock: says the time in seconds; it never goes back.
    """

    def __init__(self, logger: logging.Logger, clock: Callable[[], float] = time.monotonic) -> None:
        self._logger, self._clock, self._lock = logger, clock, Lock()
        self._counted: dict[str, _Counted] = {}

    def failed(self, what: str, error: BaseException, folder: Path | None = None) -> None:
        """Say that something failed, and what helps where the machine failed.

        Of anything else only the kind is said: its own words may hold what a person typed.

        Args:
            what: what failed, and what whoever waited for it reads; a sentence.
        """
        self.say(line_of(what, error, folder))

    def say(self, line: str, level: int = logging.ERROR) -> None:
        """Say something, unless it was said lately; then it is counted."""
        with self._lock:
            again = self._take(line)
        if again is not None:
            self._logger.log(level, "%s%s", line, again)

    def _take(self, line: str) -> str | None:
        """What to add to a line that is to be said now, none when it is only counted."""
        now, counted = self._clock(), self._counted.get(line)
        if counted is not None and now - counted.said < EVERY:
            counted.unsaid += 1
            return None
        if counted is None and len(self._counted) >= MOST:
            del self._counted[min(self._counted, key=lambda each: self._counted[each].said)]
        self._counted[line] = _Counted(now)
        more = counted.unsaid if counted else 0
        return f" (This happened {more} more times since it was last said.)" if more else ""
