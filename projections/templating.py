"""How every page and letter is filled in: people's words stay words, whatever they contain."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

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
    environment.globals.update(shared, spoken=spoken)
    return environment


def _made_visible(value: object) -> object:
    return visible(value) if type(value) is str else value  # markup is our own
