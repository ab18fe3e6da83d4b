"""The board: where the round stands, what waits, who is missing, and where the panel disagrees."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from bots.operations import outages
from bots.operations.writable import writable
from bots.phrases import board as phrases
from bots.web.desk.page import Asked, Drawn, Visitor
from bots.web.desk.pages.disagreement import Split, splits
from bots.web.desk.pages.overview import overview
from bots.web.desk.ways import To, leads
from ehsg_events.kernel import Frozen
from ehsg_events.panel.names import called
from projections.collecting.coordinator_tasks import Waiting, waiting
from projections.collecting.missing import Missing, missing
from projections.collecting.nudges import nudges, tallies
from projections.collecting.progress import Progress, progress
from projections.facts.view import View
from projections.report.report import signed
from projections.results.results import Result, results


class Agency(Frozen):
    """One line of the table of agencies, in words."""

    name: str
    finished: str
    answers: str


class Absent(Frozen):
    """Somebody who is missing: called by name where the coordinator looks, else by pseudonym."""

    called: str
    agency: str
    says: str


class Due(Frozen):
    """Something that waits: in a sentence, and the pages where it is done, for whoever may do it."""

    says: str
    overdue: bool
    ways: tuple[To, ...]


class Board(Frozen):
    """Everything on the board except what waits, which is known only as of now."""

    opened: bool
    closed: bool
    state: str
    signed: str | None
    agencies: tuple[Agency, ...]
    missing: str
    absent: tuple[Absent, ...]
    unsettled: tuple[Split, ...]
    settled: tuple[Split, ...]
    nudged: tuple[str, ...]


def draw(view: View, visitor: Visitor, asked: Asked) -> Drawn:
    """The board; as of now also what waits."""
    found = results(view)
    values: dict[str, object] = {
        "board": board(view, visitor, found),
        "overview": overview(view, visitor, found),
        "due": None if asked.get("as-of") else _due(view, visitor),
        "may_settle": may_settle(view, visitor, asked),
        "token_refused": outages.sentence(view.log.folder),
    }
    return Drawn("board.html", values)


def may_settle(view: View, visitor: Visitor, asked: Asked) -> bool:
    """Whether a descriptor can be settled here: only as of now, and not after the sign-off."""
    is_now = not asked.get("as-of")
    return is_now and visitor.role == "coordinator" and view.state.signed_off is None


def board(view: View, visitor: Visitor, found: Sequence[Result]) -> Board:
    """The board as it stood, as plain values.

    Args:
        found: the results as they stood.
    """
    how_far, absent, apart = progress(view), missing(view), splits(view, found)
    return Board(
        opened=how_far.round is not None,
        closed=how_far.closed,
        state=phrases.round_state(how_far),
        signed=signed(view),
        agencies=tuple(_agencies(how_far)),
        missing=absent.sentence,
        absent=tuple(_absent(view, visitor, absent)),
        unsettled=tuple(split for split in apart if split.outcome is None),
        settled=tuple(split for split in apart if split.outcome is not None),
        nudged=tuple(tallies(nudges(view))),
    )


def _agencies(how_far: Progress) -> Iterator[Agency]:
    counts = {row.agency: row for row in how_far.by_agency}
    for row in how_far.agencies:
        answers = phrases.answers(counts.get(row.agency))
        yield Agency(name=row.agency, finished=phrases.finished(row), answers=answers)


def _absent(view: View, visitor: Visitor, absent: Missing) -> Iterator[Absent]:
    for silent in absent.people:
        name = view.log.text(view.state.panel[silent.person].name) or silent.person
        called = f"{name} ({silent.person})" if visitor.role == "coordinator" else silent.person
        yield Absent(called=called, agency=silent.agency, says=silent.says)


# -- as of now ---------------------------------------------------------------------------------
def _due(view: View, visitor: Visitor) -> list[Due]:
    def call(person: str) -> str:
        is_coordinator = visitor.role == "coordinator"
        return called(view.state, view.log.text, person) if is_coordinator else person

    tasks = waiting(view.log, visitor.assessment, visitor.at, writable(os.environ), call)
    return [_waits(task, visitor) for task in tasks]


def _waits(task: Waiting, visitor: Visitor) -> Due:
    if visitor.role != "coordinator":
        return Due(says=phrases.of_the_coordinator(task.says), overdue=task.overdue, ways=())
    ways = [way for way in (task.first, task.way) if way]
    return Due(says=task.says, overdue=task.overdue, ways=tuple(leads(ways)))
