"""The nudge log: every reminder that was decided, sent or withheld, and by which rule."""

from __future__ import annotations

from bots.phrases import board as phrases
from bots.web.desk.page import Asked, Drawn, Visitor
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
    """Every nudge, or those about one person.

    Raises:
        Refused: nobody on the panel has this pseudonym.
    """
    every = nudges(view)
    person = asked.get("person", "")
    chosen = nudges(view, person) if person else every
    values = {
        "tallies": list(tallies(chosen)),
        "sent": [_sent(view, visitor, nudge) for nudge in chosen],
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
