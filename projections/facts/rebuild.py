"""Has a new base built by a child process, so that a server goes on answering meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from projections.facts.base import BUSY, FEWEST, Base, base_of, is_long

EVERY = 30.0  # seconds between two checks whether a new base is worth building
NICENESS = 15  # of a builder in the background


def rebuild(
    log: Log, progress: Callable[[int], object] = lambda _: None, *, nice: bool = False
) -> Base:
    """Have a base built of all facts that the log holds.

    Args:
        progress: called with how many rows were read or turned into facts since the last call.
        nice: whether every other process comes first.

    Raises:
        Refused: a fact cannot be read, the log is empty, or somebody else is building one.
    """
    if not log.store.last_position():
        raise Refused("The log holds nothing yet, so there is nothing to rebuild from.")
    command = [sys.executable, "-m", "projections.facts.read_sqlite", str(log.folder.absolute())]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as child:
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
            raise
    _refuse_unless_built(child.returncode, errors)
    built = base_of(log)
    assert built is not None, "it was built of this log"
    return built


def _refuse_unless_built(code: int, errors: str) -> None:
    if code == BUSY:
        raise Refused("A rebuild is at work on this folder already. Wait until it is done.")
    if code == 2:
        raise Refused(errors.strip())
    if code:
        raise Refused(f"The rebuild ended before its time: {errors.strip().splitlines()[-1:]}")


@contextmanager
def beside(log: Log, fewest: int = FEWEST, every: float = EVERY) -> Iterator[None]:
    """Renew the base whenever the log has grown far beyond it, until the end of the block.

    Args:
        fewest: how many facts beyond the base are too many to be read one by one.
        every: seconds between two checks.
    """
    over = threading.Event()

    def look() -> None:
        while not over.wait(every):
            if is_long(log, fewest):
                _try(log, over)

    looking = threading.Thread(target=look, name="compacting", daemon=True)
    looking.start()
    try:
        yield
    finally:
        over.set()
        looking.join()


class _Over(Exception):
    pass


def _try(log: Log, over: threading.Event) -> None:
    """Build a base; give up when `over` is set or it is refused, since there is a next time."""

    def progress(_: int) -> None:
        if over.is_set():
            raise _Over

    try:
        rebuild(log, progress, nice=True)
    except (_Over, Refused):
        return
