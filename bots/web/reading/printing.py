"""Pages for those who sign in, as HTML: people's words stay words, whatever they contain."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bots.phrases import board
from bots.phrases import reading as said
from projections.visible import visible

HERE = Path(__file__).parent


def printed(template: str, values: Mapping[str, object]) -> str:
    """A page of a template."""
    return _templates().get_template(template).render(values)


@cache
def style() -> bytes:
    """What these pages look like beyond the style sheet that all pages share."""
    return (HERE / "reading.css").read_bytes()


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
    found.globals.update(said=said, told=board, nonce=_nonce)
    return found


def _seen(value: object) -> object:
    return visible(value) if type(value) is str else value  # what is markup already is ours
