"""How far a panel stood apart after each closed round, and where its agencies stood."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from ehsg_events.agreement.consensus import median
from projections.facts.view import View
from projections.folded.members import members
from projections.folded.once import once
from projections.folded.standing import Standing, stands_by_item


class Standpoint(NamedTuple):
    """A closed round of the panel's own, a descriptor, an agency, and where its scores stood."""

    round: int
    item: str
    agency: str
    n: int
    low: int
    median: float
    high: int


class Disagreement(NamedTuple):
    """A closed round of the panel's own, a descriptor with two scores or more, and how far apart.

    `spread` is the mean distance of scores from the middle score as a share of the scale; `gap` is
    the distance between the lowest and the highest of the agencies' own middle scores.
    """

    round: int
    item: str
    n: int
    low: int
    high: int
    spread: float
    gap: float


@once
def standpoints(view: View) -> list[Standpoint]:
    """Where each agency's own scores stood."""
    rows = []
    for (number, item), stands in stands_by_item(view).items():
        by_agency: defaultdict[str, list[int]] = defaultdict(list)
        for person, row in stands.items():
            if row.score is not None and person in members(view):
                by_agency[members(view)[person].agency].append(row.score)
        rows += [
            Standpoint(number, item, agency, len(s), min(s), median(s), max(s))
            for agency, s in by_agency.items()
        ]
    return rows


@once
def disagreement(view: View) -> list[Disagreement]:
    """Every descriptor with two scores or more after each round, the widest apart first."""
    middles: defaultdict[tuple[int, str], list[float]] = defaultdict(list)
    for row in standpoints(view):
        middles[row.round, row.item].append(row.median)
    rows = [
        _apart(view, number, item, scores, middles[number, item])
        for (number, item), stands in stands_by_item(view).items()
        if len(scores := _scores(stands)) > 1 and item in view.guide.descriptors
    ]
    return sorted(rows, key=lambda row: (row.round, -row.spread, row.low - row.high, -row.gap))


def _scores(stands: dict[str, Standing]) -> list[int]:
    return [row.score for row in stands.values() if row.score is not None]


def _apart(
    view: View, number: int, item: str, scores: list[int], middles: list[float]
) -> Disagreement:
    scale, middle = view.guide.scale_of(item), median(scores)
    distance = sum(abs(score - middle) for score in scores) / len(scores)
    return Disagreement(
        number,
        item,
        len(scores),
        min(scores),
        max(scores),
        distance / (scale.highest - scale.lowest),
        max(middles) - min(middles),
    )
