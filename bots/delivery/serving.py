"""Runs the outbox beside a surface: a few threads, each with one person at a time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from bots.delivery.outbox import Outbox
from bots.messages.queue import Who

AT_ONCE = 8  # people who are written to at the same time
PAUSE = 0.5  # seconds between two looks when nothing wakes the thread

logger = logging.getLogger("ehsg.outbox")


@contextmanager
def delivering(outbox: Outbox, stop: threading.Event) -> Iterator[None]:
    """Deliver what is owed, in threads of its own, until told to stop or left.

    Args:
        stop: set it to end delivering; it is also set when the surface ends.
    """
    thread = threading.Thread(target=follow, args=(outbox, stop), name="outbox", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        outbox.stopping.set()
        thread.join()


def follow(outbox: Outbox, stop: threading.Event) -> None:
    """Deliver whatever comes, until told to stop."""
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="outbox") as threads:
        room = threading.Semaphore(AT_ONCE)
        _try(outbox.check)
        while not stop.is_set():
            if not _try(lambda: _hand_out(outbox, threads, room)):
                stop.wait(PAUSE)
        outbox.stopping.set()


def _hand_out(outbox: Outbox, threads: ThreadPoolExecutor, room: threading.Semaphore) -> None:
    """Give everybody whose turn it is to a thread, then read on or wait."""
    while room.acquire(timeout=PAUSE):
        who = outbox.take_turn()
        if who is None:
            room.release()
            break
        threads.submit(_turn, outbox, who, room)
    if not outbox.read_one_more():
        outbox.wait(PAUSE)


def _turn(outbox: Outbox, who: Who, room: threading.Semaphore) -> None:
    try:
        _try(lambda: outbox.deliver_to(who))
    finally:
        room.release()


def _try(act: Callable[[], object]) -> bool:
    """Do something; whatever goes wrong, people wait for the rest."""
    try:
        act()
    except Exception as failure:  # noqa: BLE001 - whatever it is
        logger.error(  # noqa: TRY400 - a traceback could quote somebody
            "delivering failed with %s; trying again", type(failure).__name__
        )
        return False
    return True
