"""The results as their reader may see them: all of them, or the figures that are for the board."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from ehsg_events.agreement.disclosure import AGREED, SPARED
from ehsg_events.agreement.small_numbers import enough
from ehsg_events.log.log import Log
from ehsg_events.values.measure import Measure
from guides.model import Scale
from projections.access.agencies import Agencies
from projections.access.audience import SINGLE_ANSWERS, Audience
from projections.access.closes import Close, history, withheld_outcomes
from projections.facts.view import View, view_at
from projections.figures.agreement import people, score_mark, score_words, sentence
from projections.folded.outcome import Outcome, outcomes
from projections.folded.rounds import closed, rounds_asking
from projections.results.results import Dissent, Result, identity, outcome, results

WITHHELD, NOT_MEASURED = "withheld", "not_measured"
TOO_FEW = (
    "Figures are not shown: fewer than five people gave a score, or they are of fewer than three "
    "agencies."
)
BESIDE_AN_EARLIER = (
    "Figures are not shown: they are of fewer than five scores or three agencies, or beside what an "
    "earlier close told they could tell what one or two people said."
)
BY_AGENCY = (
    "Figures are not shown: every agency counts once, so how many people gave each score could tell, "
    "beside the middle score, what one of them said."
)
OPEN_AGAIN = "Figures are not shown while answers are taken again."
WITHDRAWN_SINCE = (
    "Figures are not shown: somebody has withdrawn since they were taken, and new ones beside the "
    "old could tell what they had said."
)
UNTIL_SETTLED = (
    "An outcome from which somebody's answer could be told is not shown until a named person settles "
    "it."
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
SOME_MEASURES = ("n", "dont_know", "invited", "median")
MEASURES = (*SOME_MEASURES, "low", "high", "within_one")
MOST_TOLD = 8  # assessments whose last letters go out at once
_told: dict[tuple[Path, UUID, UUID | None], Mapping[str, Result]] = {}
UNHEARD = ("too_few", "no_quorum")  # verdicts that tell who answered, and nothing of what


def told_to_the_board(log: Log, assessment: UUID, signature: UUID | None) -> Mapping[str, Result]:
    """What the board is told of each descriptor; once it is signed, all letters rest on one look.

    Args:
        signature: what the name it was signed with is sealed as, none while it is not signed.
    """
    name = (log.folder, assessment, signature)
    if name not in _told or signature is None:
        found = {result.item: result for result in shown(view_at(log, assessment), "board")}
        if len(_told) >= MOST_TOLD:
            _told.clear()
        _told[name] = found
    return _told[name]


def shown(view: View, audience: Audience) -> list[Result]:
    """Every descriptor in the guide's order, with what an audience may see of it.

    Where the board may see no figures of a descriptor, they are null and the verdict is "withheld".
    """
    if audience in SINGLE_ANSWERS:
        return results(view)
    closes, agencies = history(view), Agencies(view)
    settled = _told_rows(view, closes)
    over, asked = {*closed(view)}, rounds_asking(view)
    by_item = []
    for item in view.guide.descriptors:
        own = closes.get(item, [])
        figures = _figures(own, over, view, item)
        if figures["verdict"] == WITHHELD and item not in settled:
            figures["sentence"] += f" {UNTIL_SETTLED}"
        stands = _outcome(view, settled.get(item), own, over, figures.get("median"))
        by_item.append(
            Result(
                **identity(view, item),
                **_unnamed(stands, item, agencies),
                **figures,
                rounds=asked.get(item, ()),
            )
        )
    return by_item


def _outcome(
    view: View, row: Outcome | None, closes: list[Close], closed: set[int], middle: Any
) -> dict[str, Any]:
    """The outcome, with where it stands against the panel's middle score if that may be told."""
    if row is None:
        return {}
    where = middle if row.moderated else None
    if where is None and row.moderated:
        where = _compared_with(row.score, closes, closed)
    return outcome(view, row, view.guide.scale_of(row.item), where)


