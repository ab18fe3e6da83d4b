"""The deadline of whoever the link is of, as a file for their calendar: the same entry as in letters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bots.interview.record import talk_of
from bots.interview.talk import Talk
from bots.mail.calendar import calendar, method
from bots.mail.entries import deadline_entry
from bots.phrases.letters import wording
from bots.web import responses, steps
from bots.web.letters.old_link import OldLinks
from bots.web.rate_limit import RateLimiter
from ehsg_events.commands.links import Holder, Links, digest
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import speaking
from ehsg_events.log.log import Log


class DeadlineFile:
    """The file with the deadline."""

    def __init__(
        self,
        log: Log,
        clock: Callable[[], datetime],
        limiter: RateLimiter,
        links: Links,
        old_links: OldLinks,
    ) -> None:
        self._log, self._clock, self._limiter = log, clock, limiter
        self._links, self._old_links = links, old_links

    def routes(self) -> list[Route]:
        """Where the file is."""
        return [Route(f"/i/{{token}}/{steps.DEADLINE}", self._file, methods=["GET"])]

    async def _file(self, request: Request) -> Response:
        return await run_in_threadpool(self._made, request)

    def _made(self, request: Request) -> Response:
        """The file, or the way to where the talk is when nothing is asked of them any more."""
        token = request.path_params["token"]
        holder = self._links.whose(token, self._clock())
        if holder is None:
            return self._old_links.answer(request)
        wait = self._limiter.wait("link", digest(token))
        if wait:
            return responses.too_many(wait)
        where = (holder.assessment, holder.stakeholder)
        talk = talk_of(self._log, *where, self._clock(), holder.round)[1]
        if not steps.is_asked(talk):
            return RedirectResponse("./", status_code=303)
        return self._written(holder, talk)

    def _written(self, holder: Holder, talk: Talk) -> Response:
        place = (holder.assessment, holder.round, holder.stakeholder)
        with speaking(talk.language):
            values = {"headed": talk.headed, "deadline": talk.sitting.deadline}
            title = _(wording.CALENDAR_TITLE, **values)
            says = _(wording.CALENDAR_SAYS_HERE, **values)
        entry = deadline_entry(self._log, place, title, says)
        kind = f"text/calendar; charset=utf-8; method={method(entry)}"
        return responses.file(calendar(entry), kind, steps.DEADLINE)
