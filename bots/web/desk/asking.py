"""Asking for a link by e-mail: the answer tells nobody, by word or time, who is known here."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bots.phrases import desk as phrases
from bots.phrases import web as web_phrases
from bots.web.desk import form as forms
from bots.web.desk import responses
from bots.web.desk.rendering import printed
from bots.web.desk.session import Sessions
from bots.web.rate_limit import RateLimiter
from ehsg_events.commands import sign_in
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log
from ehsg_events.machine.reports import Reports

NOT_ASKED = "A link that was asked for could not be recorded; whoever waits for it asks once more."
reports = Reports(logging.getLogger("ehsg.web"))


class AskingPages:
    """The page where a link is asked for.

    Args:
        clock: says now, in UTC.
        by_mail: whether letters go out.
    """

    def __init__(
        self,
        log: Log,
        clock: Callable[[], datetime],
        limiter: RateLimiter,
        sessions: Sessions,
        *,
        by_mail: bool,
    ) -> None:
        self._log, self._clock, self._limiter = log, clock, limiter
        self._sessions, self._by_mail = sessions, by_mail
        self._looking = asyncio.Semaphore(1)  # however many ask, it costs one thread

    def routes(self) -> list[Route]:
        """Where it is."""
        where = f"/read/{phrases.SIGN_IN_PAGE}"
        return [
            Route(where, self._page, methods=["GET"]),
            Route(where, self._take, methods=["POST"]),
        ]

    async def _page(self, _request: Request) -> Response:
        return responses.page(printed("sign-in-first.html", {"by_mail": self._by_mail}))

    async def _take(self, request: Request) -> Response:
        if not self._sessions.is_own(request):
            return responses.elsewhere()
        if not self._by_mail:  # the page says how else to come in
            return RedirectResponse(phrases.SIGN_IN_PAGE, 303, responses.HEADERS)
        waits = responses.kept_waiting(self._limiter, "caller", responses.stranger(request))
        if waits:
            return waits
        try:
            form = await forms.read(request)
        except forms.Unreadable:
            return responses.notice(400, web_phrases.UNREADABLE, web_phrases.UNREADABLE_WORDS)
        answer = responses.page(printed("sign-in-asked.html", {}))
        answer.background = BackgroundTask(self._look, form.get("email", ""))
        return answer

    async def _look(self, typed: str) -> None:
        """Look up whose the address is; the answer has been sent by now, whoever it is."""
        stamp = Stamp(
            at=self._clock(),
            by="anybody",
            role="anybody",
            surface="web",
            cause="asked for a link",
            key=uuid4().hex,
        )
        async with self._looking:
            try:
                await run_in_threadpool(sign_in.ask, self._log, stamp, typed)
            except Exception as failure:  # noqa: BLE001 - whatever it is, nobody waits for an answer
                reports.failed(NOT_ASKED, failure, self._log.folder)
