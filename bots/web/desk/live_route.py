"""Where an open page is told that the log has grown, and the script that listens for it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from bots.phrases import board as board_phrases
from bots.phrases import desk as desk_phrases
from bots.web.desk import responses
from bots.web.desk.live import Crowded, Live
from bots.web.desk.session import Sessions
from projections.access.audience import SINGLE_ANSWERS, who_may

KIND = "text/event-stream"
UNBUFFERED = {"x-accel-buffering": "no"}  # or a proxy would keep events until there are many
SCRIPT = Path(__file__).parent / "live.js"


class Following:
    """The events of open pages: for those who have signed in, as long as their session lasts."""

    def __init__(self, live: Live, sessions: Sessions, *, by_mail: bool) -> None:
        self._live, self._sessions, self._by_mail = live, sessions, by_mail

    def routes(self) -> list[Route]:
        """Where the events and the script are."""
        return [
            Route("/read/live", self._follow, methods=["GET"]),
            Route("/live.js", _script, methods=["GET"]),
        ]

    async def _follow(self, request: Request) -> Response:
        visitor = await run_in_threadpool(self._sessions.visitor, request)
        if visitor is None:
            return responses.sign_in_first(by_mail=self._by_mail)
        if visitor.role not in SINGLE_ANSWERS:
            return responses.notice(
                403, desk_phrases.NOT_FOR_YOU, desk_phrases.only_for(who_may(SINGLE_ANSWERS))
            )

        def may_look() -> bool:
            current = self._sessions.visitor(request)
            return current is not None and current.role == visitor.role

        seen = request.query_params.get("seen", "")
        try:
            events = self._live.follow(visitor.assessment, seen, may_look)
        except Crowded:
            return responses.notice(503, board_phrases.CROWDED, board_phrases.CROWDED_WORDS)
        return StreamingResponse(events, media_type=KIND, headers=responses.HEADERS | UNBUFFERED)


@cache
def _content() -> bytes:
    return SCRIPT.read_bytes()


async def _script(_: Request) -> Response:
    return Response(_content(), media_type="text/javascript")
