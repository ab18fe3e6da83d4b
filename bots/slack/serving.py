"""Serves Slack: over HTTP, or over Socket Mode where nothing may come in; and runs the outbox."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
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
from bots.http.bodies import Bounds, TooLarge, whole
from bots.http.listening import listen, take_port
from bots.operations import joined
from bots.operations.writable import writable
from bots.slack.app import answer, build_app, quick_client, web_client
from bots.slack.authentication.ours import Ours
from bots.slack.authentication.signature import (
    MOST_CHECK,
    SIGNATURE,
    Signature,
    is_certificate_check,
)
from bots.slack.errors import PASSING
from bots.slack.outage import Announcer
from bots.slack.sender import SlackSender
from bots.slack.settings import Settings, read_settings
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log

PING = 2  # seconds; a lost connection is noticed after about five, and clicks meanwhile are lost
AGAIN = 5  # seconds until Slack is asked again for a connection that it did not give at the start
MOST_BODY = 4 * 1024 * 1024  # bytes; an edit of 40,000 characters, escaped, is below it
PATIENCE = 5  # seconds for a body; Slack itself waits three for the answer
AT_ONCE = 8  # large bodies; nearly all that Slack sends are small
UNSIGNED = Bounds(MOST_CHECK, PATIENCE, AT_ONCE)

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
    surfaces = writable(os.environ)
    outbox = Outbox(log, sender, _now, writable=surfaces, alone=True, on_outage=announcer)
    joined.forget(log.folder)  # what an earlier process noted of an earlier token
    ours = Ours(chosen, quick_client(chosen), partial(joined.note, log.folder))
    ours.learn()
    app = build_app(log, chosen, _now, outbox.refused, ours)
    with delivering(outbox, stop):
        if listening is None:
            _listen_on_socket(app, chosen, stop)
        else:
            listen(web(app, chosen.signing_secret), listening, stop)


def web(app: App, secret: str) -> Starlette:
    """The one address that Slack calls; nothing is read in what it did not sign with the secret."""
    signature = Signature(secret)
    bounds = Bounds(MOST_BODY, PATIENCE, AT_ONCE)

    async def receive(request: Request) -> Response:
        is_unsigned = SIGNATURE not in request.headers  # perhaps a look at our certificate
        if not (is_unsigned or signature.could_hold(request.headers)):
            return _not_signed()
        try:
            body = await whole(request, UNSIGNED if is_unsigned else bounds)
        except TooLarge:
            return _not_signed() if is_unsigned else Response(status_code=413)
        except TimeoutError:
            return Response(status_code=408)
        if is_unsigned and is_certificate_check(body):
            return Response()
        if not signature.holds(request.headers, body):
            return _not_signed()
        return await run_in_threadpool(_answered, app, body, request.headers)

    served = Starlette(routes=[Route("/slack/events", receive, methods=["POST"])])
    served.router.redirect_slashes = False  # it would go where the Host header says
    return served


def _answered(app: App, body: bytes, headers: Mapping[str, str]) -> Response:
    response = answer(app, body.decode(errors="replace"), headers)
    return Response(response.body, response.status, response.first_headers())


def _not_signed() -> Response:
    logger.warning("a request that Slack did not sign was refused")
    return Response(status_code=401)


def _listen_on_socket(app: App, settings: Settings, stop: threading.Event) -> None:
    # Without `web_client` the library would build its own, for slack.com.
    client = web_client(settings)
    connection = SocketModeHandler(app, settings.app_token, web_client=client, ping_interval=PING)
    try:
        _connect(connection, stop)
        stop.wait()
    finally:
        close(connection)


def close(connection: SocketModeHandler) -> None:
    """Close a connection, though a thread of its own may be closing the same line.

    The library looks whether a line is open before it waits for its turn, so the later of the two
    finds it gone. What else there is to be closed is closed by closing again.
    """
    try:
        connection.close()  # type: ignore[no-untyped-call]
    except AttributeError:
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
