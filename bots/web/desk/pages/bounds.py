"""Silence: who is missing, what still depends on them, and what it left open once a round is closed."""

from __future__ import annotations

from bots.phrases.pages import looks as phrases
from bots.web.desk.hubs.hub import Section, Table, hub
from bots.web.desk.page import Asked, Drawn, Visitor
from ehsg_events.panel.names import called
from projections.collecting.missing import missing
from projections.facts.view import View

HEADINGS = (phrases.DESCRIPTOR, phrases.SAYS, phrases.BY_AGENCY)


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:  # noqa: ARG001 - as every page
    """Everybody who is missing, and every descriptor of the newest round."""
    found = missing(view)

    def call(person: str) -> str:
        is_coordinator = visitor.role == "coordinator"
        return called(view.state, view.log.text, person) if is_coordinator else person

    people = tuple(f"{call(one.person)}, {one.agency}: {one.says}" for one in found.people)
    rows = tuple(
        (
            f"{one.item} {one.label}",
            one.says,
            ", ".join(
                phrases.of_agency(share.agency, share.answered, share.asked)
                for share in one.agencies
            ),
        )
        for one in found.descriptors
    )
    return hub(
        phrases.BOUNDS,
        Section(phrases.MISSING if found.closed else phrases.WHOM_FIRST, (found.sentence, *people)),
        Section(phrases.EACH, table=Table(phrases.EACH, HEADINGS, rows)),
    )
