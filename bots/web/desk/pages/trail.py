"""The trail: every fact in order, in words, a page at a time, of everything or of one thing."""

from __future__ import annotations

from bots.phrases import board as phrases
from bots.web.desk.page import Asked, Drawn, Visitor
from bots.web.desk.pages.leaf import leaf_of
from bots.web.desk.pages.step import turn
from bots.web.desk.pages.why import items_of
from projections.facts.view import View
from projections.history.item_filter import Entry, entries, read
from projections.history.steps import step, whose_words


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:  # noqa: ARG001 - as every page
    """One page of the trail.

    Raises:
        Refused: there is no such page.
    """
    every = entries(view)
    item, person = asked.get("item", ""), asked.get("person", "")
    chosen = [entry for entry in every if _is_about(entry, item, person)]
    here, leaf = leaf_of(chosen, asked.get("page", "1"), phrases.FACTS)
    steps = [
        step(view, told, told.item) for told in read(view, here)
    ]  # their words alone are unsealed
    zone = view.state.policy.zone
    values = {
        "items": items_of(view),
        "people": sorted({entry.row.by for entry in every}),
        "item": item,
        "person": person,
        "leaf": leaf,
        "turns": [turn(one, zone) for one in steps],
        "times": phrases.TIMES.format(zone),
    }
    return Drawn("trail.html", values, whose_words(steps), "trail")


def _is_about(entry: Entry, item: str, person: str) -> bool:
    """Whether an entry is wanted."""
    whose = (entry.row.by, entry.row.stakeholder)
    return item in ("", entry.item) and (not person or person in whose)
