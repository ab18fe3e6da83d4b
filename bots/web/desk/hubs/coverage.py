"""Who is asked what: for each descriptor how many people of each agency, the thinnest first."""

from __future__ import annotations

from collections import Counter

from bots.phrases.pages import hubs as phrases
from bots.web.desk.hubs.hub import Link, Section, Table, does, hub
from bots.web.desk.page import Asked, Drawn, Visitor
from ehsg_events.panel.coverage import panel_warnings
from projections.facts.view import View
from projections.figures.names import named


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:  # noqa: ARG001 - as every page
    """The panel against the guide, and what to know of it before a round opens."""
    members = [view.state.panel[person] for person in view.state.asked]
    warnings = tuple(panel_warnings(view.guide, members, view.state.rule))
    agencies = tuple(sorted({member.agency for member in members}))
    counts = {
        item: Counter(member.agency for member in members if item in member.items)
        for item in view.guide.descriptors
    }
    thinnest = sorted(counts, key=lambda item: (len(counts[item]), counts[item].total()))
    rows: tuple[tuple[str | Link, ...], ...] = tuple(
        (
            named(view.guide, item),
            str(counts[item].total()),
            *(str(counts[item][agency] or phrases.NOBODY_ASKED) for agency in agencies),
        )
        for item in thinnest
    )
    headings = (phrases.ITEM, phrases.IN_ALL, *agencies)
    return hub(
        phrases.COVERAGE,
        Section(
            phrases.WORTH_KNOWING,
            (warnings or (phrases.NOTHING_TO_KNOW,)) if members else (phrases.NOBODY,),
            links=(does("panel upload"), does("panel add")),
        ),
        Section(
            phrases.COVERAGE, table=Table(phrases.BY_DESCRIPTOR, headings, rows if members else ())
        ),
    )
