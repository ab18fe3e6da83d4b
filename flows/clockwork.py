"""The flows of a rehearsal: real runs against a real server, on the time they are told."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

from flows.server import Say, quiet, server
from flows.turning import turning


class Clockwork:
    """Runs the tick inside this process, one run after another.

    Args:
        loop: where the flows run; kept, so that a run costs no start of its own.
        address: Prefect's page, where the runs can be seen.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, address: str) -> None:
        from flows.round import tick

        self._loop, self._tick, self.address = loop, tick, address

    def tick(self, assessment: UUID, at: datetime) -> list[str]:
        """Do everything that is due in an assessment at a time.

        Returns:
            The position of each step on the log.
        """
        run = self._tick(assessment, at)
        return asyncio.run_coroutine_threadsafe(run, self._loop).result()


@contextmanager
def clockwork(folder: Path, say: Say = quiet) -> Iterator[Clockwork]:
    """Run a server for a data folder and the flows of a rehearsal against it.

    Args:
        folder: the data folder.
        say: told in sentences how the server's start goes.
    """
    with server(folder, say) as address, turning() as loop:
        yield Clockwork(loop, address)
