"""What changed since an earlier assessment: other people, other minds, another guide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from bots.phrases.pages import years as phrases
from bots.web.desk.guides.naming import called
from bots.web.desk.hubs.hub import Section, Table
from bots.web.desk.page import Asked, Drawn, Visitor
from ehsg_events.commands.opening.several import reads_too
from ehsg_events.commands.sign_in import Person
from ehsg_events.dates import calendar
from ehsg_events.kernel import Refused
from projections.facts.view import View, view_at
from projections.years.change import Explained, Moved, change
from projections.years.side_by_side import on_the_log

THAN = "than"
HEADINGS = (
    phrases.DESCRIPTOR,
    phrases.FROM_TO,
    phrases.BECAUSE_OF,
    phrases.WHO,
    phrases.OUTCOME,
)


class Earlier(NamedTuple):
    """An earlier assessment to choose, and what it is called."""

    id: str
    says: str


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:
    """The earlier assessments to choose from, and the change since the one that was chosen.

    Raises:
        Refused: it is none of those, or nothing can be compared.
    """
    earlier, chosen = tuple(_earlier(view, visitor)), asked.get(THAN, "")
    values: dict[str, object] = {"earlier": earlier, "chosen": chosen, "sections": ()}
    if chosen:
        if chosen not in {one.id for one in earlier}:
            raise Refused(phrases.NONE_TO_EXPLAIN)
        values["sections"] = _sections(change(view_at(view.log, UUID(chosen)), view))
    return Drawn("change.html", values)


def _earlier(view: View, visitor: Visitor) -> Iterator[Earlier]:
    """Those of this area before this one, of which whoever looks may see single answers too."""
    person = Person(visitor.assessment, visitor.person)
    theirs = {*reads_too(view.log, person, visitor.session)}
    here = {year.id for year in on_the_log(view.log, view.state.area)}
    for id, at, opened in view.log.assessments():
        if id == view.assessment:
            return
        if id in theirs & here:
            day = calendar.say_day(calendar.local_day(at, opened.policy.zone))
            yield Earlier(str(id), f"{called(opened.guide, view.log.folder)}, opened on {day}")


def _sections(explained: Explained) -> tuple[Section, ...]:
    whole = (phrases.overall(explained), *phrases.matched(explained))
    every = (
        Section(phrases.WHOLE, (*whole, *phrases.not_compared(explained))),
        Section(
            phrases.BY_DESCRIPTOR,
            table=Table(phrases.BY_DESCRIPTOR, HEADINGS, tuple(map(_moved, explained.descriptors))),
        ),
        Section(phrases.IN_ONE, tuple(map(phrases.once, explained.once))),
    )
    return tuple(one for one in every if one.lines or (one.table and one.table.rows))


def _moved(moved: Moved) -> tuple[str, ...]:
    before = f" (then {moved.earlier})" if moved.earlier != moved.item else ""
    return (
        f"{moved.item} {moved.label}{before}",
        phrases.span(moved.shares),
        phrases.causes(moved.shares) or phrases.NOTHING,
        phrases.who(moved.stayed, moved.went, moved.came),
        phrases.settled(moved.outcome) if moved.outcome else phrases.NOTHING,
    )
