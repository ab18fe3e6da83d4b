"""The rounds: which are the panel's own, and which are closed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from projections.facts.view import View
from projections.folded.once import once
from projections.folded.panel_facts import of_kind, panel_facts


@once
def own_rounds(view: View) -> frozenset[int]:
    """The rounds in which the panel itself was asked, not peers of another area."""
    opened = of_kind(view, "RoundOpened")
    return frozenset(fact.round for fact in opened if fact.kind != "peer-review")


@once
def closed(view: View) -> dict[int, int]:
    """The rounds that are closed, in order, and the position at which each was last closed.

    A reopened round is open, and everything said in it hidden, until it is closed again.
    """
    newest = {
        fact.round: fact
        for fact in panel_facts(view)
        if fact.what in ("RoundClosed", "RoundReopened")
    }
    return {
        number: newest[number].position
        for number in sorted(newest)
        if newest[number].what == "RoundClosed"
    }


@once
def own_closed(view: View) -> list[int]:
    """The closed rounds of the panel's own, in order."""
    return [number for number in closed(view) if number in own_rounds(view)]


class Turn(NamedTuple):
    """A closed round of the panel's own, and `since`, the one before it."""

    round: int
    since: int


def turns(view: View) -> Iterator[Turn]:
    """Every closed round of the panel's own but the first."""
    every = own_closed(view)
    return (Turn(number, since) for since, number in pairwise(every))


@once
def rounds_asking(view: View) -> dict[str, tuple[int, ...]]:
    """The closed rounds of the panel's own that were to ask each item."""
    asking: dict[str, list[int]] = {}
    for fact in sorted(of_kind(view, "RoundOpened"), key=lambda opened: opened.round):
        if fact.round in own_closed(view):
            for item in fact.items:
                asking.setdefault(item, []).append(fact.round)
    return {item: tuple(numbers) for item, numbers in asking.items()}
