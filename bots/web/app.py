"""The app: every page by its address, and what holds for all of them.

Every response carries the security headers. No log line names a link, and no error shows what a
person typed to anybody but that person.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bots.operations.writable import writable
from bots.phrases import web as phrases
from bots.phrases.stopped import NOT_NOW, cannot_now
from bots.web import rendering
from bots.web.begin.address import Address
from bots.web.begin.pages import BeginPages
from bots.web.desk.app import routes as desk_routes
from bots.web.desk.live import Live
from bots.web.desk.rehearsal.running import REHEARSALS
from bots.web.desk.session import Sessions
from bots.web.links import InterviewPages
from bots.web.rate_limit import RateLimiter
from bots.web.responses import METHODS, notice
from bots.web.typed import Typed
from bots.web_settings import Settings
from ehsg_events.kernel import Surface
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.log.log import Log
from ehsg_events.machine.failures import failure_of
from ehsg_events.machine.reports import Reports

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
}
NO_PAGE = "A page could not be given; its reader is told to load it again in some minutes."
AGAIN = "120"  # seconds; said to programs, people are told some minutes
reports = Reports(logging.getLogger("ehsg.web"))


def build_app(
    log: Log,
    clock: Callable[[], datetime],
    limiter: RateLimiter | None = None,
    address: str = Settings.url,
    stop: threading.Event | None = None,
    writes_on: Collection[Surface] | None = None,
    begin: Address | None = None,
) -> ASGIApp:
    """The app with its pages.

    Args:
        clock: says now, in UTC.
        limiter: limits how often links are used and tried.
        address: the one people reach the pages by.
        stop: set when the server is to end, which ends the streams of open pages.
        writes_on: the surfaces that are set up to write to people; by default as the environment
            says.
        begin: where the first assessment is opened, while none is.
    """
    by_mail = "mail" in (writable(os.environ) if writes_on is None else writes_on)
    limiter, live = limiter or RateLimiter(), Live(log, stop or threading.Event())
    app = Starlette(
        routes=[
            *InterviewPages(log, clock, limiter).routes(),
            Route("/", _front, methods=["GET"]),
            Route("/style.css", _style, methods=["GET"]),
            *BeginPages(log, limiter, Sessions(log, clock, address), begin).routes(),
            *desk_routes(log, clock, limiter, address, live, by_mail=by_mail),
        ],
        lifespan=lambda _: _until_over(live),
        exception_handlers={HTTPException: _no_such_page, Exception: partial(_failed, log.folder)},
    )
    app.router.redirect_slashes = False  # it would go where the Host header says
    return _guarded(app, log.folder)


@asynccontextmanager
async def _until_over(live: Live) -> AsyncIterator[None]:
    yield
    await run_in_threadpool(live.close)
    await run_in_threadpool(REHEARSALS.end)


async def _front(_request: Request) -> Response:
    return notice(
        200, _(phrases.FRONT), _(phrases.FRONT_WORDS), ("read/home", _(phrases.TO_THE_DESK))
    )


async def _style(_request: Request) -> Response:
    return Response(rendering.style(), media_type="text/css")


async def _no_such_page(_request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    response = notice(problem.status_code, _(phrases.NOT_FOUND), _(phrases.NOT_FOUND_WORDS))
    response.headers.update(problem.headers or {})
    return response


async def _failed(folder: Path, _request: Request, problem: Exception) -> Response:
    failure = failure_of(problem, folder)
    if failure is None:
        return notice(500, _(phrases.FAILED), _(phrases.FAILED_WORDS))
    response = notice(503, _(NOT_NOW), cannot_now(failure.kind))
    response.headers["retry-after"] = AGAIN
    return response


def _guarded(app: ASGIApp, folder: Path) -> ASGIApp:
    """The app with its headers on every response, and words that were typed on every refusal.

    Of a failure of the machine it is logged what helps, of a mistake of ours only the kind.
    """

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        answer = _with_headers(send)
        if scope["method"] == "POST":
            typed = Typed(scope, receive, rendering.said_again)
            receive, answer = typed.receive, typed.answering(answer)
        elif scope["method"] == "HEAD":
            answer = _without_body(answer)
        elif scope["method"] != "GET":
            refused = notice(405, _(phrases.NOT_FOUND), _(phrases.NOT_FOUND_WORDS))
            refused.headers["allow"] = ", ".join(METHODS)
            await refused(scope, receive, answer)
            return
        try:
            await app(scope, receive, answer)
        except Exception as failure:  # noqa: BLE001 - the person has their page; the rest is ours
            reports.failed(NO_PAGE, failure, folder)

    return guarded


def _without_body(send: Send) -> Send:
    """Ends an answer after its head, so that one which goes on for as long as it is read ends too."""

    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            await send(message)
            await send({"type": "http.response.body", "body": b""})

    return answer


def _with_headers(send: Send) -> Send:
    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {name for name, _ in message["headers"]}
            own = [(k.encode(), v.encode()) for k, v in HEADERS.items()]
            added = [header for header in own if header[0] not in given]
            message = {**message, "headers": [*message["headers"], *added]}
        await send(message)

    return answer
