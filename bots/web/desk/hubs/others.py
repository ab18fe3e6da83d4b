"""The other assessments that whoever has signed in coordinates too, and the way there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from bots.web.desk.guides.naming import called
from bots.web.desk.page import Asked, Drawn, Took, Visitor
from bots.web.forms import Filled
from ehsg_events.commands.opening.several import NOT_THERE, go, others
from ehsg_events.commands.sign_in import Person
from ehsg_events.dates import calendar
from ehsg_events.kernel import Refused, Stamp
from ehsg_events.log.log import Log
from projections.facts.view import View

FIRST_PAGE = "tasks"


class Other(NamedTuple):
    """An assessment to go to: what its button sends, and what it is called."""

    to: str
    area: str
    says: str


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:  # noqa: ARG001 - as every page
    """Each with a button; looking at them changes nothing."""
    return Drawn("others.html", {"others": tuple(_others(view.log, visitor))})


def _others(log: Log, visitor: Visitor) -> Iterator[Other]:
    opened = {assessment: (at, fact) for assessment, at, fact in log.assessments()}
    for person in others(log, _person(visitor), visitor.session):
        at, fact = opened[person.assessment]
        day = calendar.say_day(calendar.local_day(at, fact.policy.zone))
        yield Other(
            f"{person.assessment} {person.name}",
            fact.area,
            f"{called(fact.guide, log.folder)}, {day}",
        )


def take(log: Log, visitor: Visitor, stamp: Stamp, sent: Filled) -> Took:
    """Go there, in a session that lasts as long as this one.

    Raises:
        Refused: nothing proves that they do.
    """
    assessment, _, name = sent.text("to").partition(" ")
    try:
        to = Person(UUID(assessment), name)
    except ValueError:
        raise Refused(NOT_THERE) from None
    return Took(FIRST_PAGE, session=go(log, stamp, _person(visitor), visitor.session, to))


def _person(visitor: Visitor) -> Person:
    return Person(visitor.assessment, visitor.person)
