"""How every page is filled in: people's words stay words, whatever they contain."""

from __future__ import annotations

import secrets
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from projections.visible import visible


def templates(folder: Path, **known: object) -> Environment:
    """The templates in a folder.

    Args:
        known: what all of them may name.
    """
    found = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        finalize=_seen,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(known)
    return found


def nonce() -> str:
    """A mark of a form's own, so that sent twice is once."""
    return secrets.token_urlsafe(9)


def _seen(value: object) -> object:
    return visible(value) if type(value) is str else value  # what is markup already is ours
