"""Background threads that are begun again: one failure never ends what the server has to do."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Self

FIRST, LONGEST = 1.0, 60.0  # seconds of pause after a failure: doubled at each, up to the longest


class BackgroundThread:
    """A thread that does one thing, and begins it again whenever that has failed.

    It is over once the thing returns, or once it failed and `stop` is set. Used as a context, it
    works beside the block, and is told to stop and waited for at the block's end.

    Args:
        act: what it does.
        stop: set when nothing is to be begun again.
        failed: is told of each failure.
        first: seconds of pause after the first failure.
    """

    def __init__(
        self,
        name: str,
        act: Callable[[], object],
        stop: threading.Event,
        failed: Callable[[Exception], object],
        first: float = FIRST,
    ) -> None:
        self._act, self._stop, self._failed, self._first = act, stop, failed, first
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self.join()

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def join(self) -> None:
        """Wait for its end."""
        self._thread.join()

    def is_alive(self) -> bool:
        """Whether it is at work."""
        return self._thread.is_alive()

    def _run(self) -> None:
        pause = self._first
        while not self._stop.is_set():
            began = time.monotonic()
            try:
                self._act()
            except Exception as failure:  # noqa: BLE001 - whatever it is, the work goes on
                self._failed(failure)
            else:
                return
            if time.monotonic() - began > LONGEST:
                pause = self._first
            self._stop.wait(pause)
            pause = min(pause * 2, LONGEST)
