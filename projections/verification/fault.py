"""What is found wrong in a log, and where: one sentence each, with its position."""

from __future__ import annotations

from typing import Literal, NamedTuple

Part = Literal["file", "order", "fact", "text", "guide", "figure", "read model", "backup", "ledger"]


class Fault(NamedTuple):
    """One thing that is wrong; `position` is that of the fact it is about, none when it has none."""

    part: Part
    position: int | None
    says: str


def span(first: int, last: int) -> str:
    """Some positions in words, at the beginning of a sentence."""
    if first == last:
        return f"Position {first} is"
    return f"Positions {first} to {last} are"
