"""The nudge log: every reminder that was decided, sent or withheld, and by which rule."""

from __future__ import annotations

from bots.phrases import board as phrases
from bots.web.desk.page import Asked, Drawn, Visitor
from ehsg_events.kernel import Frozen
from projections.collecting.nudges import Nudge, nudges, tallies
from projections.facts.view import View


class Sent(Frozen):
    """One nudge in words; `whom` may be the coordinators."""

    position: int
    whom: str
    what: str
    says: str


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:  # noqa: ARG001 - as every page
    """Every nudge, or those about one person.

    Raises:
        Refused: nobody on the panel has this pseudonym.
    """
    every = nudges(view)
    person = asked.get("person", "")
    chosen = nudges(view, person) if person else every
    values = {
        "tallies": list(tallies(chosen)),
        "sent": [_sent(nudge) for nudge in chosen],
        "people": sorted({nudge.person for nudge in every if nudge.person}),
        "person": person,
    }
    return Drawn("nudges.html", values)


def _sent(nudge: Nudge) -> Sent:
    whom = f"{nudge.person}, {nudge.agency}" if nudge.person else phrases.COORDINATORS
    return Sent(position=nudge.position, whom=whom, what=nudge.what, says=nudge.says)
