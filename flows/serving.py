"""Prefect at work for a data folder: a server, a schedule, and a runner that keeps to it.

Run as `python -m flows.serving FOLDER`; it ends at SIGTERM, Ctrl-C, or the end of its standard
input. `beside` runs it so, next to a process that has other things to do.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from subprocess import Popen
from typing import TYPE_CHECKING

from anyio.from_thread import start_blocking_portal

from ehsg_events.kernel import Refused
from flows import child_process
from flows.server import LONGEST, Say, quiet, server

if TYPE_CHECKING:
    from prefect.runner import Runner

EVERY = timedelta(minutes=5)
AT_ONCE = 2  # runs; more of them get in each other's way in Prefect's SQLite, for half a minute
READY = "ready at "


def serve(folder: Path, stop: threading.Event, say: Say = quiet, every: timedelta = EVERY) -> None:
    """Serve until told to stop, or until the runner ends by itself.

    Args:
        folder: the data folder.
        stop: set it to end; it is set, too, when the runner has ended.
        say: told how the start goes, and `ready at ADDRESS` once runs are made.
        every: the time between two ticks.
    """
    with server(folder, say) as address, start_blocking_portal(name="flows") as portal:
        portal.call(_work, stop, every, lambda: say(READY + address))


async def _work(stop: threading.Event, every: timedelta, ready: Callable[[], None]) -> None:
    runner = await runner_of(every)
    await _tick_at_once()
    ready()
    told = asyncio.create_task(asyncio.to_thread(stop.wait))
    running = asyncio.create_task(runner.start())
    await asyncio.wait({told, running}, return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def runner_of(every: timedelta) -> Runner:
    """A runner for both flows; its end pauses nothing, since another may be at work."""
    from prefect.runner import Runner
    from prefect.types.entrypoint import EntrypointType

    from flows.round import milestone, tick
    from flows.schedule import DEPLOYMENT

    runner = Runner(name=DEPLOYMENT, limit=AT_ONCE, pause_on_shutdown=False)
    module = EntrypointType.MODULE_PATH
    for deployment in (
        await milestone.ato_deployment(DEPLOYMENT, entrypoint_type=module),
        await tick.ato_deployment(DEPLOYMENT, interval=every, entrypoint_type=module),
    ):
        await runner.aadd_deployment(deployment)
    return runner


async def _tick_at_once() -> None:
    """Put everything right before anybody waits; if a step fails, the next tick tries again."""
    from flows.round import Unfinished, tick

    with suppress(Unfinished):
        await tick()


@contextmanager
def beside(folder: Path, say: Say = quiet) -> Iterator[None]:
    """Serve in a process beside this one while the block runs, and anew whenever it has died.

    Args:
        folder: the data folder.
        say: told how each start goes, and `ready at ADDRESS` at its end.

    Raises:
        Refused: it did not start.
    """
    kept = child_process.Supervised(lambda: _started(folder, say))
    kept.watch()
    try:
        yield
    finally:
        kept.end()


def _started(folder: Path, say: Say) -> Popen[str]:
    child = child_process.start("flows.serving", str(folder), environment=os.environ)
    while line := child_process.read_line(child, LONGEST):
        say(line)
        if line.startswith(READY):
            return child
    child_process.end(child)
    raise Refused("Prefect did not start. What it said stands above; try again.")


def main() -> None:
    """Serve the folder named on the command line."""
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
