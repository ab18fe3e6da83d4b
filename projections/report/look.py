"""The results at one look: five plain sentences, and of each descriptor what is drawn of it.

It is made of results as their reader may see them, so it tells nothing that those do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal

from ehsg_events.kernel import Frozen
from guides.model import Scale
from projections.facts.view import View
from projections.figures.agreement import count, is_worded, score_mark, score_words
from projections.figures.names import named
from projections.report.model import Trend
from projections.report.overview import mean_of
from projections.results.results import Result

Standing = Literal["agreed", "by hand", "open", "not needed"]
HOW: dict[Standing, str] = {
    "agreed": "as the panel agreed",
    "by hand": "settled by the coordinator",
}
MOST = 3  # how many descriptors are named of one kind, before the rest is a number


class Spot(Frozen):
    """One descriptor as it is drawn: the score that stands, how it came about, how answers ran.

    `middle` is the middle score where nothing stands; `before` the score of the year before.
    `place` is where the score lies between the ends of its scale, `width` how much of the scale the
    answers take up, `ran` the same in words. `words` say all that is drawn.
    """

    item: str
    title: str
    standing: Standing
    score: int | None
    said: str | None
    place: float | None
    middle: float | None
    run: tuple[int, int] | None
    width: float | None
    ran: str | None
    before: int | None
    lowest: int
    marks: tuple[str, ...]
    numbers: bool
    words: str


class Stretch(Frozen):
    """A section of the guide, with its mean where its levels are numbers of one scale."""

    title: str
    spots: tuple[Spot, ...]
    mean: float | None
    mean_said: str | None
    scored: int


class Look(Frozen):
    """Where an area stands, to be taken in at one look; `year` is the one before, if it is drawn."""

    sentences: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    year: int | None


def look(view: View, results: Sequence[Result], trend: Trend | None, unsaid: str) -> Look | None:
    """All results at one look; none while nothing was measured or settled.

    Args:
        results: as their reader may see them.
        unsaid: what a descriptor without a score is to its reader, such as "open".
    """
    if all(r.verdict == "not_measured" and r.outcome is None for r in results):
        return None
    comparable = trend if trend and trend.comparable else None
    before = {row.item: row.outcome for row in comparable.rows} if comparable else {}
    year = comparable.year if comparable else None
    spots = [_spot(view, result, before.get(result.item), year, unsaid) for result in results]
    sections = groupby(zip(results, spots, strict=True), key=lambda pair: pair[0].section)
    stretches = tuple(_stretch(title, [spot for _, spot in pairs]) for title, pairs in sections)
    return Look(
        sentences=tuple(_sentences(spots, stretches, trend, unsaid)),
        stretches=stretches,
        year=year,
    )


# -- what is drawn -----------------------------------------------------------------------------
def _spot(view: View, result: Result, before: int | None, year: int | None, unsaid: str) -> Spot:
    scale, score = view.guide.scale_of(result.item), result.weighs
    run = None if result.low is None or result.high is None else (result.low, result.high)
    return Spot(
        item=result.item,
        title=named(view.guide, result.item),
        standing=_standing(result),
        score=score,
        said=None if score is None else score_words(score, scale),
        place=None if score is None else _between(score, scale),
        middle=result.median if result.outcome is None else None,
        run=run,
        width=None if run is None else _between(run[1], scale) - _between(run[0], scale),
        ran=None if run is None else _ran(run, scale, result.of_round),
        before=before,
        lowest=scale.lowest,
        marks=tuple(score_mark(level.score, scale) for level in scale.levels),
        numbers=not is_worded(scale),
        words="; ".join(_words(result, run, before, year, unsaid, scale)),
    )


def _standing(result: Result) -> Standing:
    if result.covered_by:
        return "not needed"
    if result.outcome is None:
        return "open"
    return "by hand" if result.moderated else "agreed"


def _between(score: float, scale: Scale) -> float:
    return (score - scale.lowest) / (scale.highest - scale.lowest)


def _ran(run: tuple[int, int], scale: Scale, of_round: int | None) -> str:
    low, high = (score_mark(end, scale) for end in run)
    ran = f"all answers {low}" if low == high else f"answers from {low} to {high}"
    return f"{ran}{after(of_round)}"


def after(of_round: int | None) -> str:
    """Of which round figures are, where later ones are not shown."""
    return f" after round {of_round}" if of_round else ""


def _words(
    result: Result,
    run: tuple[int, int] | None,
    before: int | None,
    year: int | None,
    unsaid: str,
    scale: Scale,
) -> Iterator[str]:
    """All that is drawn of a descriptor, for whoever does not see the drawing."""
    if result.stands is None:
        yield unsaid
        if result.median is not None:
            yield f"middle score {score_mark(result.median, scale)}{after(result.of_round)}"
    elif result.covered_by:
        yield result.stands
    else:
        yield f"{result.stands}, {HOW[_standing(result)]}"
    if run is not None:
        yield _ran(run, scale, result.of_round)
    if before is not None:
        yield f"{score_mark(before, scale)} in {year}"


def _stretch(title: str, spots: Sequence[Spot]) -> Stretch:
    scored = [spot.score for spot in spots if spot.score is not None]
    scales = {spot.marks for spot in spots}
    has_mean = len(scales) == 1 and spots[0].numbers
    said = mean_of(scored) if has_mean else None
    mean = sum(scored) / len(scored) if said else None
    return Stretch(title=title, spots=tuple(spots), mean=mean, mean_said=said, scored=len(scored))


# -- the sentences -----------------------------------------------------------------------------
def _sentences(
    spots: Sequence[Spot], stretches: Sequence[Stretch], trend: Trend | None, unsaid: str
) -> Iterator[str]:
    yield _how_many(spots, unsaid)
    yield from _lowest([spot for spot in spots if spot.place is not None])
    yield from _sections(stretches)
    yield from _apart([spot for spot in spots if spot.width is not None], len(spots))
    yield from _since(trend)


def _how_many(spots: Sequence[Spot], unsaid: str) -> str:
    are = Counter(spot.standing for spot in spots)
    not_needed = f", {are['not needed']} not needed" if are["not needed"] else ""
    return (
        f"{count(len(spots), 'descriptor')}: {are['agreed']} agreed, {are['by hand']} settled by the "
        f"coordinator, {are['open']} {unsaid}{not_needed}."
    )


def _lowest(scored: Sequence[Spot]) -> Iterator[str]:
    """Those at the lowest place of their scale that anything stands at."""
    places = {spot.place for spot in scored}
    if not places:
        return
    least = min(place for place in places if place is not None)
    low = [spot for spot in scored if spot.place == least]
    if len(places) == 1 and len(scored) > 1 and len({spot.said for spot in low}) == 1:
        yield f"All that have a score stand at {low[0].said}."
        return
    at = {spot.said: [one for one in low if one.said == spot.said] for spot in low}
    rows = "; ".join(f"{_named(those)} at {said}" for said, those in at.items())
    yield f"Lowest: {rows}."


def _sections(stretches: Sequence[Stretch]) -> Iterator[str]:
    """The sections with the lowest and the highest mean, where they can be set side by side."""
    means = [one for one in stretches if one.mean is not None]
    if len({one.spots[0].marks for one in means}) != 1 or len({one.mean_said for one in means}) < 2:
        return
    low, high = (pick(means, key=lambda one: one.mean or 0) for pick in (min, max))
    yield (
        f"By section, the mean runs from {low.mean_said} ({low.title}) to {high.mean_said} "
        f"({high.title})."
    )


def _apart(told: Sequence[Spot], of: int) -> Iterator[str]:
    """Those whose answers lie widest apart, of those whose answers are shown."""
    among = f", of the {len(told)} whose answers are shown" if len(told) < of else ""
    widest = max((spot.width or 0 for spot in told), default=None)
    if widest is None:
        return
    if not widest:
        yield f"Nobody stood apart{among}."
        return
    wide = [spot for spot in told if spot.width == widest]
    ran = {spot.ran: [one for one in wide if one.ran == spot.ran] for spot in wide}
    rows = "; ".join(f"{_named(those)}, {ran}" for ran, those in ran.items())
    yield f"Widest apart{among}: {rows}."


def _named(spots: Sequence[Spot]) -> str:
    """Descriptors in a row: their names while they are few, and how many more there are."""
    first = [spot.title for spot in spots[:MOST]]
    rest = len(spots) - len(first)
    *before, last = (*first, f"{rest} more") if rest else first
    return f"{', '.join(before)} and {last}" if before else last


def _since(trend: Trend | None) -> Iterator[str]:
    if trend is None:
        return
    if not trend.comparable:
        yield f"{trend.year} was scored under another guide, so nothing is set against it here."
        return
    changes = Counter(row.change.partition(" ")[0] for row in trend.rows)
    yield (
        f"Since {trend.year}: {changes['up']} up, {changes['down']} down, {changes['as']} the same."
    )
