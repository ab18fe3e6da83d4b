"""Which way words are written: each person's lines have a direction of their own, as they begin."""

from __future__ import annotations

from typing import Literal
from unicodedata import bidirectional

from ehsg_events.kernel import Frozen

Direction = Literal["ltr", "rtl"]
RIGHT_TO_LEFT = ("ar", "fa", "he", "ps", "ur", "yi")
STRONG: dict[str, Direction] = {"L": "ltr", "R": "rtl", "AL": "rtl"}
MARKS: dict[Direction, str] = {
    "ltr": "\N{LEFT-TO-RIGHT MARK}",
    "rtl": "\N{RIGHT-TO-LEFT MARK}",
}


class Run(Frozen):
    """A line of words and its direction.

    It ends with a mark of that direction where otherwise its last characters, or what stands after
    it, would be set among letters of the other one.
    """

    text: str
    direction: Direction


def direction(language: str) -> Direction:
    """Which way a language is written."""
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def runs(text: str) -> tuple[Run, ...]:
    """The lines of a text, each with its direction; one without letters goes as those before it."""
    found: list[Run] = []
    now = way(text) or "ltr"
    for line in text.split("\n"):
        now = way(line) or now
        found.append(Run(text=line + _closing(line, now), direction=now))
    return tuple(found)


def among_ours(text: str) -> str:
    """A line of somebody's words, kept apart from our own that stand around it."""
    (run,) = runs(text)
    return run.text + (MARKS["ltr"] if run.direction == "rtl" else "")


def way(text: str) -> Direction | None:
    """The direction of the first letter; none where there is no letter."""
    return next((STRONG[kind] for kind in map(bidirectional, text) if kind in STRONG), None)


def _closing(line: str, now: Direction) -> str:
    is_mixed = any(STRONG.get(kind, now) != now for kind in map(bidirectional, line))
    return MARKS[now] if is_mixed or now == "rtl" else ""
