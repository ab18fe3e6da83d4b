"""Agreement as arithmetic, under a named rule. Pure; computed a second time in SQL.

Definitions follow the published conventions of panel studies: the median is the midpoint of the
two middle scores, quartiles are type 7 (Hyndman and Fan 1996), agreement is the share within one
level of the median (RAND/UCLA manual 2001).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor, lcm
from typing import NamedTuple

from ehsg_events.values.measure import Measure, Verdict
from ehsg_events.values.policy import Rule


class Yardstick(NamedTuple):
    """A scale's lowest and highest score, and what counts as near, as a camp and as far on it."""

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
    """All answers to one descriptor when a round closes."""

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
    rank = Fraction(share) * (len(ranked) - 1)
    below = floor(rank)
    above = min(below + 1, len(ranked) - 1)
    return float(ranked[below] + (rank - below) * Fraction(ranked[above] - ranked[below]))


def median(values: Sequence[float]) -> float:
    """The middle score, or the midpoint of the two middle scores."""
    ranked, many = sorted(values), len(values)  # by quantile it takes four times as long
    return (ranked[(many - 1) // 2] + ranked[many // 2]) / 2


def agency_weights(scores: Sequence[Score]) -> dict[int, int]:
    """The weight on each score if every agency counts once, in whole numbers, lowest score first.

    Every person weighs 1 / (scores of their agency), scaled so that all weights are whole.
    """
    voices = Counter(score.agency for score in scores)
    whole = lcm(*voices.values())
    weights: Counter[int] = Counter()
    for score, people in Counter(scores).items():
        weights[score.score] += people * (whole // voices[score.agency])
    return dict(sorted(weights.items()))


def agency_median(scores: Sequence[Score]) -> float:
    """The weighted median with every agency counting once; the midpoint on an exact half."""
    weights = agency_weights(scores)
    levels, total, below = list(weights), sum(weights.values()), 0
    for index, score in enumerate(levels):
        below += weights[score]
        if 2 * below == total:
            return (score + levels[index + 1]) / 2
        if 2 * below > total:
            return float(score)
    raise AssertionError("unreachable: the weights add up to twice their half")


def within(scores: Sequence[Score], middle: float, near: float) -> int:
    """How many people stand no further than `near` levels from the middle."""
    return sum(abs(score.score - middle) <= near for score in scores)


def agency_share_within(scores: Sequence[Score], middle: float, near: float) -> float:
    """The share within `near` of the middle, every agency counting once."""
    weights = agency_weights(scores)
    close = sum(weight for score, weight in weights.items() if abs(score - middle) <= near)
    return close / sum(weights.values())


def middle_score(scores: Sequence[Score], rule: Rule) -> float | None:
    """The median under the rule's weights, none without scores."""
    if not scores:
        return None
    if rule.weights == "agencies":
        return agency_median(scores)
    return median([score.score for score in scores])


def has_quorum(heard: Heard, rule: Rule) -> bool:
    """Whether enough scores came from enough of those invited and enough of their agencies."""
    agencies = len({score.agency for score in heard.scores})
    return (
        len(heard.scores) >= rule.quorum_scores
        and len(heard.scores) >= rule.quorum_invited * heard.invited
        and agencies >= rule.quorum_agencies * heard.agencies_invited
    )


def verdict(scores: Sequence[Score], middle: float, yard: Yardstick, rule: Rule) -> Verdict:
    """Agreed, split or neither, for a panel large enough to speak of agreement.

    Camps and minorities count people, whatever the rule's weights.
    """
    n, people = len(scores), Counter(score.score for score in scores)
    low = sum(many for score, many in people.items() if score <= yard.low_camp)
    high = sum(many for score, many in people.items() if score >= yard.high_camp)
    far = sum(many for score, many in people.items() if abs(score - middle) >= yard.far)
    if min(low, high) >= max(2, rule.camp_share * n):
        return "two_camps"
    by_agency = rule.weights == "agencies"
    near = within(scores, middle, yard.near) / n
    share = agency_share_within(scores, middle, yard.near) if by_agency else near
    if share < rule.agreed_share:
        return "not_agreed"
    return "agreed_with_minority" if far >= max(2, rule.minority_share * n) else "agreed"


def judge(heard: Heard, yard: Yardstick, rule: Rule) -> tuple[Verdict, float | None]:
    """The verdict under a rule, quorum first, and the middle score."""
    middle = middle_score(heard.scores, rule)
    if middle is None or len(heard.scores) < rule.quorum_scores:
        return "too_few", middle
    if not has_quorum(heard, rule):
        return "no_quorum", middle
    return verdict(heard.scores, middle, yard, rule), middle


def measure(item: str, heard: Heard, yard: Yardstick, rule: Rule) -> Measure:
    """Measure one descriptor under a rule: its verdict and its figures."""
    scores = heard.scores
    called, middle = judge(heard, yard, rule)
    return Measure(
        item=item,
        n=len(scores),
        dont_know=heard.dont_know,
        invited=heard.invited,
        median=middle,
        low=min((score.score for score in scores), default=None),
        high=max((score.score for score in scores), default=None),
        within_one=0 if middle is None else within(scores, middle, yard.near),
        verdict=called,
        counts=tuple(
            sum(score.score == level for score in scores)
            for level in range(yard.lowest, yard.highest + 1)
        ),
        agencies=len({score.agency for score in scores}),
    )


class Change(NamedTuple):
    """How far people's scores changed between two rounds, person by person."""

    n: int
    moved: int
    mean_abs_change: float


def change(before: Sequence[float], after: Sequence[float]) -> Change:
    """Stability: how many people changed their score and by how much.

    Args:
        before: the scores of the people who gave one in both rounds.
        after: their later scores, in the same order.
    """
    steps = [abs(b - a) for b, a in zip(before, after, strict=True)]
    return Change(len(steps), sum(step > 0 for step in steps), sum(steps) / len(steps))
