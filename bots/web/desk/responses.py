"""What the desk answers with when it is not a page of its own: notices, and its headers."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bots.phrases import desk as desk_phrases
from bots.phrases import web as web_phrases
from bots.web.desk.rendering import printed
from bots.web.rate_limit import RateLimiter

HEADERS = {  # our script may connect to us; only we are told which page a form comes from
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",  # a page that opens ours has no hold on it
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


def sign_in_first(*, by_mail: bool) -> Response:
    """The response when nobody is signed in, or no longer.

    Args:
        by_mail: whether a link can be sent to whoever asks.
    """
    response = page(printed("sign-in-first.html", {"by_mail": by_mail}), 401)
    response.headers["www-authenticate"] = "Link"
    return response


def elsewhere() -> Response:
    """The response to a form that came from somebody else's page."""
    return notice(403, desk_phrases.ELSEWHERE, desk_phrases.ELSEWHERE_WORDS)


def kept_waiting(limiter: RateLimiter, what: str, name: str) -> Response | None:
    """Count an attempt; the response when it is one too many, none otherwise."""
    wait = limiter.wait(what, name)
    if not wait:
        return None
    response = notice(429, web_phrases.TOO_MANY, web_phrases.too_many(wait))
    response.headers["retry-after"] = str(wait)
    return response


def stranger(request: Request) -> str:
    """The network address of somebody who is not signed in."""
    return request.client.host if request.client else ""
