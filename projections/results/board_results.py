"""The results as their reader may see them: all of them, or the figures that are for the board."""

from __future__ import annotations

import json
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from ehsg_events.events import RoundMeasured
from ehsg_events.values.measure import Measure
from guides.model import Scale
from projections.access.agencies import Agencies
from projections.access.audience import SINGLE_ANSWERS, Audience
from projections.access.small_numbers import Voice, Voices, are_enough, are_some, showable
from projections.facts.view import View
from projections.figures.agreement import ASKED, people, score_mark, score_words, sentence
from projections.results.results import Dissent, Result, identity, outcome, results

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
SETTLED = "SELECT item, position FROM fact WHERE what IN ('OutcomeAdopted', 'OutcomeModerated')"
WITHHELD, NOT_MEASURED = "withheld", "not_measured"
TOO_FEW = (
    "Figures are not shown: fewer than five people gave a score, or they are of fewer than three "
    "agencies."
)
BESIDE_AN_OUTCOME = (
    "Figures are not shown: they are of fewer than five scores or three agencies, or beside an "
    "earlier outcome they could tell what one or two people said."
)
OPEN_AGAIN = "Figures are not shown while answers are taken again."
WITHDRAWN_SINCE = (
    "Figures are not shown: somebody has withdrawn since they were taken, and new ones beside the "
    "old could tell what they had said."
)
THEN = "After round {}: {}"
OLDER = (
    "These are the figures of round {}. Later ones are not shown: beside these they could tell "
    "what one or two people said."
)
CALLED = {
    "too_few": "Not enough answers.",
    "no_quorum": "Not enough answers.",
    "two_camps": "No agreement: two camps.",
    "not_agreed": "No agreement.",
    "agreed": "Agreed.",
    "agreed_with_minority": "Agreed, with a minority.",
}


MEASURES = ("n", "dont_know", "invited", "median", "low", "high", "within_one", "verdict")


class Close(NamedTuple):
    """A descriptor's figures as one close of a round measured them, and the answers behind them."""

    round: int
    measure: Measure
    voices: Voices
    overtaken: bool = False  # measured anew since, without people who withdrew
    settled: bool = False  # an outcome was adopted or moderated before the next close


def shown(view: View, audience: Audience) -> list[Result]:
    """Every descriptor in the guide's order, with what an audience may see of it.

    Where the board may see no figures of a descriptor, they are null and the verdict is "withheld".
    """
    if audience in SINGLE_ANSWERS:
        return results(view)
    closes, agencies = history(view), Agencies(view)
    closed = {row["round"] for row in view.ask("SELECT round FROM closed")}
    asked = {row["item"]: tuple(row["rounds"]) for row in view.ask(ASKED)}
    settled = {row["item"]: row for row in view.ask("SELECT * FROM outcome")}
    by_item = []
    for item in view.guide.descriptors:
        scale, own = view.guide.scale_of(item), closes.get(item, [])
        figures = _figures(own, closed, scale)
        middle = figures.get("median", _compared_with(own, closed))
        stands = outcome(view, settled.get(item), scale, middle)
        by_item.append(
            Result(
                **identity(view, item),
                **_unnamed(stands, item, agencies),
                **figures,
                rounds=asked.get(item, ()),
            )
        )
    return by_item


def history(view: View) -> dict[str, list[Close]]:
    """Every descriptor's figures at every close of a round that asked it, oldest first."""
    voices, by_item = _voices(view), defaultdict[str, list[Close]](list)
    closed_at: defaultdict[str, list[int]] = defaultdict(list)
    for row in view.ask(MEASURED):
        first, newest = (_measures(row[name]) for name in ("fact", "newest"))
        for item, measure in first.items():
            behind = frozenset(voices[row["closed_at"], item])
            overtaken = newest[item] != measure
            by_item[item].append(Close(row["round"], measure, behind, overtaken))
            closed_at[item].append(row["closed_at"])
    for row in view.ask(SETTLED):
        _settle(by_item[row["item"]], closed_at[row["item"]], row["position"])
    return by_item


