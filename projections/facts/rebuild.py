"""Has a new base built by a process of its own, so that whoever listens goes on listening."""

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

EVERY = 30.0  # seconds between two looks whether a new base is worth its while
KIND = 15  # how far behind everybody else a builder in the background stands


def rebuild(
    log: Log, told: Callable[[int], object] = lambda _: None, *, kind: bool = False
) -> Base:
    """Have a base built of all facts that the log holds.

    Args:
        told: is told how many rows were read, or turned into facts, since it was told last.
        kind: everybody else comes first.

    Raises:
        Refused: a fact cannot be read, the log is empty, or somebody else is building one.
    """
    if not log.store.last_position():
        raise Refused("The log holds nothing yet, so there is nothing to rebuild from.")
    command = [sys.executable, "-m", "projections.facts.bulk", str(log.folder.absolute())]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as child:
        if kind:
            os.setpriority(os.PRIO_PROCESS, child.pid, KIND)
        try:
            assert child.stdout
            for line in child.stdout:
                if line.strip().isdecimal():
                    told(int(line))
            _, said = child.communicate()
        except BaseException:
            child.kill()
            raise
    _refuse_unless_built(child.returncode, said)
    built = base_of(log)
    assert built is not None, "it was built of this log"
    return built


def _refuse_unless_built(code: int, said: str) -> None:
    if code == BUSY:
        raise Refused("A rebuild is at work on this folder already. Wait until it is done.")
    if code == 2:
        raise Refused(said.strip())
    if code:
        raise Refused(f"The rebuild ended before its time: {said.strip().splitlines()[-1:]}")


@contextmanager
def beside(log: Log, fewest: int = FEWEST, every: float = EVERY) -> Iterator[None]:
    """Renew the base whenever the log has grown far beyond it, until the end of the block.

    Args:
        fewest: how many facts beyond the base are too many to be read one by one.
        every: seconds between two looks.
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
    """Build one; when all is over it is left, and what cannot be built today may be tomorrow."""

    def told(_: int) -> None:
        if over.is_set():
            raise _Over

    try:
        rebuild(log, told, kind=True)
    except (_Over, Refused):
        return
