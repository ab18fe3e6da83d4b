"""Runs the outbox beside a surface: a few threads, each with one person at a time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from bots.delivery.outbox import Outbox
from bots.messages.promise import Who
from ehsg_events.machine.background import BackgroundThread
from ehsg_events.machine.reports import Reports

AT_ONCE = 8  # people who are written to at the same time
PAUSE = 0.5  # seconds between two looks when nothing wakes the thread

NOT_NOW = "Messages are not delivered just now; they wait on the log and go out once it works."

reports = Reports(logging.getLogger("ehsg.outbox"))


@contextmanager
def delivering(outbox: Outbox, stop: threading.Event, at_once: int = AT_ONCE) -> Iterator[None]:
    """Deliver what is owed, in threads of its own, until told to stop or left.

    Args:
        stop: set it to end delivering; it is also set when the surface ends.
        at_once: how many people are written to at the same time.
    """
    with BackgroundThread(
        "outbox", lambda: follow(outbox, stop, at_once), stop, lambda failure: _say(outbox, failure)
    ):
        try:
            yield
        finally:
            outbox.stopping.set()


def follow(outbox: Outbox, stop: threading.Event, at_once: int = AT_ONCE) -> None:
    """Deliver whatever comes, until told to stop."""
    with ThreadPoolExecutor(at_once, thread_name_prefix="outbox") as threads:
        room = threading.Semaphore(at_once)
        _try(outbox, outbox.check)
        while not stop.is_set():
            if not _try(outbox, lambda: _hand_out(outbox, threads, room)):
                stop.wait(PAUSE)
        outbox.stopping.set()


def _hand_out(outbox: Outbox, threads: ThreadPoolExecutor, room: threading.Semaphore) -> None:
    """Give everybody whose turn it is to a thread, then read on or wait."""
    while room.acquire(timeout=PAUSE):
        if not _begin_a_turn(outbox, threads, room):
            break
    if not outbox.read_one_more():
        outbox.wait(PAUSE)


def _begin_a_turn(outbox: Outbox, threads: ThreadPoolExecutor, room: threading.Semaphore) -> bool:
    """Give one person to a thread; whatever fails before that, the room and the turn come back."""
    who = None
    try:
        who = outbox.take_turn()
        if who is not None:
            threads.submit(_turn, outbox, who, room)
    except BaseException:
        room.release()
        if who is not None:
            outbox.give_back(who)
        raise
    if who is None:
        room.release()
    return who is not None


def _turn(outbox: Outbox, who: Who, room: threading.Semaphore) -> None:
    try:
        _try(outbox, lambda: outbox.deliver_to(who))
    finally:
        room.release()


def _try(outbox: Outbox, act: Callable[[], object]) -> bool:
    """Do something; whatever goes wrong, people wait for the rest."""
    try:
        act()
    except Exception as failure:  # noqa: BLE001 - whatever it is
        _say(outbox, failure)
        return False
    return True


def _say(outbox: Outbox, failure: Exception) -> None:
    reports.failed(NOT_NOW, failure, outbox.folder)
