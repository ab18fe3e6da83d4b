"""Prefect at work for a data folder: a server, a schedule, and a worker that keeps to it.

Run as `python -m flows.serving FOLDER`; it ends at SIGTERM, Ctrl-C, or the end of its standard
input. `beside` runs it as the child of a process that has other things to do.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from subprocess import Popen

from anyio.from_thread import start_blocking_portal

from ehsg_events.kernel import Refused
from ehsg_events.machine.background import BackgroundThread
from ehsg_events.machine.children import without_secrets
from ehsg_events.machine.failures import is_full
from ehsg_events.machine.garbage import collect_seldom
from ehsg_events.machine.reports import Reports
from flows import child_process
from flows import noise as noise_file
from flows.server import LONGEST, Say, quiet, server

EVERY = timedelta(minutes=5)
READY = "ready at "
LOOK = 0.5  # seconds between two looks at a child that starts
NO_ROUNDS = "No reminder goes out and no round closes by itself just now; both do once it works."
reports = Reports(logging.getLogger("ehsg.flows"))
AGAIN = 30.0  # seconds until a child that did not start is tried again


def serve(folder: Path, stop: threading.Event, say: Say = quiet, every: timedelta = EVERY) -> None:
    """Serve until told to stop, or until the worker ends by itself.

    Args:
        folder: the data folder.
        stop: set it to end serving; it is also set once the worker has ended.
        say: receives sentences on the start, and `ready at ADDRESS` once runs are made.
        every: the time between two ticks.
    """
    with server(folder, say) as address, start_blocking_portal(name="flows") as portal:
        portal.call(_work, stop, every, lambda: say(READY + address))


async def _work(stop: threading.Event, every: timedelta, ready: Callable[[], None]) -> None:
    from flows.worker import Worker, deploy

    await deploy(every)
    await _tick_at_once()
    ready()
    stopped = asyncio.create_task(asyncio.to_thread(stop.wait))
    running = asyncio.create_task(Worker().start(printer=quiet))
    await asyncio.wait({stopped, running}, return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def _tick_at_once() -> None:
    """Do what is due before saying ready; if a step fails, the next tick tries again."""
    from flows.round import Unfinished, tick

    with suppress(Unfinished):
        await tick()


@contextmanager
def beside(folder: Path, say: Say = quiet) -> Iterator[None]:
    """Serve in a child process while the block runs, and start it again whenever it has died.

    The block does not wait for it: nothing else that is served needs Prefect.

    Args:
        folder: the data folder.
        say: receives sentences on each start, and `ready at ADDRESS` at its end.
    """
    over = threading.Event()
    with BackgroundThread(
        "flows", lambda: _keep(folder, say, over), over, lambda failure: _failed(failure, folder)
    ):
        yield


def _keep(folder: Path, say: Say, over: threading.Event) -> None:
    """Keep a child process serving until told that it is over; try again while it does not start."""
    noise, said = noise_file.noise_of(folder), ""
    while not over.is_set():
        try:
            supervised = child_process.Supervised(
                lambda: _started(folder, say, over),
                _hear,
                lambda: _look_after(folder, noise),
            )
        except Refused as no:
            if not over.is_set() and str(no) != said:
                say(said := str(no))
            over.wait(AGAIN)
        else:
            supervised.watch()
            over.wait()
            supervised.end()


def _look_after(folder: Path, noise: Path) -> None:
    """Keep the noise short, and say of a full disk what Prefect, which has no room, cannot say."""
    noise_file.keep_short(noise)
    if is_full(folder):
        _failed(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), folder)


def _hear(line: str) -> None:
    """Pass on what a flow has to say to whoever runs the server, once."""
    if line.startswith(child_process.NOTE):
        reports.say(line.removeprefix(child_process.NOTE), logging.WARNING)


def _failed(failure: Exception, folder: Path) -> None:
    reports.failed(NO_ROUNDS, failure, folder)


def _started(folder: Path, say: Say, over: threading.Event) -> Popen[str]:
    child = child_process.start(
        "flows.serving",
        str(folder),
        environment={**without_secrets(os.environ), child_process.SERVED: "1"},
        stderr=noise_file.opened(noise_file.noise_of(folder)),
    )
    heard = time.monotonic()
    while not over.is_set() and time.monotonic() - heard < LONGEST:
        if line := child_process.read_line(child, LOOK):
            say(line)
            heard = time.monotonic()
            if line.startswith(READY):
                return child
        elif child.poll() is not None:
            break
    child_process.end(child)
    raise Refused(
        f"Prefect did not start, so no reminder goes out and no round closes by itself. Everything "
        f"else goes on; Prefect is tried again every {AGAIN:.0f} seconds. What it wrote is in "
        f"{noise_file.noise_of(folder)}."
    )


def main() -> None:
    """Serve the folder named on the command line."""
    collect_seldom()
    stop = threading.Event()
    child_process.when_parent_ends(stop.set)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        serve(Path(sys.argv[1]), stop, child_process.tell)
    except Refused as no:
        sys.exit(str(no))


if __name__ == "__main__":
    main()
