"""Which module holds which command: it is loaded when its command is asked for, and no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from functools import cache
from importlib import import_module
from typing import Any, cast

import typer
from typer.core import TyperGroup
from typer.main import get_group

KEPT_IN = {
    "rehearse": "coming",
    "nudge": "coordinating",
    "answer": "answers",
    "interview": "answers",
    "link": "link",
    "hand-over": "handing",
    "progress": "show",
    "results": "show",
    "why": "show",
    "trail": "show",
    "report": "show",
    "what-if": "what_if",
    "bounds": "bounds",
    "pack": "pack",
    "nudges": "nudges",
    "waiting": "nudges",
    "participation": "disagreement",
    "disagreement": "disagreement",
    "moderate": "settle",
    "dissent": "settle",
    "priorities": "settle",
    "actions": "action",
    "permission": "settle",
    "sign-off": "settle",
    "compare": "submission",
    "years": "years",
    "change": "change",
    "information-request": "information",
    "demo": "demo",
    "serve": "run",
    "rebuild": "rebuild",
    "guide": "guide",
    "assessment": "assess",
    "panel": "panel",
    "policy": "policy",
    "round": "rounds",
    "coordinator": "coordinating",
    "reader": "reading",
    "sign-in": "reading",
    "hand-on": "handing",
    "workshop": "workshop",
    "peers": "peers",
    "evidence": "evidence",
    "action": "action",
    "submission": "submission",
}


class Shelf(Mapping[str, Any]):
    """Every command by its name, in the order of the help; taking one down loads its module."""

    def __getitem__(self, name: str) -> Any:
        return registered_by(KEPT_IN[name])[name]

    def __iter__(self) -> Iterator[str]:
        return iter(KEPT_IN)

    def __len__(self) -> int:
        return len(KEPT_IN)


class Commands(TyperGroup):
    """The group `ehsg`, whose names are known before any command's module is loaded."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = cast("MutableMapping[str, Any]", Shelf())


@cache
def registered_by(module: str) -> Mapping[str, Any]:
    """The commands that a module of this package registers, by name."""
    part = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
    import_module(f"bots.cli.{module}").register(part)
    return get_group(part).commands
