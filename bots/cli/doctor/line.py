"""One line of what `ehsg doctor` says."""

from __future__ import annotations

from typing import Literal, NamedTuple

State = Literal["right", "wrong", "not set up"]


class Line(NamedTuple):
    """One thing that was looked at; where it is wrong, the sentence holds the way out."""

    about: str
    state: State
    says: str


def right(about: str, says: str) -> Line:
    """A line on something that is as it should be."""
    return Line(about, "right", says)


def wrong(about: str, says: str) -> Line:
    """A line on something that is not, with the way out."""
    return Line(about, "wrong", says)


def not_set_up(about: str, says: str) -> Line:
    """A line on something that nobody has asked for yet."""
    return Line(about, "not set up", says)
