"""The board: where the round stands, what waits, who is missing, and where the panel disagrees."""

from __future__ import annotations

from collections.abc import Iterator

from bots.operations.typed import typed
from bots.phrases import board as phrases
from bots.web.desk.page import Asked, Drawn, Visitor
from bots.web.desk.pages.disagreement import Split, splits
from ehsg_events.commands import outcomes
from ehsg_events.kernel import Frozen
from projections.collecting.coordinator_tasks import Waiting, waiting
from projections.collecting.missing import Missing, missing
from projections.collecting.nudges import nudges, tallies
from projections.collecting.progress import Progress, progress
from projections.facts.view import View
from projections.report.report import signed
from projections.results.results import results


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
    """Something that waits: in a sentence, and how it is settled, here or by a command."""

    says: str
    overdue: bool
    settles: str | None
    command: str


class Board(Frozen):
    """Everything on the board but what waits, which is known of now only."""

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
    """The board; what waits, and what was settled a moment ago, where it is looked at as of now."""
    values: dict[str, object] = {
        "board": board(view, visitor),
        "due": None if asked.get("as-of") else _due(view, visitor),
        "done": list(_done(view, visitor, asked.get("settled", ""))),
        "may_settle": may_settle(view, visitor, asked),
    }
    return Drawn("board.html", values)


def may_settle(view: View, visitor: Visitor, asked: Asked) -> bool:
    """Whether what stands can be settled here: of now only, and not under a signature."""
    now = not asked.get("as-of")
    return now and visitor.role == "coordinator" and view.state.signed_off is None


def board(view: View, visitor: Visitor) -> Board:
    """The board as it stood, as plain values."""
    how_far, gone, apart = progress(view), missing(view), splits(view)
    return Board(
        opened=how_far.round is not None,
        closed=how_far.closed,
        state=phrases.round_state(how_far),
        signed=signed(view),
        agencies=tuple(_agencies(how_far)),
        missing=gone.sentence,
        absent=tuple(_absent(view, visitor, gone)),
        unsettled=tuple(one for one in apart if one.outcome is None),
        settled=tuple(one for one in apart if one.outcome is not None),
        nudged=tuple(tallies(nudges(view))),
    )


def _agencies(found: Progress) -> Iterator[Agency]:
    counts = {row.agency: row for row in found.by_agency}
    for row in found.agencies:
        answers = phrases.answers(counts.get(row.agency))
        yield Agency(name=row.agency, finished=phrases.finished(row), answers=answers)


def _absent(view: View, visitor: Visitor, found: Missing) -> Iterator[Absent]:
    for one in found.people:
        name = view.log.text(view.state.panel[one.person].name) or one.person
        called = f"{name} ({one.person})" if visitor.role == "coordinator" else one.person
        yield Absent(called=called, agency=one.agency, says=one.says)


# -- of now ------------------------------------------------------------------------------------
def _due(view: View, visitor: Visitor) -> list[Due]:
    stamp = visitor.stamp("look", "look")
    return [_waits(one) for one in waiting(view.log, stamp, visitor.assessment)]


def _waits(one: Waiting) -> Due:
    settles = one.about if one.kind == "moderation" else None
    return Due(says=one.says, overdue=one.overdue, settles=settles, command=typed(one.way))


def _done(view: View, visitor: Visitor, item: str) -> Iterator[str]:
    """What the form that led here came to, and what is to be known of it."""
    stands = next((one for one in results(view) if one.item == item and one.moderated), None)
    if stands is None or stands.outcome_level is None:
        return
    yield phrases.settled_at(item, f"{stands.outcome} ({stands.outcome_level})")
    yield from outcomes.cautions(view.log.situation(visitor.assessment), item)
