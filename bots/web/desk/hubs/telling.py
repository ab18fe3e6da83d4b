"""What waits to be told to people by the coordinator herself."""

from __future__ import annotations

import os
from collections.abc import Iterator

from bots.operations.writable import writable
from bots.phrases.pages import hubs as phrases
from bots.web.desk.hubs.hub import Link, Section, Table, does
from bots.web.desk.page import Visitor
from bots.web.desk.ways import leads
from ehsg_events.kernel import Way
from ehsg_events.panel.names import called
from projections.collecting.coordinator_tasks import Waiting, waiting
from projections.facts.view import View

MOST_TOLD = 50  # that stand on the page at once; nobody tells more people one by one


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
    several = len({task.about for task in tasks if task.first}) > 1
    every = (does("link", label=phrases.EVERY_LINK),) if several else ()
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
