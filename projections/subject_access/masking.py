"""Other people's pseudonyms taken out of what is kept about somebody."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

ANOTHER, OTHERS = "another person", "others"


def masked(value: Any, others: Collection[str]) -> Any:
    """A value made of JSON with other people's pseudonyms taken out, in a list all of them at once."""
    match value:
        case str():
            return ANOTHER if value in others else value
        case dict():
            return {name: masked(part, others) for name, part in value.items()}
        case list() | tuple():
            return _said_once([masked(part, others) for part in value])
    return value


def _said_once(parts: list[Any]) -> list[Any]:
    """The parts of a list with one mention of however many others."""
    mine = [part for part in parts if part != ANOTHER]
    count = len(parts) - len(mine)
    return mine if not count else [*mine, ANOTHER if count == 1 else OTHERS]