def _settle(closes: list[Close], closed_at: list[int], position: int) -> None:
    """Mark the close whose figures stood when a descriptor's outcome was settled."""
    place = bisect(closed_at, position) - 1
    if place >= 0:
        closes[place] = closes[place]._replace(settled=True)


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


def _compared_with(closes: list[Close], closed: set[int]) -> float | None:
    """The middle score that an outcome may be called higher or lower than, though it is not shown.

    Of fewer than three scores, of a round that takes answers again and of people of whom somebody
    has withdrawn since, not even that is told.
    """
    if any(close.overtaken or close.round not in closed for close in closes):
        return None
    told = _showable(closes, are_some)
    return closes[told[-1]].measure.median if told else None


def _showable(closes: Sequence[Close], enough: Callable[[Voices], bool] = are_enough) -> list[int]:
    """Which of a descriptor's figures may be told beside its outcomes."""
    settled = [place for place, close in enumerate(closes) if close.settled]
    return showable([close.voices for close in closes], enough, settled)


def _unnamed(settled: dict[str, Any], item: str, agencies: Agencies) -> dict[str, Any]:
    """An outcome with its objections, naming neither the people nor small agencies."""
    dissent = tuple(
        Dissent(
            stakeholder=WITHHELD,
            agency=agencies.name(item, objection.agency),
            words=objection.words,
        )
        for objection in settled.get("dissent", ())
    )
    return {**settled, "dissent": dissent}


def _figures(closes: list[Close], closed: set[int], scale: Scale) -> dict[str, Any]:
    """The newest figures that may be shown, and only what follows from the answers behind them."""
    may_show = [closes[place] for place in _showable(closes)]
    stands = next((close for close in reversed(may_show) if close.round in closed), None)
    if any(close.overtaken for close in (stands, *closes[-1:]) if close):
        return {"verdict": WITHHELD, "sentence": WITHDRAWN_SINCE}
    says = _says(stands, closes, closed, scale)
    if stands is None:
        return {"verdict": WITHHELD if closes else NOT_MEASURED, "sentence": says}
    answers = [voice.said for voice in stands.voices]
    counts = tuple(answers.count(level.score) for level in scale.levels)
    measured = {name: getattr(stands.measure, name) for name in MEASURES}
    return {**measured, "counts": counts, "sentence": says}


def _says(stands: Close | None, closes: list[Close], closed: set[int], scale: Scale) -> str:
    """The figures that are shown in words, or why there are none; and why there are none newer."""
    if stands is None:
        again = any(close.round not in closed for close in closes)
        return sentence(None, None, scale) if not closes else _why_none(closes, again=again)
    newest = [close for close in closes if close.round in closed][-1]
    figures = " ".join(_in_words(stands.measure, scale))
    if newest is stands:
        return figures
    return f"{THEN.format(stands.round, figures)} {OLDER.format(stands.round)}"


def _why_none(closes: list[Close], *, again: bool) -> str:
    """Why there are no figures; alike whether a newcomer gave a score or none."""
    if again:
        return OPEN_AGAIN
    return BESIDE_AN_OUTCOME if any(close.settled for close in closes[:-1]) else TOO_FEW


def _in_words(measure: Measure, scale: Scale) -> Iterator[str]:
    """Agreement in words that say nothing of single agencies, nor of who changed their mind."""
    yield CALLED[measure.verdict]
    if measure.median is not None:
        yield f"The middle score is {score_words(measure.median, scale)}."
    if measure.low is None or measure.high is None:
        return
    low, high = score_mark(measure.low, scale), score_mark(measure.high, scale)
    alike = f"all of them {low}" if low == high else f"from {low} to {high}"
    yield f"{people(measure.n)} gave a score, {alike}."
