"""Every close of a round as a descriptor's history, with what may be told of each, from a view."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from duckdb import DuckDBPyConnection

from ehsg_events.agreement.consensus import Yardstick, yardstick
from ehsg_events.agreement.disclosure import NOTHING
from ehsg_events.events import RoundMeasured
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.values.measure import Measure
from projections.access.comings_and_goings import outcome_tells_nobody
from projections.access.small_numbers import Measured, Told, Voice, Voices, told
from projections.facts.table import lay
from projections.facts.view import View, view_at

MEASURED = """
  SELECT
    closing.round,
    closing.position AS closed_at,
    arg_min(measured.state->>'fact', measured.position) AS fact,
    arg_max(measured.state->>'fact', measured.position) FILTER (
      measured.position < coalesce(closing.again, measured.position + 1)
    ) AS newest
  FROM (
    SELECT *, lead(position) OVER (PARTITION BY round ORDER BY position) AS again
    FROM fact WHERE what = 'RoundClosed'
  ) AS closing
  JOIN fact AS measured
    ON measured.round = closing.round AND measured.position > closing.position
  WHERE measured.what = 'RoundMeasured'
    AND closing.round IN (SELECT round FROM own_round)
  GROUP BY closing.round, closing.position
  ORDER BY closed_at"""
VOICED = """
  SELECT closed_at, item, stakeholder, agency, kind, score
  FROM voiced WHERE kind <> 'skip'"""
SETTLED = """
  SELECT item, position, what FROM fact
  WHERE what IN ('OutcomeAdopted', 'OutcomeModerated') ORDER BY position"""
WITHDRAWN = "SELECT stakeholder FROM fact WHERE what = 'InterviewWithdrawn'"


class Close(NamedTuple):
    """A descriptor's figures as one close of a round measured them, and what may be told of them."""

    round: int
    closed_at: int
    measure: Measure
    voices: Voices
    overtaken: bool = False  # measured anew since, without people who withdrew
    settled: bool = False  # an outcome was adopted or moderated before the next close
    told: Told = Told(NOTHING)


def history(view: View) -> dict[str, list[Close]]:
    """Every descriptor's figures at every close of a round that asked it, oldest first."""
    by_item = _closes(view)
    for row in view.ask(SETTLED):
        closes = by_item.get(row["item"], [])
        place = _before(closes, row["position"])
        if place is not None:
            closes[place] = closes[place]._replace(settled=True)
    return {item: _with_told(view, item, closes) for item, closes in by_item.items()}


def withheld_outcomes(
    view: View, closes: Mapping[str, Sequence[Close]] | None = None
) -> frozenset[str]:
    """The descriptors whose outcome, adopted by the rule, could tell what somebody answered.

    What was settled by hand is told always: whoever did it may have had any reason.

    Args:
        closes: the history of the view, if it is at hand.
    """
    every = history(view) if closes is None else closes
    gone = frozenset(row["stakeholder"] for row in view.ask(WITHDRAWN))
    newest = {row["item"]: row for row in view.ask(SETTLED)}
    return frozenset(
        item
        for item, row in newest.items()
        if row["what"] == "OutcomeAdopted" and not _is_told(view, row, every.get(item, []), gone)
    )


def lay_withheld(
    db: DuckDBPyConnection, log: Log, assessments: Iterable[UUID], upto: int | None = None
) -> None:
    """Lay the table of outcomes that may not be told, for what is read of several assessments.

    Args:
        assessments: some of which may be imported submissions, of which nothing is withheld.
        upto: the log position as of which is looked; the newest when none is given.
    """
    opened = {assessment for assessment, _, _ in log.assessments()}
    rows = [
        {"assessment": str(assessment), "item": item}
        for assessment in assessments
        if assessment in opened
        for item in sorted(_withheld_as_of(log, assessment, upto))
    ]
    lay(db, "withheld_outcome", {"assessment": "UUID", "item": "VARCHAR"}, rows)


def _withheld_as_of(log: Log, assessment: UUID, upto: int | None) -> frozenset[str]:
    try:
        return withheld_outcomes(view_at(log, assessment, None if upto is None else str(upto)))
    except Refused:  # it was opened later
        return frozenset()


def yard_of(view: View, item: str) -> Yardstick:
    """What near and far mean on a descriptor's scale."""
    scale = view.guide.scale_of(item)
    return yardstick(scale.lowest, scale.highest)


def _closes(view: View) -> dict[str, list[Close]]:
    voices, by_item = _voices(view), defaultdict[str, list[Close]](list)
    for row in view.ask(MEASURED):
        first, newest = (_measures(row[name]) for name in ("fact", "newest"))
        for item, measure in first.items():
            behind = frozenset(voices[row["closed_at"], item])
            overtaken = newest[item] != measure
            close = Close(row["round"], row["closed_at"], measure, behind, overtaken)
            by_item[item].append(close)
    return by_item


def _with_told(view: View, item: str, closes: Sequence[Close]) -> list[Close]:
    measured = [
        Measured(close.voices, close.measure.verdict, close.measure.median, close.settled)
        for close in closes
    ]
    every = told(measured, yard_of(view, item), view.state.rule)
    return [close._replace(told=one) for close, one in zip(closes, every, strict=True)]


def _before(closes: Sequence[Close], position: int) -> int | None:
    """Which close was the newest at a position of the log."""
    places = [place for place, close in enumerate(closes) if close.closed_at < position]
    return places[-1] if places else None


def _measures(fact: str) -> dict[str, Measure]:
    measured = RoundMeasured.model_validate(json.loads(fact))
    return {measure.item: measure for measure in measured.measures}


def _voices(view: View) -> defaultdict[tuple[int, str], list[Voice]]:
    """The answers that stood at each close, by descriptor."""
    voices: defaultdict[tuple[int, str], list[Voice]] = defaultdict(list)
    for row in view.ask(VOICED):
        answer = row["kind"] if row["score"] is None else row["score"]
        voices[row["closed_at"], row["item"]].append(
            Voice(row["stakeholder"], row["agency"], answer)
        )
    return voices


def _is_told(
    view: View, adopted: Mapping[str, Any], closes: Sequence[Close], gone: frozenset[str]
) -> bool:
    """Whether an adopted outcome may be told, and still may where people have withdrawn since."""
    place = _before(closes, adopted["position"])
    if place is None:  # it rests on no answers of this panel
        return True
    if not closes[place].told.disclosure.agreement:
        return False
    lost = [
        voice
        for voice in closes[place].voices
        if voice.person in gone and isinstance(voice.said, int)
    ]
    return not lost or _stands_whoever(view, adopted["item"], closes[place], len(lost))


def _stands_whoever(view: View, item: str, close: Close, lost: int) -> bool:
    """Whether it tells nothing of people who withdrew that an outcome stands without them, or not."""
    if close.told.disclosure.figures != "counts":
        return False
    counted = [voice.said for voice in close.voices if isinstance(voice.said, int)]
    return outcome_tells_nobody(counted, lost, 0, yard_of(view, item), view.state.rule)
