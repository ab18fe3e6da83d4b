"""The trail: every fact in order, in words, a page at a time, of everything or of one thing."""

from __future__ import annotations

from bots.phrases import board as phrases
from bots.web.desk.page import Asked, Drawn, Visitor
from bots.web.desk.pages.leaf import leaf_of
from bots.web.desk.pages.step import turn
from bots.web.desk.pages.why import items_of
from projections.facts.view import View
from projections.history.item_filter import ShownRow, read, shown_rows
from projections.history.steps import step, whose_words


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:  # noqa: ARG001 - as every page
    """One page of the trail.

    Raises:
        Refused: there is no such page.
    """
    every = shown_rows(view)
    item, person = asked.get("item", ""), asked.get("person", "")
    chosen = [shown for shown in every if _is_about(shown, item, person)]
    here, leaf = leaf_of(chosen, asked.get("page", "1"), phrases.FACTS)
    steps = [
        step(view, told, told.item) for told in read(view, here)
    ]  # their words alone are unsealed
    zone = view.state.policy.zone
    values = {
        "items": items_of(view),
        "people": sorted({shown.row.by for shown in every}),
        "item": item,
        "person": person,
        "leaf": leaf,
        "turns": [turn(one, zone) for one in steps],
        "times": phrases.TIMES.format(zone),
    }
    return Drawn("trail.html", values, whose_words(steps), "trail")


def _is_about(shown: ShownRow, item: str, person: str) -> bool:
    """Whether a row is wanted."""
    whose = (shown.row.by, shown.row.stakeholder)
    return item in ("", shown.item) and (not person or person in whose)
