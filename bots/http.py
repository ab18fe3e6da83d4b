"""Listens on a port until told to stop, for every surface that is called over HTTP."""

from __future__ import annotations

import socket
import threading

import uvicorn
from starlette.types import ASGIApp

from ehsg_events.kernel import Refused

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


def listen(app: ASGIApp, listening: socket.socket, stop: threading.Event) -> None:
    """Serve an app on a listening socket until told to stop; no access log is kept."""
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    server = uvicorn.Server(config)

    def stop_when_told() -> None:
        while not stop.wait(LOOK) and not server.should_exit:
            pass
        server.should_exit = True

    threading.Thread(target=stop_when_told, daemon=True).start()
    server.run(sockets=[listening])
