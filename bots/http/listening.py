"""Listens on a port until told to stop, for every surface that is called over HTTP.

What holds for whoever calls, whatever they call, stands here once: how long a request may take to
say what it wants, how many may be about to, and what is no request at all.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from typing import Any, ClassVar

import uvicorn
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from ehsg_events.kernel import Refused
from ehsg_events.machine.reports import Reports

LOOK = 0.2  # seconds between two looks at whether to stop
HEAD = 10.0  # seconds for the head of a request to come
MOST_WAITING = 256  # connections that have not said what they want; beyond it the oldest is hung up
MOST_AT_ONCE = 512  # requests, and connections that are held; a process has 1,024 descriptors

NOT_ANSWERED = "Somebody's request was not taken; browsers and Slack try again."
logger = logging.getLogger("ehsg.http")
reports = Reports(logger)


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
    server = Server(configured(app))

    def stop_when_told() -> None:
        while not stop.wait(LOOK) and not server.should_exit:
            pass
        server.should_exit = True

    threading.Thread(target=stop_when_told, daemon=True).start()
    server.run(sockets=[listening])


def configured(app: ASGIApp, port: int = 0) -> uvicorn.Config:
    """How every app is served."""
    return uvicorn.Config(
        _one_request(app),
        port=port,
        http=_impatient(),
        limit_concurrency=MOST_AT_ONCE,
        log_level="warning",
        access_log=False,
        server_header=False,
    )


def _one_request(app: ASGIApp) -> ASGIApp:
    """The app, for requests of one length only, and quiet about whoever hangs up."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _has_two_lengths(scope):
            await Response(status_code=400, headers={"connection": "close"})(scope, receive, send)
            return
        try:
            await app(scope, receive, send)
        except ClientDisconnect:
            logger.debug("somebody hung up before their request was whole")

    return guarded


def _has_two_lengths(scope: Scope) -> bool:
    """Whether a proxy could take another part of the line for the next request than we do."""
    given = {name for name, _ in scope["headers"]}
    return {b"content-length", b"transfer-encoding"} <= given


class _Impatient(H11Protocol):
    """A connection that is hung up when it does not say in time what it wants."""

    waiting: ClassVar[dict[_Impatient, asyncio.TimerHandle]]  # in the order they came in

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._look()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._go_on()

    def _look(self) -> None:
        """Wait for the head of a request, unless it is there."""
        cycle: Any = self.cycle
        if cycle is not None and not cycle.response_complete:
            self._go_on()
        elif self not in self.waiting:
            self.waiting[self] = self.loop.call_later(HEAD, self.hang_up)
            if len(self.waiting) > MOST_WAITING:
                next(iter(self.waiting)).hang_up()

    def hang_up(self) -> None:
        """Wait no longer."""
        self._go_on()
        self.transport.close()

    def _go_on(self) -> None:
        timer = self.waiting.pop(self, None)
        if timer is not None:
            timer.cancel()


def _impatient() -> type[H11Protocol]:
    """Such connections, of one server."""
    return type("Impatient", (_Impatient,), {"waiting": {}})
