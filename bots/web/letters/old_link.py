"""A link that opens nothing: whoever's it once was can have the one that works now sent to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bots.interview.record import language_of
from bots.phrases import web as phrases
from bots.web import responses
from bots.web.rate_limit import RateLimiter
from ehsg_events.commands.links import Links
from ehsg_events.kernel import Stamp
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import speaking
from ehsg_events.log.log import Log
from ehsg_events.rights.new_link import ask, may_ask

NEW_LINK = "new-link"


class OldLinks:
    """What links are answered with that open nothing."""

    def __init__(
        self, log: Log, clock: Callable[[], datetime], limiter: RateLimiter, links: Links
    ) -> None:
        self._log, self._clock, self._limiter, self._links = log, clock, limiter, links

    def routes(self) -> list[Route]:
        """Where a new link is asked for."""
        return [Route(f"/i/{{token}}/{NEW_LINK}", self._sends, methods=["POST"])]

    def unknown(self, request: Request) -> Response:
        """The answer to a link that nobody ever had, and to whatever looks like one."""
        return self._too_many(request) or responses.notice(
            404, _(phrases.UNKNOWN), _(phrases.UNKNOWN_WORDS)
        )

    def answer(self, request: Request) -> Response:
        """The answer to a personal link that opens nothing, or nothing any more."""
        whose = may_ask(self._log, self._links, request.path_params["token"], self._clock())
        if whose is None:
            return self.unknown(request)
        with speaking(language_of(self._log, *whose)):
            button = (responses.below(request, NEW_LINK), _(phrases.SEND_LINK))
            return self._too_many(request) or responses.notice(
                404, _(phrases.OLD_LINK), _(phrases.OLD_LINK_WORDS), button=button
            )

    async def _sends(self, request: Request) -> Response:
        return await run_in_threadpool(self._asked, request)

    def _asked(self, request: Request) -> Response:
        """Ask for the link that works now; what is answered tells nothing of whose it is."""
        token, now = request.path_params["token"], self._clock()
        if self._links.whose(token, now):
            return RedirectResponse("./", status_code=303)
        whose = may_ask(self._log, self._links, token, now)
        if whose is None:
            return self.unknown(request)
        with speaking(language_of(self._log, *whose)):
            return self._too_many(request) or self._promised(*whose, now)

    def _promised(self, assessment: UUID, person: str, now: datetime) -> Response:
        stamp = Stamp(at=now, by=person, role="stakeholder", surface="web", cause="old link",
                      key=uuid4().hex)  # fmt: skip
        ask(self._log, stamp, assessment, person)
        return responses.notice(200, _(phrases.LINK_ASKED), _(phrases.LINK_ASKED_WORDS))

    def _too_many(self, request: Request) -> Response | None:
        wait = self._limiter.wait("stranger", request.client.host if request.client else "")
        return responses.too_many(wait) if wait else None
