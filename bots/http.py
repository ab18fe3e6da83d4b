"""Listens on a port until told to stop, for every surface that is called over HTTP."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from ehsg_events.kernel import Refused
from ehsg_events.machine.reports import Reports

NOT_ANSWERED = "Somebody's request was not taken; browsers and Slack try again."
reports = Reports(logging.getLogger("ehsg.http"))
LOOK = 0.2  # seconds between two looks at whether to stop


def take_port(host: str, port: int, setting: str) -> socket.socket:
    """Take a port before anything else begins.

    Args:
        setting: the environment variable that chooses another port.

    Raises:
        Refused: the port cannot be taken.
    """
    try:
        return socket.create_server((host, port))
    except OSError as problem:
        raise Refused(
            f"Port {port} of {host} cannot be listened on ({problem.strerror}). Set {setting} to "
            f"another, or stop what uses it."
        ) from None


class Server(uvicorn.Server):
    """Says once what its loop cannot do, and counts it.

    Out of descriptors, asyncio would print a traceback a thousand times a second.
    """

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until told to stop."""
        asyncio.get_running_loop().set_exception_handler(_say)
        await super().serve(sockets)


def _say(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Say what the loop could not do; without its traceback, which could quote somebody."""
    problem = context.get("exception") or RuntimeError()
    if not isinstance(problem, ConnectionError):  # who hangs up waits for nothing
        reports.failed(NOT_ANSWERED, problem)


def listen(app: ASGIApp, listening: socket.socket, stop: threading.Event) -> None:
    """Serve an app on a listening socket until told to stop; no access log is kept."""
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    server = Server(config)

    def stop_when_told() -> None:
        while not stop.wait(LOOK) and not server.should_exit:
            pass
        server.should_exit = True

    threading.Thread(target=stop_when_told, daemon=True).start()
    server.run(sockets=[listening])
