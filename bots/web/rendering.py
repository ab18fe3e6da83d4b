"""Pages as HTML: people's words stay words, whatever they contain."""

from __future__ import annotations

import secrets
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from bots.phrases import web as said
from bots.web.pages import Page
from projections.visible import visible

HERE = Path(__file__).parent


def printed(page: Page) -> str:
    """A page of an interview; every form in it carries a mark of its own, so that twice is once."""
    return _templates().get_template("interview.html").render(page=page, nonce=_nonce)


def notice(heading: str, words: str, style: str) -> str:
    """A page that asks nothing.

    Args:
        style: where the style sheet is, from there.
    """
    template = _templates().get_template("notice.html")
    return template.render(heading=heading, words=words, style=style)


@cache
def style() -> bytes:
    """The one style sheet."""
    return (HERE / "style.css").read_bytes()


def _nonce() -> str:
    return secrets.token_urlsafe(9)


@cache
def _templates() -> Environment:
    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        finalize=_seen,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals["said"] = said
    found.filters["as_typed"] = _as_typed
    return found


def _seen(value: object) -> object:
    return visible(value) if type(value) is str else value  # what is markup already is ours


def _as_typed(words: str) -> Markup:
    """Words back in their box, letter for letter; a browser drops the first line's end."""
    return Markup("\n") + escape(words)
