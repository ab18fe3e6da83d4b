"""What the web interview answers with when it is not a page of an interview."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bots.phrases import web as phrases
from bots.web import rendering
from ehsg_events.language.catalogue import gettext as _

METHODS = ("GET", "HEAD", "POST")


def page(html: str, status: int = 200) -> Response:
    """A page."""
    return HTMLResponse(html, status)


def file(content: bytes, kind: str, name: str) -> Response:
    """A file to keep.

    Args:
        kind: its media type.
        name: what a browser calls it.
    """
    kept = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=kept)


def notice(
    status: int,
    heading: str,
    words: str,
    onward: tuple[str, str] | None = None,
    button: tuple[str, str] | None = None,
) -> Response:
    """A page that asks nothing.

    Args:
        onward: where to go on to, and what that is called.
        button: where its only button leads, and what that is called.
    """
    return page(rendering.notice(heading, words, onward, button), status)


def below(request: Request, step: str) -> str:
    """The address of a step below a personal link, without what the Host header says."""
    depth = request.scope["path"].count("/") - 2
    return "../" * (depth - 1) + step if depth else f"{request.path_params['token']}/{step}"


def too_many(wait: int) -> Response:
    """The response to one attempt too many."""
    response = notice(429, _(phrases.TOO_MANY), phrases.too_many(wait))
    response.headers["retry-after"] = str(wait)
    return response
