"""The nudge log: every reminder that was decided, sent or withheld, and by which rule."""

from __future__ import annotations

from bots.phrases import board as phrases
from bots.web.desk.page import Asked, Drawn, Visitor
from ehsg_events.kernel import Frozen
from projections.collecting.nudges import Nudge, nudges, tallies
from projections.facts.view import View


class Sent(Frozen):
    """One nudge in words; `whom` is nobody's where it was for the coordinators."""

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
        "sent": [_sent(one) for one in chosen],
        "people": sorted({one.person for one in every if one.person}),
        "person": person,
    }
    return Drawn("nudges.html", values)


def _sent(one: Nudge) -> Sent:
    whom = f"{one.person}, {one.agency}" if one.person else phrases.COORDINATORS
    return Sent(position=one.position, whom=whom, what=one.what, says=one.says)
