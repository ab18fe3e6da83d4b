"""Who coordinates, who reads, what letters say, how long it is kept, and how the service stands."""

from __future__ import annotations

import os
from collections.abc import Iterator

from bots.operations.writable import writable
from bots.phrases.labels import reached_by
from bots.phrases.pages import hubs as phrases
from bots.phrases.pages import retention as retention_phrases
from bots.web.desk.hubs.hub import Link, Section, Table, does, hub
from bots.web.desk.hubs.service import service
from bots.web.desk.page import Asked, Drawn, Visitor
from ehsg_events.kernel import Words
from ehsg_events.rights.retention import kept_of
from ehsg_events.rights.retention_hold import standing
from ehsg_events.values.address import Address
from projections.facts.view import View

HEADINGS = (
    phrases.NAME,
    phrases.READS_AS,
    phrases.REACHED,
    phrases.LINK_TO_SIGN_IN,
    phrases.ADDRESS,
    phrases.REMOVE,
)
KEEPING = ("retention apply", "retention hold", "retention resume")


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:  # noqa: ARG001 - as every page
    """The people who run it or read it, and what is set."""
    return hub(
        phrases.SETTINGS,
        Section(
            phrases.COORDINATORS,
            table=Table(phrases.COORDINATORS, HEADINGS, tuple(_coordinators(view))),
            links=(does("coordinator add"),),
        ),
        Section(
            phrases.READERS,
            () if view.state.readers else (phrases.NO_READERS,),
            Table(phrases.READERS, HEADINGS, tuple(_readers(view))),
            (does("reader name"),),
        ),
        Section(phrases.LETTERS, links=(Link("letters", phrases.WHAT_THEY_SAY),)),
        Section(phrases.HANDED_IN, links=(does("submission import"),)),
        Section(phrases.THE_ASSESSMENT, links=(does("assessment abandon"),)),
        Section(
            phrases.OTHERS, links=(Link("assessments", phrases.GO_BETWEEN), does("assessment open"))
        ),
        Section(
            phrases.KEEPING,
            (_kept(view, visitor),),
            links=(*map(does, KEEPING), Link("copy", phrases.COPY_FOR)),
        ),
        service(view, os.environ, visitor.at),
    )


def _kept(view: View, visitor: Visitor) -> str:
    """Until when names and words are kept here, and what is done then."""
    announced, held = standing(view.log, view.assessment)
    of_this = kept_of(view.log, view.assessment, visitor.at)
    says = retention_phrases.kept(of_this, announced, held=bool(held))
    return f"{says[:1].upper()}{says[1:]}."


def _coordinators(view: View) -> Iterator[tuple[str | Link, ...]]:
    for person, fact in view.state.coordinators.items():
        yield _row(view, person, fact.name, "coordinator", tuple(fact.addresses), "coordinator")


def _readers(view: View) -> Iterator[tuple[str | Link, ...]]:
    for person, fact in view.state.readers.items():
        yield _row(view, person, fact.name, fact.reads_as, tuple(fact.addresses), "reader")


def _row(  # what stands in a row of this table
    view: View, person: str, name: Words, role: str, known: tuple[Address, ...], kind: str
) -> tuple[str | Link, ...]:
    return (
        f"{view.log.named(name)} ({person})",
        role,
        reached_by(known, writable(os.environ)),
        does("sign-in", {"person": person}, person, phrases.LINK_TO_SIGN_IN),
        does("contact", {"person": person}, person, phrases.ADDRESS),
        does(f"{kind} remove", {kind: person}, person, phrases.REMOVE),
    )
