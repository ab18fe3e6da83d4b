"""No more reminders, by one click from a letter: the address opens nothing, and to look changes nothing.

Mail programs send the form themselves (RFC 8058), without a cookie and from no page of ours, and
follow no redirect.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bots.http.bodies import Bounds, TooLarge, whole
from bots.interview.record import language_of, talk_of
from bots.phrases import web as phrases
from bots.web import rendering, responses
from bots.web.letters.old_link import OldLinks
from bots.web.rate_limit import RateLimiter
from ehsg_events.commands.links import Holder, Links, digest
from ehsg_events.kernel import Stamp
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import speaking
from ehsg_events.log.log import Log
from ehsg_events.rights.no_reminders import StopTokens, stop

BOUNDS = Bounds(most=64 * 1024, patience=10, at_once=16, read=1024 * 1024)


class StopPages:
    """The page where reminders are stopped."""

    def __init__(
        self,
        log: Log,
        clock: Callable[[], datetime],
        limiter: RateLimiter,
        links: Links,
        old_links: OldLinks,
    ) -> None:
        self._log, self._clock, self._limiter = log, clock, limiter
        self._tokens, self._old_links = StopTokens(log, links), old_links

    def routes(self) -> list[Route]:
        """Where this page is."""
        return [
            Route("/stop/{token}", self._asks, methods=["GET"]),
            Route("/stop/{token}", self._stops, methods=["POST"]),
        ]

    async def _asks(self, request: Request) -> Response:
        holder = await run_in_threadpool(self._whose, request)
        if holder is None:
            return self._old_links.unknown(request)
        return await run_in_threadpool(self._page, holder)

    async def _stops(self, request: Request) -> Response:
        holder = await run_in_threadpool(self._whose, request)
        if holder is None:
            return self._old_links.unknown(request)
        wait = self._limiter.wait("link", digest(request.path_params["token"]))
        if wait:
            return responses.too_many(wait)
        try:
            await whole(request, BOUNDS)  # whatever it says: there is one thing to be done here
        except (TimeoutError, ClientDisconnect):
            return responses.notice(408, _(phrases.NOT_WHOLE), _(phrases.NOT_WHOLE_WORDS))
        except TooLarge:
            return responses.notice(413, _(phrases.UNREADABLE), _(phrases.UNREADABLE_WORDS))
        return await run_in_threadpool(self._stopped, holder)

    def _whose(self, request: Request) -> Holder | None:
        return self._tokens.whose(request.path_params["token"], self._clock())

    def _stopped(self, holder: Holder) -> Response:
        stamp = Stamp(at=self._clock(), by=holder.stakeholder, role="stakeholder", surface="mail",
                      cause="stop", key=uuid4().hex)  # fmt: skip
        stop(self._log, stamp, holder.assessment, holder.stakeholder)
        return self._page(holder)

    def _page(self, holder: Holder) -> Response:
        """What would be stopped, with the button that stops it; or that it is."""
        where = (holder.assessment, holder.stakeholder)
        with speaking(language_of(self._log, *where)):
            headed = talk_of(self._log, *where, self._clock(), holder.round)[1].headed
            if holder.stakeholder in self._log.assessment(holder.assessment).unreminded:
                html = rendering.stop(_(phrases.STOPPED), _(phrases.STOPPED_WORDS, headed=headed))
            else:
                words = _(phrases.STOP_WORDS, headed=headed)
                html = rendering.stop(_(phrases.STOP_ASKED), words, _(phrases.STOP_REMINDERS))
        return responses.page(html)