def _compared_with(score: int, closes: list[Close], closed: set[int]) -> float | None:
    """The middle score that an outcome may be called higher or lower than, though it is not shown.

    Of a round that takes answers again and of people of whom somebody has withdrawn since, not even
    that is told.
    """
    if any(close.overtaken or close.round not in closed for close in closes):
        return None
    may = bool(closes) and score in closes[-1].told.compares
    return closes[-1].measure.median if may else None


def _told_rows(view: View, closes: dict[str, list[Close]]) -> dict[str, Outcome]:
    """The outcomes that may be told; a no stands alone if its alternative's yes may not be told."""
    withheld = withheld_outcomes(view, closes)
    return {
        item: row._replace(covered_by=None) if row.covered_by in withheld else row
        for item, row in outcomes(view).items()
        if item not in withheld
    }


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


def _figures(closes: list[Close], closed: set[int], view: View, item: str) -> dict[str, Any]:
    """The newest figures that may be shown, and only what follows from the answers behind them."""
    may_show = [close for close in closes if close.told.disclosure.figures != "none"]
    stands = next((close for close in reversed(may_show) if close.round in closed), None)
    if any(close.overtaken for close in (stands, *closes[-1:]) if close):
        return {"verdict": WITHHELD, "sentence": WITHDRAWN_SINCE}
    scale = view.guide.scale_of(item)
    if stands is None:
        again = any(close.round not in closed for close in closes)
        says = _why_none(view, closes, again=again) if closes else sentence(None, None, scale)
        return {"verdict": WITHHELD if closes else NOT_MEASURED, "sentence": says}
    newest = [close for close in closes if close.round in closed][-1]
    says = " ".join(_in_words(stands, scale))
    figures = figures_told(stands, scale)
    if newest is stands:
        return figures | {"sentence": says}
    then = f"{THEN.format(stands.round, says)} {OLDER.format(stands.round)}"
    return figures | {"sentence": then, "of_round": stands.round}


def figures_told(stands: Close, scale: Scale) -> dict[str, Any]:
    """The figures of a close, as far as its disclosure goes."""
    shows, measured = stands.told.disclosure, stands.measure
    names = MEASURES if shows.figures == "counts" else SOME_MEASURES
    figures = {name: getattr(measured, name) for name in names} | {"verdict": _verdict(stands)}
    if shows.figures != "counts":
        return figures
    answers = [voice.said for voice in stands.voices]
    return figures | {"counts": tuple(answers.count(level.score) for level in scale.levels)}


def _verdict(stands: Close) -> str:
    """The verdict, or less of it where the answers behind it are not told one by one."""
    shows, called = stands.told.disclosure, stands.measure.verdict
    if shows.figures == "counts" or called in UNHEARD:
        return called
    if not shows.agreement:
        return WITHHELD
    return "agreed" if called in AGREED else "not_agreed"


def _why_none(view: View, closes: list[Close], *, again: bool) -> str:
    """Why there are no figures; alike whether a newcomer gave a score or none."""
    if again:
        return OPEN_AGAIN
    if len(closes) > 1:
        return BESIDE_AN_EARLIER
    by_agency = view.state.rule.weights == "agencies" and enough(closes[0].voices)
    return BY_AGENCY if by_agency else TOO_FEW


def _in_words(stands: Close, scale: Scale) -> Iterator[str]:
    """Agreement in words that say nothing of single agencies, nor of who changed their mind."""
    measure, called = stands.measure, _verdict(stands)
    if called != WITHHELD:
        yield CALLED[called]
    if measure.median is not None:
        yield f"The middle score is {score_words(measure.median, scale)}."
    match stands.told.disclosure.figures:
        case "mode":
            yield f"At least {measure.n - SPARED} of {people(measure.n)} who gave a score chose it."
        case "middle":
            yield f"{people(measure.n)} gave a score, and every agency counts once."
        case _:
            yield from _ran(measure, scale)


def _ran(measure: Measure, scale: Scale) -> Iterator[str]:
    if measure.low is not None and measure.high is not None:
        low, high = score_mark(measure.low, scale), score_mark(measure.high, scale)
        yield f"{people(measure.n)} gave a score, from {low} to {high}."
