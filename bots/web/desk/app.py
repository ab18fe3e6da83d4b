"""The desk: opens and draws every page for those who sign in, and takes its form."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import parse_qsl
from uuid import uuid4

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bots.operations.operation import Done
from bots.phrases import desk as desk_phrases
from bots.phrases import web as web_phrases
from bots.web.desk import form as forms
from bots.web.desk import responses
from bots.web.desk.as_of import moments
from bots.web.desk.asking import AskingPages
from bots.web.desk.downloads.giving import attached, given
from bots.web.desk.frame import frame
from bots.web.desk.going_on import Again, GoingOn
from bots.web.desk.hubs.hub import without_refused
from bots.web.desk.live import Live
from bots.web.desk.live_route import Following
from bots.web.desk.page import Asked, Drawn, Entry, Given, ToCheck, Visitor
from bots.web.desk.registry import PAGES, first_of
from bots.web.desk.rendering import printed, style
from bots.web.desk.session import COOKIE, Sessions
from bots.web.desk.sign_in import SignInPages
from bots.web.desk.ways import leads
from bots.web.forms import Filled
from bots.web.rate_limit import RateLimiter
from bots.web.rendering import said_again
from bots.web.typed import said_back
from ehsg_events.commands.links import digest
from ehsg_events.events import Showing
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.rights import reading
from projections.access.audience import refuse_unless_a_moment, who_may
from projections.access.reached import reached
from projections.facts.moments import hold
from projections.facts.view import View, view_at

AS_OF = "as-of"
FOLLOWING = ("board.html",)  # what is drawn anew once there is news
AT_ONCE = 2  # pages drawn at a time: interviews go on while all open boards are drawn again


def routes(
    log: Log,
    clock: Callable[[], datetime],
    limiter: RateLimiter,
    address: str,
    live: Live,
    *,
    by_mail: bool,
) -> list[Route]:
    """Where the pages for those who sign in are.

    Args:
        clock: says now, in UTC.
        limiter: limits how often links and forms are sent.
        address: the one people reach the pages by.
        live: tells open pages that the log has grown.
        by_mail: whether letters go out, so that a link can be sent to whoever asks.
    """
    sessions = Sessions(log, clock, address)
    desk = Desk(log, clock, limiter, sessions, live.mark, by_mail=by_mail)
    following = Following(live, sessions, by_mail=by_mail)
    return [
        *SignInPages(log, limiter, sessions).routes(),
        *AskingPages(log, clock, limiter, sessions, by_mail=by_mail).routes(),
        *following.routes(),
        *desk.routes(),
    ]


class Desk:
    """The pages themselves."""

    def __init__(
        self,
        log: Log,
        clock: Callable[[], datetime],
        limiter: RateLimiter,
        sessions: Sessions,
        mark: Callable[[int], str],
        *,
        by_mail: bool,
    ) -> None:
        self._by_mail = by_mail
        self._log, self._clock, self._limiter, self._sessions = log, clock, limiter, sessions
        self._mark = mark
        self._drawing, self._going_on = asyncio.Semaphore(AT_ONCE), GoingOn()

    def routes(self) -> list[Route]:
        """Where these pages are."""
        return [
            Route("/read", _to_home, methods=["GET"]),
            Route("/read/", _to_home, methods=["GET"]),
            Route("/read/download/{file}", self._download, methods=["GET"]),
            Route("/read/{page}", self._page, methods=["GET", "POST"]),
            Route("/desk.css", _style, methods=["GET"]),
        ]

    async def _page(self, request: Request) -> Response:
        visitor = await run_in_threadpool(self._sessions.visitor, request)
        if visitor is None:
            return self._signed_out(request)
        name = request.path_params["page"]
        if name == desk_phrases.HOME:
            return RedirectResponse(first_of(visitor.role), 303, responses.HEADERS)
        entry = PAGES.get(name)
        if entry is None:
            return _back(404, web_phrases.NOT_FOUND, web_phrases.NOT_FOUND_WORDS)
        if visitor.role not in entry.roles:
            return _back(403, desk_phrases.NOT_FOR_YOU, desk_phrases.only_for(who_may(entry.roles)))
        if request.method != "POST":
            looking = replace(visitor, reads=request.method == "GET")
            async with self._drawing:
                return await run_in_threadpool(self._looked_at, looking, name, _asked(request))
        return await self._take(request, visitor, name, entry)

    async def _download(self, request: Request) -> Response:
        visitor = await run_in_threadpool(self._sessions.visitor, request)
        if visitor is None:
            return self._signed_out(request)
        looking = replace(visitor, reads=request.method == "GET")
        async with self._drawing:
            name, asked = request.path_params["file"], _asked(request)
            return await run_in_threadpool(self._given, looking, name, asked)

    def _given(self, visitor: Visitor, name: str, asked: Asked) -> Response:
        """A file to take away, or why there is none of that name."""
        as_of = asked.get(AS_OF, "").strip()
        try:
            view, _ = self._view(visitor, as_of)
            return given(view, visitor, name, self._note_reading, is_now=not as_of)
        except Refused as refusal:
            return _back(404, desk_phrases.NO_FILE, str(refusal))

    def _signed_out(self, request: Request) -> Response:
        tried = COOKIE in request.cookies
        address = responses.stranger(request)
        waits = responses.kept_waiting(self._limiter, "stranger", address) if tried else None
        return waits or responses.sign_in_first(by_mail=self._by_mail)

    # -- a page --------------------------------------------------------------------------------
    def _looked_at(self, visitor: Visitor, name: str, asked: Asked) -> Response:
        """A page, with what was wrong in a form of it if one was refused."""
        again = self._going_on.again(asked, visitor, name)
        if again is None:
            done = self._going_on.done(asked, visitor)
            return self._drawn(visitor, name, Again(asked), done)
        drawn = self._drawn(visitor, name, again)
        html = said_back(bytes(drawn.body).decode(), dict(again.fields), said_again)
        return responses.page(html, drawn.status_code)

    def _drawn(
        self, visitor: Visitor, name: str, again: Again, done: Done | None = None
    ) -> Response:
        """A page as of the moment that was asked for, or the reason why it cannot be shown."""
        as_of = again.fields.get(AS_OF, "").strip()
        values = {
            **frame(self._log, visitor, name, as_of),
            "asked": again.fields,
            "refused": again.says,
            "mistakes": again.mistakes,
            "ways": again.ways,
            "was_done": done,
        }
        try:
            looking = replace(visitor, wrong=again.mistakes)
            drawn = self._draw(looking, PAGES[name], again.fields, as_of)
        except Refused as refusal:
            drawn = Drawn("refused.html", {"called": PAGES[name].called})
            values["refused"] = again.says or str(refusal)
            values["ways"] = again.ways or tuple(leads(refusal.ways))
        status = 422 if values["refused"] else 200
        return responses.page(printed(drawn.template, {**values, **drawn.values}), status)

    def _draw(self, visitor: Visitor, entry: Entry, asked: Asked, as_of: str) -> Drawn:
        view, note = self._view(visitor, as_of)
        drawn = entry.draw(view, visitor, asked)
        if view.state.abandoned is not None:
            drawn = without_refused(drawn)
        shown = moments(view, visitor.role, as_of, note) if entry.looks_back else None
        self._note_reading(visitor, drawn.whose, drawn.showing)
        mark = self._mark(reached(view).place) if drawn.template in FOLLOWING else None
        return Drawn(drawn.template, {**drawn.values, "moments": shown, "mark": mark})

    def _view(self, visitor: Visitor, as_of: str) -> tuple[View, str | None]:
        """The assessment as of a moment, and what is to be said of that moment."""
        refuse_unless_a_moment(visitor.role, as_of)
        zone = self._log.assessment(visitor.assessment).policy.zone
        note = hold(self._log, as_of or None, zone, self._clock())
        return view_at(self._log, visitor.assessment, as_of or None), note

    def _note_reading(self, visitor: Visitor, whose: frozenset[str], showing: Showing) -> bool:
        """Record whose words are shown: once a session, not once a click; whether it was."""
        if not whose or not visitor.reads:
            return False
        stamp = visitor.stamp(showing, f"read {uuid4().hex}")
        where, within = visitor.assessment, visitor.session
        return reading.note(self._log, stamp, where, showing, whose, within)

    # -- a form --------------------------------------------------------------------------------
    async def _take(self, request: Request, visitor: Visitor, name: str, entry: Entry) -> Response:
        if not self._sessions.is_own(request):
            return responses.elsewhere()
        if entry.take is None:
            return _back(405, web_phrases.NOT_FOUND, web_phrases.NOT_FOUND_WORDS, {"allow": "GET"})
        if visitor.role not in entry.takes:
            return _back(403, desk_phrases.NOT_FOR_YOU, desk_phrases.only_for(who_may(entry.takes)))
        waits = responses.kept_waiting(self._limiter, "link", digest(request.cookies[COOKIE]))
        if waits:
            return waits
        try:
            form = await forms.read_whole(request)
        except forms.Unreadable:
            return _back(400, web_phrases.UNREADABLE, web_phrases.UNREADABLE_WORDS)
        if form.text(forms.ASSESSMENT) != str(visitor.assessment):
            return _back(409, desk_phrases.ANOTHER, desk_phrases.ANOTHER_WORDS)
        return await run_in_threadpool(self._recorded, visitor, name, form)

    def _recorded(self, visitor: Visitor, name: str, form: Filled) -> Response:
        """Record a form: go on to another page, or show this one with what was typed and wrong."""
        take = PAGES[name].take
        assert take is not None, "looked at before the form was read"
        key = f"{visitor.assessment}/{visitor.person}/{name}/{form.nonce}"
        stamp = visitor.stamp(name, f"web {hashlib.sha256(key.encode()).hexdigest()}")
        try:
            came = take(self._log, visitor, stamp, form)
        except Refused as refusal:
            return self._shown_again(visitor, name, Again.after(form.fields, refusal))
        if isinstance(came, Given):
            return attached(came.name, came.content)
        if isinstance(came, ToCheck):
            return self._shown_again(visitor, name, Again(came.fields))
        if came.session:
            there = self._sessions.holding(came.session)
            said = self._going_on.onward(came, there) if there else None
            answer = RedirectResponse(said or came.to, 303, responses.HEADERS)
            self._sessions.let_in(answer, came.session)
            return answer
        onward = self._going_on.onward(came, visitor)
        if onward is None:
            page, _, asked = came.to.partition("?")
            return self._drawn(visitor, page, Again(dict(parse_qsl(asked))), came.done)
        return RedirectResponse(onward, 303, responses.HEADERS)

    def _shown_again(self, visitor: Visitor, name: str, again: Again) -> Response:
        """Go on to the form's own page; it is the answer itself if too long for an address."""
        address = self._going_on.back(again, visitor, name)
        if address is None:
            return self._drawn(visitor, name, again)
        return RedirectResponse(address, 303, responses.HEADERS)


async def _to_home(request: Request) -> Response:
    here = "" if request.url.path.endswith("/") else "read/"
    return RedirectResponse(f"{here}{desk_phrases.HOME}", 303, responses.HEADERS)


def _asked(request: Request) -> Asked:
    """What was asked in the address; of several choices each is a line."""
    asked: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        asked[name] = f"{asked[name]}\n{value}" if name in asked else value
    return asked


def _back(
    status: int, heading: str, words: str, headers: Mapping[str, str] | None = None
) -> Response:
    response = responses.notice(status, heading, words, (desk_phrases.HOME, desk_phrases.GO_ON))
    response.headers.update(headers or {})
    return response


async def _style(_: Request) -> Response:
    return Response(style(), media_type="text/css")
