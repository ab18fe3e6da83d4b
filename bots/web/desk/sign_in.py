"""Signing in and out: a link shows a button, the button uses it up, and a session begins."""

from __future__ import annotations

from uuid import uuid4

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bots.phrases import desk as phrases
from bots.web.desk import responses
from bots.web.desk.page import Visitor
from bots.web.desk.registry import first_of
from bots.web.desk.rendering import printed
from bots.web.desk.session import COOKIE, Sessions
from bots.web.rate_limit import RateLimiter
from ehsg_events.commands import sign_in
from ehsg_events.commands.sign_in import Person
from ehsg_events.kernel import Refused, Stamp
from ehsg_events.log.log import Log


class SignInPages:
    """The pages before signing in, and after signing out."""

    def __init__(self, log: Log, limiter: RateLimiter, sessions: Sessions) -> None:
        self._log, self._limiter, self._sessions = log, limiter, sessions

    def routes(self) -> list[Route]:
        """Where these pages are."""
        return [
            Route("/sign-in/{token}", self._asks, methods=["GET"]),
            Route("/sign-in/{token}", self._enters, methods=["POST"]),
            Route("/read/sign-out", self._leaves, methods=["POST"]),
        ]

    async def _asks(self, request: Request) -> Response:
        """Show the button; software that opens links ahead of a person uses nothing up."""
        person = await run_in_threadpool(self._sessions.invited, request.path_params["token"])
        return responses.page(printed("sign-in.html", {})) if person else self._nothing(request)

    async def _enters(self, request: Request) -> Response:
        if not self._sessions.is_own(request):
            return responses.elsewhere()
        token = request.path_params["token"]
        person = await run_in_threadpool(self._sessions.invited, token)
        try:
            return await run_in_threadpool(self._let_in, person, token)
        except Refused:
            return self._nothing(request)

    def _let_in(self, person: Person | None, token: str) -> Response:
        visitor = self._sessions.named(person) if person else None
        if person is None or visitor is None:
            raise Refused(sign_in.OPENS_NOTHING)
        session = sign_in.enter(self._log, _stamp(visitor, "sign in"), person, token)
        answer = RedirectResponse(f"../read/{first_of(visitor.role)}", 303, responses.HEADERS)
        self._sessions.let_in(answer, session)
        return answer

    async def _leaves(self, request: Request) -> Response:
        if not self._sessions.is_own(request):
            return responses.elsewhere()
        visitor = await run_in_threadpool(self._sessions.visitor, request)
        if visitor is not None:
            await run_in_threadpool(self._sign_out, visitor, request.cookies[COOKIE])
        onward = (phrases.SIGN_IN_PAGE, phrases.SIGN_IN)
        answer = responses.notice(200, phrases.SIGNED_OUT, phrases.SIGNED_OUT_WORDS, onward)
        answer.delete_cookie(COOKIE, path="/")
        return answer

    def _sign_out(self, visitor: Visitor, session: str) -> None:
        person = Person(visitor.assessment, visitor.person)
        sign_in.leave(self._log, _stamp(visitor, "sign out"), person, session)

    def _nothing(self, request: Request) -> Response:
        known = COOKIE in request.cookies
        page, label = (
            (phrases.HOME, phrases.GO_ON) if known else (phrases.SIGN_IN_PAGE, phrases.ASK_AGAIN)
        )
        waits = responses.kept_waiting(self._limiter, "stranger", responses.stranger(request))
        return waits or responses.notice(
            404, phrases.OPENS_NOTHING, phrases.OPENS_NOTHING_WORDS, (f"../read/{page}", label)
        )


def _stamp(visitor: Visitor, cause: str) -> Stamp:
    """A stamp with a key of its own: every press of a button is a cause."""
    return visitor.stamp(cause, uuid4().hex)
