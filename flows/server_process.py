"""The server process itself: an empty database if there is none, then Prefect's own app.

Run as `python -m flows.server_process SOCKET`, where SOCKET is a listening socket's descriptor.
"""

from __future__ import annotations

import gc
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

import uvicorn

from flows import child_process
from flows.database_template import template_database
from guides import durable


class Announced(uvicorn.Server):
    """Writes `ready` to standard output once requests are answered."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then write `ready`."""
        await super().startup(sockets)
        gc.freeze()
        gc.enable()
        child_process.tell("ready")


def main() -> None:
    """Serve until the parent ends."""
    gc.disable()  # until it is up: nothing loaded is garbage, and collecting costs a third of it
    child_process.when_parent_ends(lambda: os._exit(0))  # SQLite is safe; nothing else is at stake
    _provide_database(Path(os.environ["PREFECT_HOME"]))
    from prefect.server.api.server import create_app

    config = uvicorn.Config(create_app(final=True), log_level="error")
    Announced(config).run([socket.socket(fileno=int(sys.argv[1]))])


def _provide_database(home: Path) -> None:
    """Put an empty database into a new home, whole or not at all, for its owner only.

    If the environment cannot be written to, Prefect makes the tables itself, slowly.
    """
    database = home / "prefect.db"
    with suppress(OSError):
        if not database.exists():
            durable.write(database, template_database().read_bytes(), mode=durable.OWNER_ONLY)
    durable.make_private(database)


if __name__ == "__main__":
    main()
