"""A long list a page at a time: which page is shown, and the ways to those around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from bots.phrases import board as phrases
from ehsg_events.kernel import Refused

T = TypeVar("T")
A_PAGE = 50  # things


class Leaf(NamedTuple):
    """Which page of a list this is, in words, and the numbers of the pages around it."""

    number: int
    pages: int
    says: str
    ways: tuple[tuple[str, int], ...]


def leaf_of(every: Sequence[T], page: str, what: str) -> tuple[Sequence[T], Leaf]:
    """One page of a list, by its number as it is asked for.

    Args:
        what: what the things are called, such as "facts".

    Raises:
        Refused: there is no such page.
    """
    pages = max(1, -(-len(every) // A_PAGE))
    if not page.isdecimal() or not 1 <= int(page[:9]) <= pages:
        raise Refused(f"There are {pages} pages, and no page {page}. Choose one of them.")
    number = int(page)
    here = every[(number - 1) * A_PAGE : number * A_PAGE]
    return here, Leaf(
        number, pages, phrases.page_of(number, pages, len(every), what), _ways(number, pages)
    )


def _ways(number: int, pages: int) -> tuple[tuple[str, int], ...]:
    back = ((phrases.FIRST, 1), (phrases.EARLIER, number - 1)) if number > 1 else ()
    on = ((phrases.LATER, number + 1), (phrases.LAST, pages)) if number < pages else ()
    return (*back, *on)
