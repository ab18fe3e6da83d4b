"""Inputs that make a regular expression work hard: what it takes, over and over, then what it does not.

Each is a beginning that the expression takes, a piece of it that is repeated, and an end by which the
whole fails, so that every way to divide the repeated part is tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from re import _constants as sre  # type: ignore[attr-defined]  # as the library reads one
from re import _parser as parser  # type: ignore[attr-defined]
from time import thread_time
from typing import Any, NamedTuple

CHARACTERS = "a1 -.,:<\"'\\#|>\t(=_\0é&;/A2h"
ENDS = ("", "!\n", "9")
SMALL, LARGE = 1_250, 5_000  # characters: four times as long takes four times as long
FIRST = (20, 200)  # what doubles with each character shows before it takes for ever
NOTICED = 0.002  # seconds; below it nothing is told from the noise of a machine
MOST_GROWTH = 9.0  # between the two sizes; a square is sixteen
REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


class Hostile(NamedTuple):
    """An input of any length."""

    begins: str
    repeats: str
    ends: str

    def of(self, length: int) -> str:
        """It, of about so many characters."""
        return self.begins + self.repeats * (length // len(self.repeats) + 1) + self.ends


def against(pattern: re.Pattern[str]) -> Iterator[Hostile]:
    """The inputs against one expression."""
    tree, seen = parser.parse(pattern.pattern, pattern.flags), set()
    for choice in range(2):
        for before, piece in _pieces(tree, "", choice):
            for begins in ("", before[-200:]):
                seen |= {(begins, piece), (begins, piece[:1])}
    for begins, piece in sorted(pair for pair in seen if pair[1]):
        yield from (Hostile(begins, piece, end) for end in ENDS)


def too_slow(work: Callable[[str], object], hostile: Hostile) -> str | None:
    """How much longer an input takes when it is four times as long, where that is too much."""
    for length in FIRST:
        text = hostile.of(length)
        if _seconds(work, text) > NOTICED and _seconds(work, text) > NOTICED:
            return f"{length} characters of {hostile} take too long"
    large = _seconds(work, hostile.of(LARGE))
    if large < NOTICED:
        return None
    small = min(_seconds(work, hostile.of(SMALL)) for _ in range(2))
    if large > MOST_GROWTH * small:  # or the machine was at work elsewhere
        large = min(_seconds(work, hostile.of(LARGE)) for _ in range(2))
    return f"{hostile} grows by {large / small:.0f}" if large > MOST_GROWTH * small else None


def _seconds(work: Callable[[str], object], text: str) -> float:
    began = thread_time()
    work(text)
    return max(thread_time() - began, 1e-6)


def _pieces(tree: Sequence[Any], before: str, choice: int) -> Iterator[tuple[str, str]]:
    """Each piece of an expression as text, and what stands before it."""
    for index, (kind, inside) in enumerate(tree):
        begins = before + _text(tree[:index], choice)
        for end in range(index + 1, min(len(tree), index + 3) + 1):
            yield begins, _text(tree[index:end], choice)
        for inner in _inner(kind, inside):
            yield from _pieces(inner, begins, choice)
    yield before, _text(tree, choice)


def _inner(kind: Any, inside: Any) -> list[Sequence[Any]]:
    if kind is sre.BRANCH:
        return list(inside[1])
    if kind is sre.SUBPATTERN:
        return [inside[3]]
    if kind in REPEATS:
        return [inside[2]]
    return [inside] if kind is sre.ATOMIC_GROUP else []


def _text(tree: Sequence[Any], choice: int) -> str:
    return "".join(_one(kind, inside, choice) for kind, inside in tree)


def _one(kind: Any, inside: Any, choice: int) -> str:
    """Something that a part of an expression takes."""
    if kind is sre.LITERAL:
        return chr(inside)
    if kind is sre.NOT_LITERAL:
        return "b" if inside == ord("a") else "a"
    if kind is sre.ANY:
        return "a 1"[choice]
    if kind is sre.IN:
        taken = _taken(inside)
        return taken[choice % len(taken)]
    inner = _inner(kind, inside)
    times = max(inside[0], 1) if kind in REPEATS else 1
    return _text(inner[choice % len(inner)], choice) * times if inner else ""


def _taken(members: Sequence[Any]) -> list[str]:
    """Characters that a set takes."""
    is_other = any(kind is sre.NEGATE for kind, _ in members)
    taken = [one for one in CHARACTERS if _holds(members, one) != is_other]
    first = [chr(inside) for kind, inside in members if kind is sre.LITERAL]
    ranges = [chr(inside[0]) for kind, inside in members if kind is sre.RANGE]
    return (taken or first or ranges or ["a"])[:3]


CLASSES = {
    sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_NOT_DIGIT: r"\D", sre.CATEGORY_SPACE: r"\s",
    sre.CATEGORY_NOT_SPACE: r"\S", sre.CATEGORY_WORD: r"\w", sre.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip


def _holds(members: Sequence[Any], character: str) -> bool:
    return any(
        (kind is sre.LITERAL and ord(character) == inside)
        or (kind is sre.RANGE and inside[0] <= ord(character) <= inside[1])
        or (kind is sre.CATEGORY and re.match(CLASSES[inside], character) is not None)
        for kind, inside in members
    )
