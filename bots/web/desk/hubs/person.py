"""One person: how they are reached, how far they are, what they were told, and what can be done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import cast

from bots.operations.writable import writable
from bots.phrases.labels import reached_by
from bots.phrases.pages import hubs as phrases
from bots.phrases.pages import person as person_phrases
from bots.web.desk.hubs.hub import Link, Section, Table, does, hub
from bots.web.desk.hubs.progress import progress
from bots.web.desk.hubs.telling import by_hand, to_tell
from bots.web.desk.page import Drawn, Visitor
from ehsg_events.dates import calendar
from ehsg_events.events import StakeholderAdded
from ehsg_events.kernel import Refused
from ehsg_events.panel.names import called
from ehsg_events.states.situation import Situation
from ehsg_events.values.hours import say_hours
from projections.collecting.nudges import OF_THE_MESSAGE
from projections.collecting.told_to import ToldTo, told_to
from projections.facts.view import View
from projections.figures.names import listed

MOST = 50  # things that stand there at once; the trail has all
HEADINGS = (person_phrases.WHEN, person_phrases.WHAT, person_phrases.FATE)
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
FORGOTTEN = ("forget",)  # what can be done for whoever is: destroying what came back with a backup


def one(view: View, visitor: Visitor, situation: Situation, person: str) -> Drawn:
    """The page of one person.

    Raises:
        Refused: nobody of that id is on the panel.
    """
    member = view.state.panel.get(person)
    if member is None:
        raise Refused(f"Nobody on the panel has the id {person}.")
    return hub(
        called(view.state, view.log.text, person),
        Section(phrases.ABOUT, tuple(_about(view, situation, member))),
        Section(phrases.THEIR_ITEMS, (f"{listed(member.items)}.",)),
        to_tell(tuple(task for task in by_hand(view, visitor) if task.about == person)),
        _told(view, person),
        Section(phrases.WAYS, links=tuple(_ways(view, person))),
    )


def _about(view: View, situation: Situation, member: StakeholderAdded) -> Iterator[str]:
    yield f"{member.works_as}, {member.agency}."
    yield f"{phrases.REACHED}: {reached_by(member.addresses, writable(os.environ))}."
    if member.hours or member.zone:
        works = say_hours(member.hours) if member.hours else ""
        yield f"{phrases.WHEN}: {' '.join(part for part in (works, member.zone or '') if part)}."
    if member.backup:
        yield f"{phrases.BACKUP}: {view.log.text(member.backup.name)} ({member.backup.kind})."
    if member.peer_of:
        yield phrases.peer(member.peer_of)
    far = progress(situation, member.stakeholder)
    yield f"{phrases.STATE}: {far if isinstance(far, str) else far.words}."


def _told(view: View, person: str) -> Section:
    """What they were told, the newest first."""
    every = told_to(view, person)
    lines = () if every else (person_phrases.NOTHING_TOLD,)
    rows = tuple(_row(view, told) for told in every[:MOST])
    return Section(
        person_phrases.WERE_TOLD,
        lines if len(every) <= MOST else (person_phrases.MORE_TOLD,),
        Table(person_phrases.WERE_TOLD, HEADINGS, rows),
        (
            Link(f"nudges?person={person}", person_phrases.EVERY_REMINDER),
            Link(f"trail?person={person}", person_phrases.EVERY_FACT),
        ),
    )


def _row(view: View, told: ToldTo) -> tuple[str, ...]:
    when = calendar.say(told.at, view.state.policy.zone)
    return when, person_phrases.what(told), person_phrases.became(told, _reasons())


def _reasons() -> dict[str, str]:
    """Why a message was not sent, in sentences."""
    return cast("dict[str, str]", OF_THE_MESSAGE)


def _ways(view: View, person: str) -> Iterator[Link]:
    for name in FORGOTTEN if person in view.state.forgotten else OF_ONE:
        yield does(name, {WHO.get(name, "person"): person})
    yield Link(f"copy?person={person}", person_phrases.COPY)
