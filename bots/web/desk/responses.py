"""What the desk answers with when it is not a page of its own: notices, and its headers."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bots.phrases import desk as said
from bots.phrases import web as phrases
from bots.web.desk.rendering import printed
from bots.web.rate_limit import RateLimiter

HEADERS = {  # our script may follow the log; where a form comes from is told to ourselves alone
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "same-origin",
}


def page(html: str, status: int = 200) -> Response:
    """A page with the headers of these pages."""
    return HTMLResponse(html, status, HEADERS)


def notice(
    status: int, heading: str, words: str, onward: tuple[str, str] | None = None
) -> Response:
    """A page that asks nothing.

    Args:
        onward: where to go on to, and what that is called.
    """
    values: Mapping[str, object] = {"heading": heading, "words": words, "onward": onward}
    return page(printed("notice.html", values), status)


def sign_in_first() -> Response:
    """Nobody has signed in, or no more.

    Whoever follows a link from elsewhere brings no cookie along, but does on a link from here.
    """
    onward = (said.HOME, said.GO_ON)
    found = notice(401, said.SIGN_IN_FIRST, said.SIGN_IN_FIRST_WORDS, onward)
    found.headers["www-authenticate"] = "Link"
    return found


def elsewhere() -> Response:
    """A form that came from somebody else's page."""
    return notice(403, said.ELSEWHERE, said.ELSEWHERE_WORDS)


def kept_waiting(limiter: RateLimiter, what: str, name: str) -> Response | None:
    """Count a knock; the answer to one too many."""
    wait = limiter.wait(what, name)
    if not wait:
        return None
    found = notice(429, phrases.TOO_MANY, phrases.too_many(wait))
    found.headers["retry-after"] = str(wait)
    return found


def stranger(request: Request) -> str:
    """Where somebody knocks from."""
    return request.client.host if request.client else ""
