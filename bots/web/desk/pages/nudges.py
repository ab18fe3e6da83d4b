"""The nudge log: every reminder that was decided, sent or withheld, and by which rule."""

from __future__ import annotations

from bots.phrases import board as phrases
from bots.web.desk.page import Asked, Drawn, Visitor
from bots.web.desk.pages.leaf import leaf_of
from ehsg_events.kernel import Frozen
from ehsg_events.panel.names import called
from projections.collecting.nudges import Nudge, nudges, tallies
from projections.facts.view import View


class Sent(Frozen):
    """One nudge in words; `whom` may be the coordinators."""

    whom: str
    what: str
    says: str


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:
    """A page of all nudges, or of those about one person.

    Raises:
        Refused: nobody on the panel has this pseudonym, or there is no such page.
    """
    every = nudges(view)
    person = asked.get("person", "")
    chosen = nudges(view, person) if person else every
    here, leaf = leaf_of(chosen, asked.get("page", "1"), phrases.DECIDED)
    values = {
        "tallies": list(tallies(chosen)),
        "sent": [_sent(view, visitor, nudge) for nudge in here],
        "leaf": leaf,
        "people": sorted({nudge.person for nudge in every if nudge.person}),
        "person": person,
    }
    return Drawn("nudges.html", values)


def _sent(view: View, visitor: Visitor, nudge: Nudge) -> Sent:
    """A nudge: of somebody by name to the coordinator, to others by pseudonym."""
    person, whom = nudge.person, phrases.COORDINATORS
    if person:
        is_named = visitor.role == "coordinator"
        who = called(view.state, view.log.text, person) if is_named else person
        whom = f"{who}, {nudge.agency}"
    return Sent(whom=whom, what=nudge.what, says=nudge.says)
