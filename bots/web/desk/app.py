"""The desk: every page for those who sign in is opened, drawn and sent back through here."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bots.phrases import desk as said
from bots.phrases import web as phrases
from bots.web.desk import form as sent
from bots.web.desk import responses
from bots.web.desk.as_of import moments
from bots.web.desk.live import Live
from bots.web.desk.live_route import Following
from bots.web.desk.page import Asked, Drawn, Entry, Visitor
from bots.web.desk.registry import PAGES, first_of, open_to
from bots.web.desk.rendering import printed, style
from bots.web.desk.session import COOKIE, Sessions
from bots.web.desk.sign_in import SignInPages
from bots.web.rate_limit import RateLimiter
from ehsg_events.commands.links import digest
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from projections.access.audience import refuse_unless_a_moment, who_may
from projections.facts.view import view_at

AS_OF = "as-of"
AT_ONCE = 2  # pages drawn at a time: when all open boards look again, interviews go on


def routes(
    log: Log, clock: Callable[[], datetime], limiter: RateLimiter, address: str, live: Live
) -> list[Route]:
    """Where the pages for those who sign in are.

    Args:
        clock: says now, in UTC.
        limiter: counts what comes in.
        address: the one people reach the pages by.
        live: tells open pages that the log has grown.
    """
    sessions = Sessions(log, clock, address)
    desk = Desk(log, limiter, sessions)
    following = Following(live, sessions)
    return [
        *SignInPages(log, limiter, sessions).routes(),
        *following.routes(),
        *desk.routes(),
    ]


class Desk:
    """The pages themselves."""

    def __init__(self, log: Log, limiter: RateLimiter, sessions: Sessions) -> None:
        self._log, self._limiter, self._sessions = log, limiter, sessions
        self._drawing = asyncio.Semaphore(AT_ONCE)

    def routes(self) -> list[Route]:
        """Where these pages are."""
        return [
            Route("/read/{page}", self._page, methods=["GET", "POST"]),
            Route("/desk.css", _style, methods=["GET"]),
        ]

    async def _page(self, request: Request) -> Response:
        visitor = await run_in_threadpool(self._sessions.visitor, request)
        if visitor is None:
            return self._shut(request)
        name = request.path_params["page"]
        if name == said.HOME:
            return RedirectResponse(first_of(visitor.role), 303, responses.HEADERS)
        entry = PAGES.get(name)
        if entry is None:
            return _back(404, phrases.NOT_FOUND, phrases.NOT_FOUND_WORDS)
        if visitor.role not in entry.roles:
            return _back(403, said.NOT_FOR_YOU, said.only_for(who_may(entry.roles)))
        if request.method == "GET":
            async with self._drawing:
                return await run_in_threadpool(self._drawn, visitor, name, _asked(request))
        return await self._said(request, visitor, name, entry)

    def _shut(self, request: Request) -> Response:
        tried = COOKIE in request.cookies
        where = responses.stranger(request)
        waits = responses.kept_waiting(self._limiter, "stranger", where) if tried else None
        return waits or responses.sign_in_first()

    # -- a page --------------------------------------------------------------------------------
    def _drawn(self, visitor: Visitor, name: str, asked: Asked, refused: str = "") -> Response:
        """A page as of the moment that was asked for; what cannot be shown is said on it."""
        as_of = asked.get(AS_OF, "").strip()
        values = {
            **self._frame(visitor, name, as_of),
            "asked": asked,
            "refused": refused,
        }
        try:
            found = self._draw(visitor, PAGES[name], asked, as_of)
        except Refused as refusal:
            found = Drawn("refused.html", {"called": PAGES[name].called})
            values["refused"] = refused or str(refusal)
        status = 422 if values["refused"] else 200
        return responses.page(printed(found.template, {**values, **found.values}), status)

    def _draw(self, visitor: Visitor, entry: Entry, asked: Asked, as_of: str) -> Drawn:
        refuse_unless_a_moment(visitor.role, as_of)
        view = view_at(self._log, visitor.assessment, as_of or None)
        try:
            found = entry.draw(view, visitor, asked)
            then = moments(view, visitor.role, as_of) if entry.looks_back else None
            return Drawn(found.template, {**found.values, "moments": then})
        finally:
            view.db.close()

    def _frame(self, visitor: Visitor, name: str, as_of: str) -> dict[str, object]:
        """What every page prints around its own."""
        return {
            "visitor": visitor,
            "here": name,
            "pages": open_to(visitor.role),
            "area": self._log.assessment(visitor.assessment).area,
            "as_of": as_of,
            "moments": None,
        }

    # -- a form --------------------------------------------------------------------------------
    async def _said(self, request: Request, visitor: Visitor, name: str, entry: Entry) -> Response:
        if not self._sessions.is_own(request):
            return responses.elsewhere()
        if entry.take is None:
            return _back(405, phrases.NOT_FOUND, phrases.NOT_FOUND_WORDS, {"allow": "GET"})
        if visitor.role not in entry.takes:
            return _back(403, said.NOT_FOR_YOU, said.only_for(who_may(entry.takes)))
        waits = responses.kept_waiting(self._limiter, "link", digest(request.cookies[COOKIE]))
        if waits:
            return waits
        try:
            form = await sent.read(request)
        except sent.Unreadable:
            return _back(400, phrases.UNREADABLE, phrases.UNREADABLE_WORDS)
        if form.get(sent.ASSESSMENT) != str(visitor.assessment):
            return _back(409, said.ANOTHER, said.ANOTHER_WORDS)
        return await run_in_threadpool(self._taken, visitor, name, form)

    def _taken(self, visitor: Visitor, name: str, form: Asked) -> Response:
        """The page to go on to, or the same again with what was typed and what was wrong."""
        take = PAGES[name].take
        assert take is not None, "looked at before the form was read"
        key = f"{visitor.assessment}/{visitor.person}/{name}/{form[sent.NONCE]}"
        stamp = visitor.stamp(name, f"web {hashlib.sha256(key.encode()).hexdigest()}")
        try:
            return RedirectResponse(take(self._log, visitor, stamp, form), 303, responses.HEADERS)
        except Refused as refusal:
            return self._drawn(visitor, name, form, str(refusal))


def _asked(request: Request) -> Asked:
    return dict(request.query_params)


def _back(
    status: int, heading: str, words: str, headers: Mapping[str, str] | None = None
) -> Response:
    found = responses.notice(status, heading, words, (said.HOME, said.GO_ON))
    found.headers.update(headers or {})
    return found


async def _style(_: Request) -> Response:
    return Response(style(), media_type="text/css")
