"""Everybody on the panel: how they are reached, how far they are, what waits for the coordinator."""

from __future__ import annotations

import os
from collections.abc import Iterator

from bots.operations.writable import writable
from bots.phrases.labels import reached_by
from bots.phrases.pages import hubs as phrases
from bots.web.desk.hubs.hub import Bar, Link, Section, Table, does, hub
from bots.web.desk.hubs.person import one
from bots.web.desk.hubs.progress import progress
from bots.web.desk.hubs.telling import by_hand, to_tell
from bots.web.desk.page import Asked, Drawn, Visitor
from ehsg_events.commands import hand_over
from ehsg_events.events import StakeholderAdded
from ehsg_events.panel.names import called
from ehsg_events.states.situation import Situation
from projections.facts.view import View

HEADINGS = (phrases.NAME, phrases.AGENCY, phrases.WORKS_AS, phrases.REACHED, phrases.STATE)
TO_BEGIN = ("panel upload", "panel add")
OF_EVERYBODY = (*TO_BEGIN, "panel rename")


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:
    """The whole panel, or one person of it.

    Raises:
        Refused: nobody of that id is on the panel.
    """
    situation = view.log.situation(visitor.assessment)
    person = asked.get("person", "")
    return one(view, visitor, situation, person) if person else _all(view, visitor, situation)


def _all(view: View, visitor: Visitor, situation: Situation) -> Drawn:
    rows = tuple(_row(view, situation, member) for member in view.state.panel.values())
    return hub(
        phrases.PEOPLE,
        Section(phrases.HAND_ONS, tuple(_requests(view, visitor)), links=tuple(_decide(view))),
        to_tell(tuple(by_hand(view, visitor))),
        Section(
            phrases.ON_THE_PANEL,
            () if rows else (phrases.NOBODY,),
            Table(phrases.on_panel(len(rows)), HEADINGS, rows),
        ),
        Section(
            phrases.THE_PANEL,
            links=(
                *map(does, OF_EVERYBODY if rows else TO_BEGIN),
                Link("download/panel.csv", phrases.EMPTY_PANEL),
                Link("coverage", phrases.COVERAGE),
                Link("letters", phrases.LETTERS),
            ),
        ),
    )


def _row(
    view: View, situation: Situation, member: StakeholderAdded
) -> tuple[str | Link | Bar, ...]:
    person = member.stakeholder
    name = view.log.text(member.name) or person
    return (
        Link(f"people?person={person}", name, person),
        member.agency,
        member.works_as,
        reached_by(member.addresses, writable(os.environ)),
        progress(situation, person),
    )


def _requests(view: View, visitor: Visitor) -> Iterator[str]:
    for request in hand_over.asked(view.log, visitor.assessment):
        who = called(view.state, view.log.text, request.stakeholder)
        yield phrases.asks(who, request.agency, request.colleague)


def _decide(view: View) -> Iterator[Link]:
    for request in hand_over.asked(view.log, view.assessment):
        given, who = {"person": request.stakeholder}, request.stakeholder
        named = {**given, "name": request.colleague} if request.colleague else given
        yield does("hand-on agree", named, who)
        yield does("hand-on decline", given, who)
