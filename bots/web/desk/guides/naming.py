"""What a guide is called on these pages, where only its name in files is at hand."""

from __future__ import annotations

from pathlib import Path

from bots.phrases.pages import guides as phrases
from ehsg_events.kernel import Refused
from ehsg_events.log.published_guides import published


def called(name: str, folder: Path) -> str:
    """A guide by its title; by its name in files where it cannot be read."""
    try:
        return phrases.called(published(name, folder).guide)
    except Refused:
        return name
