"""A copy of everything that is kept about one person: recorded by a form, and then taken away.

Making it is a fact. The file is given for a while to whoever made that fact, and to nobody otherwise:
looking at an address records nothing.
"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote, urlencode

from bots.operations.operation import Done
from bots.phrases.pages import person as phrases
from bots.web.desk.downloads.files import File, Made
from bots.web.desk.hubs.hub import Link
from bots.web.desk.page import Asked, Drawn, Took, Visitor
from bots.web.forms import Filled
from ehsg_events.events import SubjectAccessGiven
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log
from ehsg_events.panel.names import called
from ehsg_events.rights.access import give, refuse_unless_known
from projections.access.audience import RUNS_IT
from projections.facts.view import View
from projections.subject_access.document import copy_as
from projections.subject_access.gathering import Gathering

GIVEN_FOR = timedelta(hours=1)
BEGINS = "copy-"
PERSON = "person"


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:
    """Whom it is about, and the button; once it is made, the file in each format.

    Raises:
        Refused: nothing is kept about anybody of that id.
    """
    person = asked.get(PERSON, "")
    if not person:
        every = (*view.state.panel, *view.state.coordinators, *view.state.readers)
        people = [(one, called(view.state, view.log.text, one)) for one in every]
        return Drawn("copy.html", {"person": "", "people": people})
    refuse_unless_known(view.state, person)
    values = {
        "person": person,
        "back": f"people?{urlencode({PERSON: person})}"
        if person in view.state.panel
        else "settings",
        "who": called(view.state, view.log.text, person),
        "hides": Gathering(view.log, visitor.assessment, person).hides,
        "files": _files(person) if _is_made(view.log, visitor, person) else (),
    }
    return Drawn("copy.html", values)


def _files(person: str) -> tuple[Link, ...]:
    return tuple(
        Link(f"download/{quote(f'{BEGINS}{person}.{form}')}", f"{BEGINS}{person}.{form}", says)
        for form, says in phrases.KINDS.items()
    )


def take(log: Log, visitor: Visitor, stamp: Stamp, sent: Filled) -> Took:
    """Record that a copy is made, and go on to where it is taken away.

    Raises:
        Refused: nothing is kept about anybody of that id.
    """
    person = sent.text(PERSON)
    give(log, stamp, visitor.assessment, person)
    says = phrases.made(called(log.assessment(visitor.assessment), log.text, person))
    look = sum(1 for _ in Gathering(log, visitor.assessment, person).elsewhere())
    notes = (phrases.FOR_A_WHILE, *((phrases.to_be_looked_at(look),) if look else ()))
    return Took(f"copy?{urlencode({PERSON: person})}", Done(says, None, notes))


def copy_file(view: View, visitor: Visitor, name: str) -> File | None:
    """The copy of a name, for whoever has just recorded that they make it; none otherwise."""
    person, _, form = name.removeprefix(BEGINS).rpartition(".")
    known = name.startswith(BEGINS) and form in phrases.KINDS and visitor.role in RUNS_IT
    if not (known and _is_made(view.log, visitor, person)):
        return None

    def make(_: View) -> Made:
        return Made(copy_as(form, Gathering(view.log, visitor.assessment, person), visitor.at))

    return File(phrases.COPY, phrases.KINDS[form], RUNS_IT, make)


def _is_made(log: Log, visitor: Visitor, person: str) -> bool:
    """Whether whoever looks has lately recorded that they make this person's copy."""
    return any(
        isinstance(one.fact, SubjectAccessGiven)
        and one.fact.given_to == person
        and one.stamp.by == visitor.person
        and visitor.at - one.stamp.at <= GIVEN_FOR
        for one in log.about(visitor.assessment, (SubjectAccessGiven.TOPIC,))
    )
