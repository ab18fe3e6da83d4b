"""How every page is filled in: people's words stay words, whatever they contain."""

from __future__ import annotations

import secrets
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bots.web.typed import PLACE
from ehsg_events.language.catalogue import spoken
from projections.steering_characters import visible


def templates(folder: Path, **shared: object) -> Environment:
    """The templates in a folder.

    Args:
        shared: the names that all of them may use.
    """
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        finalize=_made_visible,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(shared, spoken=spoken, typed_place=Markup(PLACE))  # noqa: S704 - our own comment
    return environment


def nonce() -> str:
    """A mark for one form, so that sending it twice counts once."""
    return secrets.token_urlsafe(9)


def _made_visible(value: object) -> object:
    return visible(value) if type(value) is str else value  # markup is our own
