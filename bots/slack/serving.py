"""Serves Slack: over HTTP, or over Socket Mode where nothing may come in; and runs the outbox."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPException

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackApiError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bots.delivery.outbox import Outbox
from bots.delivery.serving import delivering
from bots.http import listen, take_port
from bots.slack.app import answer, build_app, web_client
from bots.slack.errors import PASSING
from bots.slack.outage import Announcer
from bots.slack.sender import SlackSender
from bots.slack.settings import Settings, read_settings
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log

PING = 2  # seconds; a lost connection is noticed after about five, and clicks meanwhile are lost
AGAIN = 5  # seconds until Slack is asked again for a connection that it did not give at the start
MOST_BODY = 4 * 1024 * 1024  # bytes; an edit of 40,000 characters, escaped, is below it

logger = logging.getLogger("ehsg.slack")


def serve_slack(
    log: Log,
    stop: threading.Event,
    settings: Settings | None = None,
    say: Callable[[str], object] = logger.warning,
) -> None:
    """Take what Slack sends, and deliver messages to it, until told to stop.

    Args:
        settings: from the environment, when none are given.
        say: receives a sentence when Slack takes nothing from us, and when it does again.

    Raises:
        Refused: a setting is missing, or the port is taken.
    """
    chosen = settings or read_settings(os.environ)
    # The port is taken first: Slack does not send a click again.
    listening = take_port(chosen.host, chosen.port, "EHSG_PORT") if chosen.mode == "http" else None
    announcer, sender = Announcer(log.folder, say), SlackSender(web_client(chosen), _now)
    outbox = Outbox(log, sender, _now, alone=True, on_outage=announcer)
    app = build_app(log, chosen, _now, outbox.refused)
    with delivering(outbox, stop):
        if listening is None:
            _listen_on_socket(app, chosen, stop)
        else:
            listen(web(app), listening, stop)


def web(app: App) -> Starlette:
    """The one address that Slack calls."""

    async def receive(request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        response = await run_in_threadpool(answer, app, body, request.headers)
        if response.status == HTTPStatus.UNAUTHORIZED:
            logger.warning("a request that Slack did not sign was refused")
        return Response(response.body, response.status, response.first_headers())

    return Starlette(routes=[Route("/slack/events", receive, methods=["POST"])])


async def _body(request: Request) -> str | None:
    """The body as text, none when it is longer than anything Slack sends."""
    taken = bytearray()
    async for piece in request.stream():
        taken += piece
        if len(taken) > MOST_BODY:
            return None
    return taken.decode(errors="replace")


def _listen_on_socket(app: App, settings: Settings, stop: threading.Event) -> None:
    # Without `web_client` the library would build its own, for slack.com.
    client = web_client(settings)
    connection = SocketModeHandler(app, settings.app_token, web_client=client, ping_interval=PING)
    try:
        _connect(connection, stop)
        stop.wait()
    finally:
        connection.close()  # type: ignore[no-untyped-call]


def _connect(connection: SocketModeHandler, stop: threading.Event) -> None:
    """Ask Slack for a connection until there is one; a refused token is not tried again."""
    while not stop.is_set():
        try:
            connection.connect()  # type: ignore[no-untyped-call]
        except SlackApiError as refusal:
            error = refusal.response.get("error", "unknown")
            if error not in PASSING:
                raise Refused(
                    f"Slack gives no Socket Mode line ({error}). Set SLACK_APP_TOKEN to an "
                    f"app-level token with connections:write, and switch Socket Mode on."
                ) from None
        except (OSError, HTTPException):
            error = "not reached"
        else:
            return
        logger.warning("no line to Slack yet (%s); asking again", error)
        stop.wait(AGAIN)


def _now() -> datetime:
    return datetime.now(UTC)
