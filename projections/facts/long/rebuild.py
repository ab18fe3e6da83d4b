"""Has a new base built by a child process, so that a server goes on answering meanwhile."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.machine.background import BackgroundThread
from ehsg_events.machine.children import without_secrets
from ehsg_events.machine.reports import Reports
from projections.facts.long.base import (
    APPEND,
    BUSY,
    FEWEST,
    FOLDER,
    Base,
    base_of,
    clear_unfinished,
    is_long,
)

AT_WORK = "A rebuild is at work on this folder already. Wait until it is done."
NOT_THERE = (
    "A base was built, and cannot be found in {folder}. Look whether this account may list that "
    "folder, or delete it: the log holds all that is in it."
)
EVERY = 30.0  # seconds between two checks whether a new base is worth building
NICENESS = 15  # of a builder in the background
NOT_BUILT = "The read models of this long log are not renewed just now, so pages load slowly."
Then = Callable[[threading.Event], object]
reports = Reports(logging.getLogger("ehsg.rebuild"))


def rebuild(
    log: Log,
    progress: Callable[[int], object] = lambda _: None,
    *,
    nice: bool = False,
    anew: bool = True,
) -> Base:
    """Have a base built of all facts that the log holds.

    Args:
        progress: called with how many rows were read or turned into facts since the last call.
        nice: whether every other process comes first.
        anew: whether every fact is read; else only those beyond the newest base, if it is sound.

    Raises:
        Refused: a fact cannot be read, the log is empty, somebody else is building one, or what
            was built cannot be found.
    """
    if not log.store.last_position():
        raise Refused("The log holds nothing yet, so there is nothing to rebuild from.")
    command = [
        sys.executable,
        "-m",
        "projections.facts.long.read_sqlite",
        str(log.folder.absolute()),
        *[APPEND] * (not anew),
    ]
    pipe = subprocess.PIPE
    given = without_secrets(os.environ)
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=given) as child:
        if nice:
            os.setpriority(os.PRIO_PROCESS, child.pid, NICENESS)
        try:
            assert child.stdout
            for line in child.stdout:
                if line.strip().isdecimal():
                    progress(int(line))
            _, errors = child.communicate()
        except BaseException:
            child.kill()
            child.wait()
            clear_unfinished(log.folder, child.pid)
            raise
    if child.returncode not in (0, BUSY):
        clear_unfinished(log.folder, child.pid)  # killed, it could not do so itself
    _refuse_unless_built(child.returncode, errors)
    built = base_of(log)
    if built is None:
        raise Refused(NOT_THERE.format(folder=log.folder / FOLDER))
    return built


def _refuse_unless_built(code: int, errors: str) -> None:
    if code == BUSY:
        raise Refused(AT_WORK)
    if code == 2:
        raise Refused(errors.strip())
    if code:
        why = "it was killed" if code < 0 else "by a mistake of ours, please report it"
        raise Refused(f"The rebuild ended before its time: {why}. Nothing is lost; try again.")


@contextmanager
def beside(
    log: Log, fewest: int = FEWEST, every: float = EVERY, then: Then = lambda _: None
) -> Iterator[None]:
    """Renew the base whenever the log has grown far beyond it, until the end of the block.

    Args:
        fewest: how many facts beyond the base are too many to be read one by one.
        every: seconds between two checks.
        then: what is done once there is a new one; it is given what is set when it is over.
    """
    over = threading.Event()

    def look() -> None:
        while not over.wait(every):
            if is_long(log, fewest):
                _try(log, over, then)

    def failed(failure: Exception) -> None:
        reports.failed(NOT_BUILT, failure, log.folder)

    with BackgroundThread("compacting", look, over, failed):
        yield


class _Over(Exception):
    pass


def _try(log: Log, over: threading.Event, then: Then) -> None:
    """Build a base, and do what is to be done then.

    It is given up when `over` is set or it is refused, since there is a next time. Why it was
    refused is said: somebody else at work is no reason to say anything.
    """

    def progress(_: int) -> None:
        if over.is_set():
            raise _Over

    try:
        rebuild(log, progress, nice=True, anew=False)
        then(over)
    except _Over:
        return
    except Refused as refusal:
        if str(refusal) != AT_WORK:
            reports.say(f"{NOT_BUILT} {refusal}", logging.WARNING)
