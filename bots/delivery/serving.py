"""Runs the outbox beside a surface."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bots.delivery.outbox import Outbox


@contextmanager
def delivering(outbox: Outbox, stop: threading.Event) -> Iterator[None]:
    """Deliver what is owed, in a thread of its own, until told to stop or left.

    Args:
        stop: set it to end delivering; it is also set when the surface ends.
    """
    thread = threading.Thread(target=outbox.follow, args=(stop,), name="outbox", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
