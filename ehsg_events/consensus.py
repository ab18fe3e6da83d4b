"""Agreement as arithmetic: pure, under a named rule, and computed a second time in SQL.

Definitions follow the published conventions of panel studies: the median is the midpoint of the
two middle scores, quartiles are type 7 (Hyndman and Fan 1996), agreement is the share within one
level of the median (RAND/UCLA manual 2001).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Literal, NamedTuple

from ehsg_events.kernel import Frozen
from ehsg_events.rules import Rule

Verdict = Literal[
    "too_few", "no_quorum", "two_camps", "agreed", "agreed_with_minority", "not_agreed"
]


class Measure(Frozen):
    """Agreement on one descriptor, as measured when a round closed.

    `median` follows the rule's weights; `within_one` counts people, never weights; `counts` are
    people by level, lowest first.
    """

    item: str
    n: int
    dont_know: int
    invited: int
    median: float | None
    low: int | None
    high: int | None
    within_one: int
    verdict: Verdict
    counts: tuple[int, ...] = ()
    agencies: int = 0


class Yardstick(NamedTuple):
    """A scale's lowest and highest score, how near is near on it and how far is far."""

    lowest: int
    highest: int

    near: int
    low_camp: int
    high_camp: int
    far: int


class Score(NamedTuple):
    """One person's standing score and the agency they speak for."""

    score: int
    agency: str


class Heard(NamedTuple):
    """All that is known of one descriptor when a round closes."""

    scores: tuple[Score, ...]
    dont_know: int
    invited: int
    agencies_invited: int


def yardstick(lowest: int, highest: int) -> Yardstick:
    """Near, camps and far for a scale.

    A camp is the lowest or highest third of the levels, far is half the scale or more: on 0 to 5
    that is 0-1, 4-5 and 3 apart. On fewer than four levels only the same level is near.
    """
    levels = highest - lowest + 1
    camp = max(1, levels // 3)
    return Yardstick(
        lowest=lowest,
        highest=highest,
        near=1 if levels >= 4 else 0,
        low_camp=lowest + camp - 1,
        high_camp=highest - camp + 1,
        far=max(1, ceil((levels - 1) / 2)),
    )


def quantile(values: Sequence[float], share: float) -> float:
    """Type 7 quantile: linear between the two nearest of the sorted values."""
    ranked = sorted(values)
    place = Fraction(share) * (len(ranked) - 1)
    below = floor(place)
    above = min(below + 1, len(ranked) - 1)
    return float(ranked[below] + (place - below) * Fraction(ranked[above] - ranked[below]))


def median(values: Sequence[float]) -> float:
    """The middle score, or the midpoint of the two middle scores."""
    return quantile(values, 0.5)


def agency_weights(scores: Sequence[Score]) -> list[Fraction]:
    """Each agency counts once: every score weighs 1 / (scores of its agency)."""
    voices = Counter(score.agency for score in scores)
    return [Fraction(1, voices[score.agency]) for score in scores]


def agency_median(scores: Sequence[Score]) -> float:
    """The weighted median with every agency counting once; the midpoint on an exact half."""
    weighted = sorted(zip(scores, agency_weights(scores), strict=True))
    half = sum((weight for _, weight in weighted), Fraction(0)) / 2
    below = Fraction(0)
    for place, (score, weight) in enumerate(weighted):
        below += weight
        if below == half:
            return (score.score + weighted[place + 1][0].score) / 2
        if below > half:
            return float(score.score)
    raise AssertionError("unreachable: the weights add up to twice their half")


def within(scores: Sequence[Score], middle: float, near: float) -> int:
    """How many people stand no further than `near` levels from the middle."""
    return sum(abs(score.score - middle) <= near for score in scores)


def agency_share_within(scores: Sequence[Score], middle: float, near: float) -> float:
    """The share within `near` of the middle, every agency counting once."""
    weights = agency_weights(scores)
    close = [abs(score.score - middle) <= near for score in scores]
    return float(sum(w for w, c in zip(weights, close, strict=True) if c) / sum(weights))


def middle_score(scores: Sequence[Score], rule: Rule) -> float | None:
    """The median under the rule's weights, none without scores."""
    if not scores:
        return None
    if rule.weights == "agencies":
        return agency_median(scores)
    return median([score.score for score in scores])


def has_quorum(heard: Heard, rule: Rule) -> bool:
    """Enough scores, from enough of those invited, from enough of their agencies."""
    agencies = len({score.agency for score in heard.scores})
    return (
        len(heard.scores) >= rule.quorum_scores
        and len(heard.scores) >= rule.quorum_invited * heard.invited
        and agencies >= rule.quorum_agencies * heard.agencies_invited
    )


def verdict(scores: Sequence[Score], middle: float, yard: Yardstick, rule: Rule) -> Verdict:
    """Agreed, split or neither, for a panel large enough to speak of agreement.

    Camps and minorities count people whatever the weights: they are voices, not votes.
    """
    n = len(scores)
    low = sum(score.score <= yard.low_camp for score in scores)
    high = sum(score.score >= yard.high_camp for score in scores)
    far = sum(abs(score.score - middle) >= yard.far for score in scores)
    if min(low, high) >= max(2, rule.camp_share * n):
        return "two_camps"
    by_agency = rule.weights == "agencies"
    near = within(scores, middle, yard.near) / n
    share = agency_share_within(scores, middle, yard.near) if by_agency else near
    if share < rule.agreed_share:
        return "not_agreed"
    return "agreed_with_minority" if far >= max(2, rule.minority_share * n) else "agreed"


def measure(item: str, heard: Heard, yard: Yardstick, rule: Rule) -> Measure:
    """Measure one descriptor under a rule: figures first, then the verdict."""
    scores = heard.scores
    middle = middle_score(scores, rule)
    if middle is None or len(scores) < rule.quorum_scores:
        said: Verdict = "too_few"
    elif not has_quorum(heard, rule):
        said = "no_quorum"
    else:
        said = verdict(scores, middle, yard, rule)
    return Measure(
        item=item,
        n=len(scores),
        dont_know=heard.dont_know,
        invited=heard.invited,
        median=middle,
        low=min((score.score for score in scores), default=None),
        high=max((score.score for score in scores), default=None),
        within_one=0 if middle is None else within(scores, middle, yard.near),
        verdict=said,
        counts=tuple(
            sum(score.score == level for score in scores)
            for level in range(yard.lowest, yard.highest + 1)
        ),
        agencies=len({score.agency for score in scores}),
    )


class Change(NamedTuple):
    """What became of people's scores between two rounds, person by person."""

    n: int
    moved: int
    mean_abs_change: float


def change(before: Sequence[float], after: Sequence[float]) -> Change:
    """Stability: how many changed and by how much, only of people in both rounds."""
    steps = [abs(b - a) for b, a in zip(before, after, strict=True)]
    return Change(len(steps), sum(step > 0 for step in steps), sum(steps) / len(steps))
