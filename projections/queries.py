"""One function for each question people ask of an assessment, and the rows they get."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ehsg_events import calendar
from ehsg_events.kernel import Frozen, Refused, Words
from guides.model import Scale
from projections.agreement import Agreement, Record, sentence
from projections.log import View
from projections.spread import agreement_a
from projections.trail import Step, Thread, Why, step, told


class Dissent(Frozen):
    """Somebody's standing objection to an outcome; no words once they were forgotten."""

    stakeholder: str
    agency: str
    words: str | None


class Result(Frozen):
    """One descriptor: how the panel stands on it, and the score that stands.

    Figures are null while no closed round has asked. `within_one` counts people, `counts` the
    scores on each level from the lowest; `within_one_share` is the share the rule looks at.
    """

    item: str
    label: str
    section: str
    n: int | None = None
    dont_know: int | None = None
    invited: int | None = None
    median: float | None = None
    low: int | None = None
    high: int | None = None
    within_one: int | None = None
    within_one_share: float | None = None
    verdict: str = "not_measured"
    outcome: int | None = None
    outcome_level: str | None = None
    moderated: bool = False
    because: str | None = None
    dissent: tuple[Dissent, ...] = ()
    median_by_people: float | None = None
    median_by_agency: float | None = None
    counts: tuple[int, ...] = ()
    q1: float | None = None
    q3: float | None = None
    ad_median: float | None = None
    agreement_a: float | None = None
    rule: str
    rounds: tuple[int, ...] = ()
    sentence: str


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
    """How far a round is: by agency and item, by agency, by item, and in all."""

    round: int | None
    closed: bool
    deadline: str | None
    deadline_said: str | None
    agencies: tuple[Turnout, ...]
    by_agency: tuple[Count, ...]
    by_item: tuple[Count, ...]
    cells: tuple[Count, ...]
    total: Count | None


# -- results -----------------------------------------------------------------------------------
def results(view: View) -> list[Result]:
    """Every descriptor in the guide's order."""
    record = Record(view)
    settled = {row["item"]: row for row in view.ask("SELECT * FROM outcome")}
    return [
        Result(
            **_identity(view, item),
            **_figures(record.stands(item)),
            **_outcome(view, settled.get(item), view.guide.scale_of(item)),
            rounds=record.asked.get(item, ()),
            sentence=sentence(record.stands(item), record.moves(item), view.guide.scale_of(item)),
        )
        for item in view.guide.descriptors
    ]


def _identity(view: View, item: str) -> dict[str, Any]:
    asked = view.guide.items[item]
    return {
        "item": item,
        "label": asked.label or asked.statement,
        "section": view.guide.section_of(item).title,
        "rule": view.state.rule.name,
    }


SHOWN = ("n", "dont_know", "invited", "median", "low", "high", "within_one", "within_one_share",
         "verdict", "median_by_people", "median_by_agency", "counts", "q1", "q3", "ad_median")  # fmt: skip


def _figures(stands: Agreement | None) -> dict[str, Any]:
    if stands is None:
        return {}
    spread = agreement_a(stands.counts) if stands.n else None
    return {name: getattr(stands, name) for name in SHOWN} | {"agreement_a": spread}


def _outcome(view: View, row: dict[str, Any] | None, scale: Scale) -> dict[str, Any]:
    if row is None:
        return {}
    return {
        "outcome": row["score"],
        "outcome_level": next(x.label for x in scale.levels if x.value == row["level"]),
        "moderated": row["moderated"],
        "because": opened(view, row["because"]),
        "dissent": tuple(
            Dissent(
                stakeholder=one["stakeholder"],
                agency=one["agency"],
                words=opened(view, one["words"]),
            )
            for one in row["dissent"]
        ),
    }


def opened(view: View, words: dict[str, Any] | None) -> str | None:
    """The text behind a column of sealed words; none when there are none, or it was forgotten."""
    return view.log.read(Words.model_validate(words)) if words else None


# -- progress ----------------------------------------------------------------------------------
def progress(view: View) -> Progress:
    """How far the newest round is."""
    number = view.ask("SELECT max(round) AS newest FROM fact WHERE what = 'RoundOpened'")
    newest = number[0]["newest"]
    moments = view.ask(
        "SELECT what, fact->>'deadline' AS deadline FROM trail WHERE round = ? "
        "AND what IN ('RoundOpened', 'DeadlineMoved', 'RoundClosed') ORDER BY position",
        newest,
    )
    counts = _counts(view, newest)
    deadline = next((row["deadline"] for row in reversed(moments) if row["deadline"]), None)
    return Progress(
        round=newest,
        closed=any(row["what"] == "RoundClosed" for row in moments),
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
    )


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
    """Counts by whether they are of one agency, and whether of one item, in the guide's order."""
    places = {item: place for place, item in enumerate((None, *view.guide.items))}
    rows = sorted((Count(**row) for row in view.ask(EACH, number)), key=lambda c: places[c.item])
    found: dict[tuple[bool, bool], list[Count]] = {}
    for row in rows:
        found.setdefault((row.agency is not None, row.item is not None), []).append(row)
    return {which: tuple(counts) for which, counts in found.items()}


# -- the walk back -----------------------------------------------------------------------------
def trail(view: View) -> list[Step]:
    """Every fact of the assessment in order."""
    return [step(view, one, one.item) for one in told(view)]


def why(view: View, item: str) -> Why:
    """Everything that made an item what it is, from the first invitation to the sign-off.

    Raises:
        Refused: the guide has no such item.
    """
    if item not in view.guide.items:
        raise Refused(
            f"{view.guide.id} has no item {item}. `ehsg guide show {view.guide.id}` lists them."
        )
    thread = Thread(item)
    stands = next((one for one in results(view) if one.item == item), None)
    return Why(
        item=item,
        label=view.guide.items[item].label or view.guide.items[item].statement,
        outcome=stands.outcome if stands else None,
        outcome_level=stands.outcome_level if stands else None,
        rule=view.state.rule.name,
        sentence=stands.sentence if stands else None,
        steps=tuple(step(view, one, item) for one in told(view) if thread.holds(one)),
    )
