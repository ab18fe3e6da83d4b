"""Who has signed in: the cookie that says so, and whether a form came from our own page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from bots.web.desk.page import Visitor
from bots.web_settings import is_on_loopback
from ehsg_events.commands.sign_in import SESSION_LASTS, Person, SignInIndex
from ehsg_events.log.log import Log
from projections.access.audience import audience_of

COOKIE = "door"


class Sessions:
    """Knows who has signed in.

    Args:
        clock: says now, in UTC.
        address: the one people reach the pages by.
    """

    def __init__(self, log: Log, clock: Callable[[], datetime], address: str) -> None:
        self._log, self._clock, self._address = log, clock, address
        self._index = SignInIndex(log)

    def visitor(self, request: Request) -> Visitor | None:
        """Who is signed in; none when nobody is, or no longer."""
        return self.holding(request.cookies.get(COOKIE, ""))

    def holding(self, session: str) -> Visitor | None:
        """Who holds a session's secret; none when nobody does, or no longer."""
        person = self._index.whose_session(session, self._clock()) if session else None
        return self.named(person, session) if person else None

    def named(self, person: Person, session: str = "") -> Visitor | None:
        """A person as a visitor in the role they have now; none without one."""
        role = audience_of(self._log.assessment(person.assessment), person.name)
        at = self._clock()
        return Visitor(person.assessment, person.name, role, at, session) if role else None

    def invited(self, token: str) -> Person | None:
        """The person whom a link would sign in."""
        return self._index.whose_link(token, self._clock())

    def let_in(self, answer: Response, session: str) -> None:
        """Give the browser the cookie of its session."""
        answer.set_cookie(
            COOKIE,
            session,
            max_age=int(SESSION_LASTS.total_seconds()),
            path="/",
            secure=not is_on_loopback(self._address),
            httponly=True,
            samesite="lax",  # a link in a letter opens the board; of forms, see `is_own`
        )

    def is_own(self, request: Request) -> bool:
        """Whether a form was sent from one of our pages: the cookie alone does not say so."""
        site = request.headers.get("sec-fetch-site")
        if site is not None:
            return site == "same-origin"
        origin, address = urlsplit(request.headers.get("origin", "")), urlsplit(self._address)
        ours = (request.headers.get("host", ""), address.netloc)
        return origin.scheme == address.scheme and bool(origin.netloc) and origin.netloc in ours
