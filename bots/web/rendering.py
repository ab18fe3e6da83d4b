"""Pages as HTML: people's words stay words, whatever they contain."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup, escape

from bots.phrases import web as phrases
from bots.web.page import Page
from bots.web.templating import nonce, pages
from bots.web.typed import WAS, digest_of
from ehsg_events.language.catalogue import gettext as _

HERE = Path(__file__).parent


def printed(page: Page) -> str:
    """A page of an interview; each form has a nonce, so that sending it twice counts once."""
    return _templates().get_template("interview.html").render(page=page, nonce=nonce)


def notice(
    heading: str,
    words: str,
    onward: tuple[str, str] | None = None,
    button: tuple[str, str] | None = None,
) -> str:
    """A page that asks nothing.

    Args:
        onward: where to go on to, and what that is called.
        button: where its only button leads, and what that is called.
    """
    template = _templates().get_template("notice.html")
    return template.render(heading=heading, words=words, onward=onward, button=button)


def stop(heading: str, words: str, button: str = "") -> str:
    """The page where reminders are stopped; what a mail program sends to it was typed by nobody."""
    template = _templates().get_template("stop.html")
    return template.render(heading=heading, words=words, button=button)


def said_again(texts: Sequence[str]) -> str:
    """Words that were not recorded, each in a box to copy from."""
    return _templates().get_template("typed.html").render(texts=texts)


@cache
def style() -> bytes:
    """The one style sheet."""
    return (HERE / "style.css").read_bytes()


class _InLanguage:
    """The phrases of the pages, each in the language that is spoken when a template asks."""

    def __getattr__(self, name: str) -> object:
        phrase: object = getattr(phrases, name)
        return _(phrase) if isinstance(phrase, str) else phrase


@cache
def _templates() -> Environment:
    environment = pages(HERE / "templates", phrases=_InLanguage(), WAS=WAS)
    environment.filters["as_typed"] = _as_typed
    environment.filters["digest_of"] = digest_of
    return environment


def _as_typed(words: str) -> Markup:
    """Words back in their box, character for character; a browser drops a leading line break."""
    return Markup("\n") + escape(words)
