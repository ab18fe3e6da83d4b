"""Pages as HTML: people's words stay words, whatever they contain."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup, escape

from bots.phrases import web as phrases
from bots.web.pages import Page
from bots.web.templating import nonce, templates

HERE = Path(__file__).parent


def printed(page: Page) -> str:
    """A page of an interview; each form has a nonce, so that sending it twice counts once."""
    return _templates().get_template("interview.html").render(page=page, nonce=nonce)


def notice(heading: str, words: str, style: str) -> str:
    """A page that asks nothing.

    Args:
        style: where the style sheet is, seen from that page.
    """
    template = _templates().get_template("notice.html")
    return template.render(heading=heading, words=words, style=style)


@cache
def style() -> bytes:
    """The one style sheet."""
    return (HERE / "style.css").read_bytes()


@cache
def _templates() -> Environment:
    environment = templates(HERE / "templates", phrases=phrases)
    environment.filters["as_typed"] = _as_typed
    return environment


def _as_typed(words: str) -> Markup:
    """Words back in their box, character for character; a browser drops a leading line break."""
    return Markup("\n") + escape(words)
