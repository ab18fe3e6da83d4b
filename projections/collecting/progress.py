"""How far a round is: who was asked and who has answered, never what they said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from ehsg_events.dates import calendar
from ehsg_events.kernel import Frozen
from projections.facts.view import View
from projections.figures.stop_rules import leavings

EVENTS = (
    "RoundOpened",
    "DeadlineMoved",
    "RoundPaused",
    "RoundResumed",
    "RoundClosed",
    "RoundReopened",
)
FACTS = """
  SELECT round, what, state->>'$.fact.deadline' AS deadline
  FROM fact WHERE list_contains(?, what) ORDER BY position"""


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
    facts = view.ask(FACTS, EVENTS)
    newest = max((row["round"] for row in facts), default=None)
    own = [row for row in facts if row["round"] == newest]
    counts = _counts(view, newest)
    deadline = next((row["deadline"] for row in reversed(own) if row["deadline"]), None)
    return Progress(
        round=newest,
        closed=bool(view.ask("SELECT round FROM closed WHERE round = ?", newest)),
        paused=_paused([row["what"] for row in own]),
        deadline=deadline,
        deadline_said=deadline and _said(view, deadline),
        agencies=tuple(
            Turnout(**row)
            for row in view.ask(
                "SELECT * EXCLUDE (round) FROM participation WHERE round = ?", newest
            )
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


EACH = """
  SELECT agency, item, sum(asked)::BIGINT AS asked, sum(answered)::BIGINT AS answered,
    sum(dont_know)::BIGINT AS dont_know, sum(not_my_area)::BIGINT AS not_my_area,
    sum(skipped)::BIGINT AS skipped
  FROM (SELECT *, row_number() OVER () AS place FROM progress WHERE round = ?)
  GROUP BY GROUPING SETS ((agency, item), (agency), (item), ())
  HAVING asked > 0 ORDER BY min(place)"""


def _counts(view: View, number: int | None) -> dict[tuple[bool, bool], tuple[Count, ...]]:
    """Counts by whether they are of one agency and whether of one item, in the guide's order."""
    places = {item: place for place, item in enumerate((None, *view.guide.items))}
    rows = sorted((Count(**row) for row in view.ask(EACH, number)), key=lambda c: places[c.item])
    grouped: dict[tuple[bool, bool], list[Count]] = {}
    for row in rows:
        grouped.setdefault((row.agency is not None, row.item is not None), []).append(row)
    return {which: tuple(counts) for which, counts in grouped.items()}
