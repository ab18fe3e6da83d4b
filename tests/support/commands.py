"""Every command of the command line, by its full name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer.main

from bots.cli import app


def every_command() -> Iterator[tuple[str, Any]]:
    """Each command that does something, by its full name."""

    def inside(command: Any, name: str) -> Iterator[tuple[str, Any]]:
        children = getattr(command, "commands", {})
        if not children:
            yield name, command
        for word in children:
            yield from inside(children[word], f"{name} {word}".strip())

    yield from inside(typer.main.get_command(app), "")


COMMANDS = dict(every_command())
