"""The page where the first assessment is opened; looking at it changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bots.operations.form import Mistakes
from bots.phrases import desk as phrases
from bots.phrases import web as web_phrases
from bots.web.begin.address import Address
from bots.web.begin.form import mistakes, offered, opening
from bots.web.desk import form as forms
from bots.web.desk import responses
from bots.web.desk.rendering import printed
from bots.web.desk.session import Sessions
from bots.web.forms import Mistake
from bots.web.rate_limit import RateLimiter
from ehsg_events.commands.opening.beginning import BEGUN
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log

FIRST_PAGE = f"../read/{phrases.HOME}"
SIGN_IN = (f"../read/{phrases.SIGN_IN_PAGE}", phrases.SIGN_IN)


class BeginPages:
    """The page, as long as nothing is open; after that it says what to do instead.

    Args:
        address: none where an assessment was open when the server started.
    """

    def __init__(
        self, log: Log, limiter: RateLimiter, sessions: Sessions, address: Address | None
    ) -> None:
        self._log, self._limiter = log, limiter
        self._sessions, self._address = sessions, address

    def routes(self) -> list[Route]:
        """Where it is."""
        return [
            Route("/begin/{token}", self._asks, methods=["GET"]),
            Route("/begin/{token}", self._takes, methods=["POST"]),
        ]

    async def _asks(self, request: Request) -> Response:
        address = await self._at(request)
        return await run_in_threadpool(self._drawn, {}) if address else self._nothing(request)

    async def _takes(self, request: Request) -> Response:
        if not self._sessions.is_own(request):
            return responses.elsewhere()
        if self._address is None or not self._address.is_ours(request.path_params["token"]):
            return self._nothing(request)
        try:
            form = await forms.read(request)
        except forms.Unreadable:
            return responses.notice(400, web_phrases.UNREADABLE, web_phrases.UNREADABLE_WORDS)
        return await run_in_threadpool(self._begun, self._address, form)

    async def _at(self, request: Request) -> Address | None:
        """The address, if it is this one and still begins something."""
        address, token = self._address, request.path_params["token"]
        opens = address is not None and await run_in_threadpool(address.opens, token)
        return address if opens else None

    def _begun(self, address: Address, form: Mapping[str, str]) -> Response:
        wrong = list(mistakes(form, offered(self._log.folder)))
        if wrong:
            return self._drawn(form, wrong)
        try:
            session = address.begin(form[forms.NONCE], opening(form))
        except Refused as refusal:
            if str(refusal) == BEGUN:
                return self._over()
            return self._drawn(form, _placed(refusal))
        answer = RedirectResponse(FIRST_PAGE, 303, responses.HEADERS)
        self._sessions.let_in(answer, session)
        return answer

    def _drawn(self, form: Mapping[str, str], wrong: Sequence[Mistake] = ()) -> Response:
        values = {
            "guides": offered(self._log.folder),
            "asked": form,
            "mistakes": wrong,
        }
        return responses.page(printed("begin.html", values), 422 if wrong else 200)

    def _nothing(self, request: Request) -> Response:
        """The response to an address that begins nothing; who tries many of them waits."""
        address = self._address
        if address is not None and address.is_ours(request.path_params["token"]):
            return self._over()
        waits = responses.kept_waiting(self._limiter, "beginner", responses.stranger(request))
        return waits or self._over()

    def _over(self) -> Response:
        return responses.notice(404, phrases.BEGUN, phrases.BEGUN_WORDS, SIGN_IN)


def _placed(refusal: Refused) -> list[Mistake]:
    """A refusal as mistakes, each at the field it is about."""
    every = refusal.wrong if isinstance(refusal, Mistakes) else (refusal,)
    return [Mistake(one.field or "name", str(one)) for one in every]
