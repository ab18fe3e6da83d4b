"""The app: a link is looked up, and its page is drawn or its form read.

Every response carries the security headers. No log line names a link, and no error shows what a
person typed.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bots.phrases import web as phrases
from bots.web import forms, rendering
from bots.web.desk.app import routes as desk_routes
from bots.web.desk.live import Live
from bots.web.interview import Interview
from bots.web.rate_limit import RateLimiter
from bots.web_settings import Settings
from ehsg_events.commands.links import Links, digest
from ehsg_events.log.log import Log

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
METHODS = ("GET", "POST")
PATIENCE = 120  # seconds for one form to come; the largest file takes half of it on a slow line
logger = logging.getLogger("ehsg.web")


def build_app(
    log: Log,
    clock: Callable[[], datetime],
    limiter: RateLimiter | None = None,
    address: str = Settings.url,
    stop: threading.Event | None = None,
) -> ASGIApp:
    """The app with its pages.

    Args:
        clock: says now, in UTC.
        limiter: limits how often links are used and tried.
        address: the one people reach the pages by.
        stop: set when the server is to end, which ends the streams of open pages.
    """
    limiter, live = limiter or RateLimiter(), Live(log, stop or threading.Event())
    interviews = _Interviews(log, clock, limiter)
    app = Starlette(
        routes=[
            Route("/i/{token}", interviews.link, methods=METHODS),
            Route("/style.css", _style, methods=["GET"]),
            *desk_routes(log, clock, limiter, address, live),
        ],
        lifespan=lambda _: _until_over(live),
        exception_handlers={HTTPException: _no_such_page, Exception: _failed},
    )
    app.router.redirect_slashes = False  # it would go where the Host header says
    return _guarded(app)


@asynccontextmanager
async def _until_over(live: Live) -> AsyncIterator[None]:
    yield
    await run_in_threadpool(live.close)


class _Interviews:
    def __init__(self, log: Log, clock: Callable[[], datetime], limiter: RateLimiter) -> None:
        self._log, self._clock, self._limiter = log, clock, limiter
        self._links = Links(log)

    async def link(self, request: Request) -> Response:
        """What a personal link opens; an unknown one and a revoked one are not told apart."""
        token = request.path_params["token"]
        holder = await run_in_threadpool(self._links.whose, token, self._clock())
        if holder is None:
            return self._unknown(request)
        interview = Interview(self._log, holder, digest(token), self._clock)
        if request.method == "GET":
            return _page(rendering.printed(await run_in_threadpool(interview.page)))
        return await self._take(request, interview, token)

    async def _take(self, request: Request, interview: Interview, token: str) -> Response:
        wait = self._limiter.wait("link", digest(token))
        if wait:
            return _too_many(wait)
        try:
            async with asyncio.timeout(PATIENCE):
                form = await forms.read(request)
        except (TimeoutError, ClientDisconnect):
            return _notice(408, phrases.NOT_WHOLE, phrases.NOT_WHOLE_WORDS)
        except forms.TooLarge:
            return _notice(413, phrases.TOO_LARGE, phrases.TOO_LARGE_WORDS)
        except forms.Unreadable:
            return _notice(400, phrases.UNREADABLE, phrases.UNREADABLE_WORDS)
        page = await run_in_threadpool(interview.take, form)
        if page is None:
            return RedirectResponse(token, status_code=303)
        return _page(rendering.printed(page), 422)

    def _unknown(self, request: Request) -> Response:
        wait = self._limiter.wait("stranger", request.client.host if request.client else "")
        if wait:
            return _too_many(wait)
        return _notice(404, phrases.UNKNOWN, phrases.UNKNOWN_WORDS)


def _page(html: str, status: int = 200) -> Response:
    return HTMLResponse(html, status)


def _notice(status: int, heading: str, words: str, style: str = "../style.css") -> Response:
    return _page(rendering.notice(heading, words, style), status)


def _too_many(wait: int) -> Response:
    response = _notice(429, phrases.TOO_MANY, phrases.too_many(wait))
    response.headers["retry-after"] = str(wait)
    return response


async def _style(_: Request) -> Response:
    return Response(rendering.style(), media_type="text/css")


async def _no_such_page(_: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    response = _notice(
        problem.status_code, phrases.NOT_FOUND, phrases.NOT_FOUND_WORDS, "/style.css"
    )
    response.headers.update(problem.headers or {})
    return response


async def _failed(_: Request, __: Exception) -> Response:
    return _notice(500, phrases.FAILED, phrases.FAILED_WORDS, "/style.css")


def _guarded(app: ASGIApp) -> ASGIApp:
    """The app with its headers on every response; of a failure only the kind is logged."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name for name, _ in message["headers"]}
                own = [(k.encode(), v.encode()) for k, v in HEADERS.items()]
                added = [header for header in own if header[0] not in given]
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        if scope["method"] not in METHODS:
            refused = _notice(405, phrases.NOT_FOUND, phrases.NOT_FOUND_WORDS, "/style.css")
            refused.headers["allow"] = ", ".join(METHODS)
            await refused(scope, receive, answer)
            return
        try:
            await app(scope, receive, answer)
        except Exception as failure:  # noqa: BLE001 - the person has their page; the rest is ours
            # without its traceback, which could quote somebody
            logger.error("a page failed with %s", type(failure).__name__)  # noqa: TRY400

    return guarded
