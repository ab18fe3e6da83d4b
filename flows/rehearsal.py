"""The flows of a rehearsal: real runs against a real server, at simulated times."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from uuid import UUID

from anyio.from_thread import BlockingPortal, start_blocking_portal

from flows.server import Say, StartingServer, quiet, starting_server


class RehearsalFlows:
    """Runs the tick inside this process, one run after another.

    The server's start goes on beside the rehearsal; the first tick waits for it.

    Args:
        server: the server, which may still be starting.
        until_the_end: holds open what the first tick opens for later ticks.
        say: receives sentences on how the server's start goes.
    """

    def __init__(self, server: StartingServer, until_the_end: ExitStack, say: Say) -> None:
        self.address = server.address
        self._begun, self._open, self._say = server, until_the_end, say

    @cached_property
    def _portal(self) -> BlockingPortal:
        self._open.enter_context(self._begun.spoken_to(self._say))
        return self._open.enter_context(start_blocking_portal(name="flows"))

    def tick(self, assessment: UUID, at: datetime) -> list[int]:
        """Do everything that is due in an assessment at a time.

        Returns:
            The position of each step on the log.
        """
        portal = self._portal
        from flows.round import tick

        return portal.call(tick, assessment, at)


@contextmanager
def rehearsal_flows(folder: Path, say: Say = quiet) -> Iterator[RehearsalFlows]:
    """Run a server for a data folder and the flows of a rehearsal against it.

    Args:
        folder: the data folder.
        say: receives sentences on how the server's start goes.
    """
    with starting_server(folder) as server, ExitStack() as until_the_end:
        yield RehearsalFlows(server, until_the_end, say)
