"""What every page is filled in with, beside its own values."""

from __future__ import annotations

import secrets
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from bots.web.typed import PLACE
from projections.templating import templates


def pages(folder: Path, **shared: object) -> Environment:
    """The templates of pages in a folder.

    Args:
        shared: the names that all of them may use.
    """
    return templates(folder, typed_place=Markup(PLACE), **shared)  # noqa: S704 - our own comment


def nonce() -> str:
    """A mark for one form, so that sending it twice counts once."""
    return secrets.token_urlsafe(9)
