"""What a personal link opens: each step of an interview at its own address below the link."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bots.http.bodies import TooLarge
from bots.interview.own_copy import own_copy
from bots.phrases import web as phrases
from bots.phrases.receipts import KEEP_PROOFS, NO_PROOF
from bots.web import forms, rendering, responses, steps
from bots.web.forms import Filled, Mistake
from bots.web.interview import Interview, Taken
from bots.web.letters.deadline import DeadlineFile
from bots.web.letters.old_link import OldLinks
from bots.web.letters.stop import StopPages
from bots.web.rate_limit import RateLimiter
from bots.web.receipts.receipt import receipt
from bots.web.refused_forms import REFUSED, RefusedForm, RefusedForms
from bots.web.typed import RECORDED, said_back
from ehsg_events.commands.links import Holder, Links, digest
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import speaking
from ehsg_events.log.log import Log
from projections.documents.formats import written


class InterviewPages:
    """The pages of interviews."""

    def __init__(self, log: Log, clock: Callable[[], datetime], limiter: RateLimiter) -> None:
        self._log, self._clock, self._limiter = log, clock, limiter
        self._links, self._refused = Links(log), RefusedForms()
        self._old = OldLinks(log, clock, limiter, self._links)
        shared = (log, clock, limiter, self._links, self._old)
        self._beside = (self._old, StopPages(*shared), DeadlineFile(*shared))

    def routes(self) -> list[Route]:
        """Where these pages are."""
        methods = list(responses.METHODS)
        return [
            Route("/i/{token}", self._link, methods=methods),
            Route(f"/i/{{token}}/{steps.COPY}", self._copy, methods=["GET"]),
            Route(f"/i/{{token}}/{steps.PROOFS}", self._copy, methods=["GET"]),
            *(route for part in self._beside for route in part.routes()),
            Route("/i/{token}/{step:path}", self._link, methods=methods),
        ]

    async def _link(self, request: Request) -> Response:
        """A step of the interview that a link opens."""
        token = request.path_params["token"]
        interview = await run_in_threadpool(self._opened, token)
        if interview is None:
            return await run_in_threadpool(self._old.answer, request)
        if request.method != "POST":
            return await run_in_threadpool(self._page, request, interview, token)
        with speaking(await run_in_threadpool(lambda: interview.language)):
            return await self._take(request, interview, token)

    async def _copy(self, request: Request) -> Response:
        """A copy of their own answers, or the proof of them, made now, for whoever the link is of."""
        token = request.path_params["token"]
        holder = await run_in_threadpool(self._links.whose, token, self._clock())
        if holder is None:
            return await run_in_threadpool(self._old.answer, request)
        wait = self._limiter.wait("link", digest(token))
        if wait:
            return responses.too_many(wait)
        proofs = request.url.path.endswith(steps.PROOFS)
        return await run_in_threadpool(self._proved if proofs else self._copied, holder)

    def _proved(self, holder: Holder) -> Response:
        whole = receipt(self._log, holder.assessment, holder.stakeholder, self._clock())
        if whole is None:
            return responses.notice(404, _(KEEP_PROOFS), _(NO_PROOF))
        return responses.file(whole, "application/zip", steps.PROOFS)

    def _copied(self, holder: Holder) -> Response:
        document = own_copy(self._log, holder.assessment, holder.stakeholder, self._clock())
        return responses.file(written(document, "pdf"), "application/pdf", steps.COPY)

    def _opened(self, token: str) -> Interview | None:
        """The interview that a link opens now."""
        holder = self._links.whose(token, self._clock())
        return Interview(self._log, holder, digest(token), self._clock) if holder else None

    # -- a step ----------------------------------------------------------------------------------
    def _page(self, request: Request, interview: Interview, token: str) -> Response:
        """A step as it stands; where there is none, the way to where the talk is."""
        with speaking(interview.language):
            return self._drawn(request, interview, token)

    def _drawn(self, request: Request, interview: Interview, token: str) -> Response:
        step = request.path_params.get("step", "")
        sealed = request.query_params.get(REFUSED, "")
        refused = self._refused.opened(sealed, digest(token)) if sealed else None
        if refused is None:
            drawn = interview.page(step)
            if drawn is None or sealed:
                return _to(request, drawn.step if drawn else interview.now())
            return responses.page(rendering.printed(drawn))
        html = _drawn_again(interview, step, refused)
        return responses.page(html, 422) if html else _to(request, interview.now())

    # -- a form ----------------------------------------------------------------------------------
    async def _take(self, request: Request, interview: Interview, token: str) -> Response:
        wait = self._limiter.wait("link", digest(token))
        if wait:
            return responses.too_many(wait)
        try:
            form = await forms.read(request)
        except (TimeoutError, ClientDisconnect):
            return responses.notice(408, _(phrases.NOT_WHOLE), _(phrases.NOT_WHOLE_WORDS))
        except TooLarge:
            return responses.notice(413, _(phrases.TOO_LARGE), _(phrases.TOO_LARGE_WORDS))
        except forms.Unreadable:
            return responses.notice(400, _(phrases.UNREADABLE), _(phrases.UNREADABLE_WORDS))
        return await run_in_threadpool(self._taken, request, interview, form)

    def _taken(self, request: Request, interview: Interview, form: Filled) -> Response:
        """Where to go on to, or the same step with what was wrong."""
        step = request.path_params.get("step") or interview.now()
        taken = interview.take(step, form)
        setattr(request.state, RECORDED, taken.recorded)
        if not taken.mistakes:
            return _to(request, taken.to)
        return self._refuse(request, interview, taken)

    def _refuse(self, request: Request, interview: Interview, taken: Taken) -> Response:
        """Go on to the page that says what was wrong; it is the answer itself if too long for that."""
        again = RefusedForm(taken.left.fields, taken.mistakes)
        sealed = self._refused.sealed(again, digest(request.path_params["token"]))
        if sealed:
            return _to(request, f"{taken.to}?{REFUSED}={sealed}")
        html = _drawn_again(interview, taken.to, again)
        return responses.page(html, 422) if html else _to(request, interview.now())


def _drawn_again(interview: Interview, step: str, refused: RefusedForm) -> str | None:
    """A step with what was wrong in a form of it; none when it is not open any more."""
    mistakes = [Mistake(field, words) for field, words in refused.mistakes]
    fields = dict(refused.fields)
    drawn = interview.page(step, mistakes, Filled(fields))
    if drawn is None:
        drawn = interview.page(interview.now(), mistakes, Filled(fields))
    return said_back(rendering.printed(drawn), fields, rendering.said_again) if drawn else None


def _to(request: Request, step: str) -> Response:
    return RedirectResponse(responses.below(request, step), status_code=303)
