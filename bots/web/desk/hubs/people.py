"""Everybody on the panel, and one of them: how they are reached, how far they are, what can be done."""

from __future__ import annotations

import os
from collections.abc import Iterator

from bots.operations.writable import writable
from bots.phrases.labels import reached_by
from bots.phrases.pages import hubs as phrases
from bots.web.desk.hubs.hub import Bar, Link, Section, Table, does, hub
from bots.web.desk.page import Asked, Drawn, Visitor
from bots.web.desk.ways import leads
from ehsg_events.commands import hand_over
from ehsg_events.events import StakeholderAdded
from ehsg_events.kernel import Refused, Way
from ehsg_events.panel.names import called
from ehsg_events.states.situation import Situation
from ehsg_events.values.hours import say_hours
from projections.collecting.by_person import tally
from projections.collecting.coordinator_tasks import Waiting, waiting
from projections.facts.view import View
from projections.figures.names import listed

HEADINGS = (phrases.NAME, phrases.AGENCY, phrases.WORKS_AS, phrases.REACHED, phrases.STATE)
MOST_TOLD = 50  # that stand on the page at once; nobody tells more people one by one
WHOLE = 100  # the width of a bar that stands for everything that is asked
TO_BEGIN = ("panel upload", "panel add")
OF_EVERYBODY = (*TO_BEGIN, "panel rename")
OF_ONE = (
    "panel correct",
    "link",
    "link revoke",
    "told",
    "answer",
    "hand-over",
    "panel release",
    "forget",
)
WHO = {"link": "stakeholder", "link revoke": "stakeholder", "answer": "who"}


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:
    """The whole panel, or one person of it.

    Raises:
        Refused: nobody of that id is on the panel.
    """
    situation = view.log.situation(visitor.assessment)
    person = asked.get("person", "")
    return _one(view, situation, person) if person else _all(view, visitor, situation)


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
        reached_by(member.addresses),
        _progress(situation, person),
    )


def _progress(situation: Situation, person: str) -> str | Bar:
    """How far somebody is, with how much has an answer where that may be told."""
    state, so_far = how_far(situation, person), tally(situation, person)
    if so_far is None:
        return state
    words = phrases.answered(state, so_far.answered, so_far.asked)
    return Bar(words, WHOLE * so_far.answered // so_far.asked)


def how_far(situation: Situation, person: str) -> str:
    """How far somebody is with what they are asked now; never what they said."""
    state, newest = situation.assessment, situation.newest
    if person in state.forgotten:
        return phrases.FORGOTTEN
    if person in state.released:
        return phrases.ASKED_NOTHING
    if newest is None or not newest.invited.get(person):
        return phrases.NOT_ASKED
    interview = situation.interviews[newest.number, person]
    if interview.withdrawn:
        return phrases.LEFT
    if interview.completed:
        return phrases.FINISHED
    has_begun = interview.started or interview.answers  # what was dictated begins no interview
    return phrases.UNDER_WAY if has_begun else phrases.NOT_BEGUN


def to_tell(tasks: tuple[Waiting, ...]) -> Section:
    """What the coordinator tells people, each with the link to give and where to say that she did."""
    rows = tuple(
        (
            task.says,
            *(_led(way, task.about or "") if way else "" for way in (task.first, task.way)),
        )
        for task in tasks[:MOST_TOLD]
    )
    headings = (phrases.TO_TELL, phrases.THEIR_LINK, phrases.ONCE_TOLD)
    every = (does("link", label=phrases.EVERY_LINK),) if any(task.first for task in tasks) else ()
    title = phrases.BY_HAND_TITLE
    more = len(tasks) - len(rows)
    lines = (phrases.more_to_tell(more),) if more else ()
    letters = (Link("letters", phrases.LETTERS),) if more else ()
    return Section(title, lines, Table(title, headings, rows), (*every, *letters))


def _led(way: Way, person: str) -> Link | str:
    """The page of a way, told apart by whom it is about."""
    return next((Link(to.href, to.does, person) for to in leads((way,))), "")


def by_hand(view: View, visitor: Visitor) -> Iterator[Waiting]:
    """What waits to be told to somebody by the coordinator herself."""

    def call(person: str) -> str:
        return called(view.state, view.log.text, person)

    for task in waiting(view.log, visitor.assessment, visitor.at, writable(os.environ), call):
        if task.since is not None:
            yield task


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


def _one(view: View, situation: Situation, person: str) -> Drawn:
    member = view.state.panel.get(person)
    if member is None:
        raise Refused(f"Nobody on the panel has the id {person}.")
    return hub(
        called(view.state, view.log.text, person),
        Section(phrases.ABOUT, tuple(_about(view, situation, member))),
        Section(phrases.THEIR_ITEMS, (f"{listed(member.items)}.",)),
        Section(
            phrases.WAYS,
            links=tuple(does(name, {WHO.get(name, "person"): person}) for name in OF_ONE),
        ),
    )


def _about(view: View, situation: Situation, member: StakeholderAdded) -> Iterator[str]:
    yield f"{member.works_as}, {member.agency}."
    yield f"{phrases.REACHED}: {reached_by(member.addresses)}."
    if member.hours or member.zone:
        works = say_hours(member.hours) if member.hours else ""
        yield f"{phrases.WHEN}: {' '.join(part for part in (works, member.zone or '') if part)}."
    if member.backup:
        yield f"{phrases.BACKUP}: {view.log.text(member.backup.name)} ({member.backup.kind})."
    if member.peer_of:
        yield phrases.peer(member.peer_of)
    progress = _progress(situation, member.stakeholder)
    yield f"{phrases.STATE}: {progress if isinstance(progress, str) else progress.words}."
