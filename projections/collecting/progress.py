"""How far a round is: who was asked and who has answered, never what they said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import product
from typing import NamedTuple

from pydantic import Field

from ehsg_events.dates import calendar
from ehsg_events.kernel import Frozen
from projections.collecting.progress_rows import Progress as Row
from projections.collecting.progress_rows import progress_rows
from projections.facts.view import View
from projections.figures.stop_rules import leavings
from projections.folded.participation import parties_in
from projections.folded.rounds import closed

EVENTS = (
    "RoundOpened",
    "DeadlineMoved",
    "RoundPaused",
    "RoundResumed",
    "RoundClosed",
    "RoundReopened",
)


class _Fact(NamedTuple):
    position: int
    round: int
    what: str
    deadline: str | None


class Count(Frozen):
    """How many were asked and answered; what they answered is null while the round is open."""

    agency: str | None = None
    item: str | None = None
    asked: int
    answered: int
    dont_know: int | None
    not_my_area: int | None
    skipped: int | None


class Turnout(Frozen):
    """How many people of an agency were invited, began, finished and withdrew."""

    agency: str
    invited: int
    started: int
    answered: int
    completed: int
    withdrawn: int


class Progress(Frozen):
    """How far a round is: by agency and item, by agency, by item, and in all.

    `leaving` says of each descriptor how it left the round; nothing while the round is open.
    """

    round: int | None
    closed: bool
    paused: bool
    deadline: str | None
    deadline_said: str | None
    agencies: tuple[Turnout, ...]
    by_agency: tuple[Count, ...]
    by_item: tuple[Count, ...]
    cells: tuple[Count, ...]
    total: Count | None
    leaving: dict[str, str] = Field(default_factory=dict)


def progress(view: View) -> Progress:
    """How far the newest round is."""
    facts = view.facts(_Fact, EVENTS, deadline="state.$.fact.deadline")
    newest = max((fact.round for fact in facts), default=None)
    own = [fact for fact in facts if fact.round == newest]
    counts = _counts(view, newest)
    deadline = next((fact.deadline for fact in reversed(own) if fact.deadline), None)
    return Progress(
        round=newest,
        closed=newest in closed(view),
        paused=_paused([fact.what for fact in own]),
        deadline=deadline,
        deadline_said=deadline and _said(view, deadline),
        agencies=tuple(
            Turnout(
                agency=row.agency,
                invited=row.invited,
                started=row.started,
                answered=row.answered,
                completed=row.completed,
                withdrawn=row.withdrawn,
            )
            for row in parties_in(view, newest)
        ),
        by_agency=counts.get((True, False), ()),
        by_item=counts.get((False, True), ()),
        cells=counts.get((True, True), ()),
        total=next(iter(counts.get((False, False), ())), None),
        leaving={
            item: leaving.says
            for item, leaving in leavings(view).items()
            if leaving.round == newest
        },
    )


def _paused(events: Sequence[str]) -> bool:
    others = [what for what in events if what not in ("RoundOpened", "DeadlineMoved")]
    return others[-1:] == ["RoundPaused"]


def _said(view: View, moment: str) -> str:
    return calendar.say(datetime.fromisoformat(moment), view.state.policy.zone)


def _counts(view: View, number: int | None) -> dict[tuple[bool, bool], tuple[Count, ...]]:
    """Counts by whether they are of one agency and whether of one item, in the guide's order."""
    cells: dict[tuple[str | None, str | None], list[Row]] = {}
    for row in progress_rows(view):
        if row.round == number:
            for agency, item in product((row.agency, None), (row.item, None)):
                cells.setdefault((agency, item), []).append(row)
    places = {item: place for place, item in enumerate((None, *view.guide.items))}
    grouped: dict[tuple[bool, bool], list[Count]] = {}
    for agency, item in sorted(cells, key=lambda cell: places[cell[1]]):
        counts = _together(agency, item, cells[agency, item])
        grouped.setdefault((agency is not None, item is not None), []).append(counts)
    return {which: tuple(counts) for which, counts in grouped.items()}


def _together(agency: str | None, item: str | None, rows: Sequence[Row]) -> Count:
    return Count(
        agency=agency,
        item=item,
        asked=sum(row.asked for row in rows),
        answered=sum(row.answered for row in rows),
        dont_know=_sum(row.dont_know for row in rows),
        not_my_area=_sum(row.not_my_area for row in rows),
        skipped=_sum(row.skipped for row in rows),
    )


def _sum(counts: Iterable[int | None]) -> int | None:
    """A sum of what may be told; none where nothing may be."""
    told = [count for count in counts if count is not None]
    return sum(told) if told else None
