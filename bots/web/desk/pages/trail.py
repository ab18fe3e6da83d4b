"""The trail: every fact in order, in words, a page at a time, of everything or of one thing."""

from __future__ import annotations

from collections.abc import Sequence

from bots.phrases import board as phrases
from bots.web.desk.page import Asked, Drawn, Visitor
from bots.web.desk.pages.step import Turn, turn
from bots.web.desk.pages.why import items_of
from ehsg_events.kernel import Frozen, Refused
from projections.facts.view import View
from projections.history.item_filter import Told, told
from projections.history.steps import Step, step, whose_words

A_PAGE = 50  # facts


class Leaf(Frozen):
    """One page of the trail, and the numbers of the pages around it."""

    turns: tuple[Turn, ...]
    number: int
    pages: int
    says: str
    times: str
    ways: tuple[tuple[str, int], ...]


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:  # noqa: ARG001 - as every page
    """One page of the trail.

    Raises:
        Refused: there is no such page.
    """
    every = list(told(view))
    item, person = asked.get("item", ""), asked.get("person", "")
    chosen = [entry for entry in every if _is_about(entry, item, person)]
    leaf, steps = leaf_of(view, chosen, asked.get("page", "1"))
    values = {
        "items": items_of(view),
        "people": sorted({entry.row.by for entry in every}),
        "item": item,
        "person": person,
        "leaf": leaf,
    }
    return Drawn("trail.html", values, whose_words(steps), "trail")


def leaf_of(view: View, chosen: Sequence[Told], page: str) -> tuple[Leaf, Sequence[Step]]:
    """One page of the chosen entries and its steps; words are unsealed for that page only."""
    pages = max(1, -(-len(chosen) // A_PAGE))
    if not page.isdecimal() or not 1 <= int(page[:9]) <= pages:
        raise Refused(f"The trail has {pages} pages, and no page {page}. Choose one of them.")
    number, zone = int(page), view.state.policy.zone
    here = chosen[(number - 1) * A_PAGE : number * A_PAGE]
    steps = [step(view, entry, entry.item) for entry in here]
    leaf = Leaf(
        turns=tuple(turn(one, zone) for one in steps),
        number=number,
        pages=pages,
        says=phrases.page_of(number, pages, len(chosen)),
        times=phrases.TIMES.format(zone),
        ways=_ways(number, pages),
    )
    return leaf, steps


def _ways(number: int, pages: int) -> tuple[tuple[str, int], ...]:
    back = ((phrases.FIRST, 1), (phrases.EARLIER, number - 1)) if number > 1 else ()
    on = ((phrases.LATER, number + 1), (phrases.LAST, pages)) if number < pages else ()
    return (*back, *on)


def _is_about(entry: Told, item: str, person: str) -> bool:
    """Whether an entry is wanted."""
    whose = (entry.row.by, entry.row.stakeholder)
    return item in ("", entry.item) and (not person or person in whose)
