"""Serves Slack: over HTTP, or over Socket Mode where nothing may come in; and runs the outbox."""

from __future__ import annotations

import os
import socket
import threading
from datetime import UTC, datetime

import uvicorn
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bots.outbox import Outbox
from bots.slack.app import answer, build_app, web_client
from bots.slack.settings import Settings, read_settings
from bots.slack.speaker import Speaker
from ehsg_events.application import Log
from ehsg_events.kernel import Refused

MOST_BODY = 4 * 1024 * 1024  # bytes; an edit of a 40,000 letter message, escaped, is below it
LOOK = 0.2  # seconds between two looks at whether to stop


def serve_slack(log: Log, stop: threading.Event, settings: Settings | None = None) -> None:
    """Listen and speak in Slack until told to stop.

    Args:
        settings: from the environment, when none are given.

    Raises:
        Refused: a setting is missing, or the port is taken.
    """
    found = settings or read_settings(os.environ)
    # Listening comes first: Slack does not send a click again.
    door = _take_port(found) if found.mode == "http" else None
    app = build_app(log, found, _now)
    outbox = Outbox(log, Speaker(web_client(found)), _now)
    speaking = threading.Thread(target=outbox.follow, args=(stop,), name="outbox", daemon=True)
    speaking.start()
    try:
        if door is None:
            _listen_on_socket(app, found, stop)
        else:
            _listen_on_http(app, door, stop)
    finally:
        stop.set()
        speaking.join()


def web(app: App) -> Starlette:
    """The one address that Slack calls."""

    async def hear(request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        said = await run_in_threadpool(answer, app, body, request.headers)
        return Response(said.body, said.status, said.first_headers())

    return Starlette(routes=[Route("/slack/events", hear, methods=["POST"])])


async def _body(request: Request) -> str | None:
    """The body as text, none when it is longer than anything Slack sends."""
    taken = bytearray()
    async for piece in request.stream():
        taken += piece
        if len(taken) > MOST_BODY:
            return None
    return taken.decode(errors="replace")


def _take_port(settings: Settings) -> socket.socket:
    try:
        return socket.create_server((settings.host, settings.port))
    except OSError as problem:
        raise Refused(
            f"Port {settings.port} of {settings.host} cannot be listened on "
            f"({problem.strerror}). Set EHSG_PORT to another, or stop what uses it."
        ) from None


def _listen_on_http(app: App, door: socket.socket, stop: threading.Event) -> None:
    config = uvicorn.Config(web(app), log_level="warning", access_log=False, server_header=False)
    server = uvicorn.Server(config)

    def stop_when_told() -> None:
        while not stop.wait(LOOK) and not server.should_exit:
            pass
        server.should_exit = True

    threading.Thread(target=stop_when_told, daemon=True).start()
    server.run(sockets=[door])


def _listen_on_socket(app: App, settings: Settings, stop: threading.Event) -> None:
    # Without `web_client` the library would build its own, for slack.com.
    handler = SocketModeHandler(app, settings.app_token, web_client=web_client(settings))
    handler.connect()  # type: ignore[no-untyped-call]
    try:
        stop.wait()
    finally:
        handler.close()  # type: ignore[no-untyped-call]


def _now() -> datetime:
    return datetime.now(UTC)
