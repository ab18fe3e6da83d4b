"""What the measure of one descriptor tells a reader who must learn nobody's answer. Pure.

The reader may be on the panel and know their own answer. The bounds are those at which, by
enumeration, every other person is left two possible scores: `decisions/0034` and `tests/long`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from ehsg_events.agreement.consensus import Score, Yardstick
from ehsg_events.values.measure import Tells, Verdict
from ehsg_events.values.policy import Rule

LEAST_SCORES = 5
LEAST_AGENCIES = 3
SPARED = 2  # scores off the level that nearly all chose, of which nothing is told
AGREED = ("agreed", "agreed_with_minority")


class Judged(NamedTuple):
    """The scores of a descriptor, its verdict and middle score, and by what they were judged."""

    scores: Sequence[Score]
    verdict: Verdict
    middle: float | None
    yard: Yardstick
    rule: Rule


class Disclosure(NamedTuple):
    """What of one measure may be told.

    `figures` are the people on each level ("counts"), or only which level all but two at most chose
    ("mode"), or only the middle score that every agency's one vote made ("middle"). `agreement` is
    whether the panel agreed, and with it the outcome that the rule adopted.
    """

    figures: Tells
    agreement: bool


NOTHING = Disclosure("none", agreement=False)


def are_enough(scores: Sequence[Score]) -> bool:
    """Whether figures may rest on some scores: enough of them, of enough agencies."""
    return len(scores) >= LEAST_SCORES and len({s.agency for s in scores}) >= LEAST_AGENCIES


def disclosed(judged: Judged) -> Disclosure:
    """What may be told of a measure that nothing was told of before."""
    scores, agreed = judged.scores, agreement_may_be_told(judged)
    if not are_enough(scores):
        return Disclosure("none", agreed)
    if weighs_apart(scores, judged.rule):
        return Disclosure("middle" if agreed else "none", agreed)
    if _nearly_all_alike(Counter(score.score for score in scores), judged.yard):
        return Disclosure("mode", _two_do_not_decide(judged) and _one_may_be_far(judged))
    return Disclosure("counts", agreement=True)


def _nearly_all_alike(counts: Counter[int], yard: Yardstick) -> bool:
    """Whether all, or all but one, chose one level; or all but two unlike ones, one a level off it.

    Were only the first two kept together, whoever stood alone would know what all others said. With
    the third they do not, whatever their own score. Of two levels no two can be unlike.
    """
    (mode, most), *others = counts.most_common()
    apart = counts.total() - most
    beside = any(abs(level - mode) == 1 for level, _ in others)
    unlike = len(others) == SPARED and beside
    return apart < SPARED or (apart == SPARED and (unlike or _has_two_levels(yard)))


def _has_two_levels(yard: Yardstick) -> bool:
    return yard.highest - yard.lowest == 1


def may_compare(judged: Judged, outcome: int) -> bool:
    """Whether an outcome settled by hand may be called higher or lower than the middle score.

    It may if the middle score itself could be told, for an outcome settled again and again tells it.
    One that lies between two levels because agencies weigh exactly half may have a single cause.
    """
    scores, yard = judged.scores, judged.yard
    if weighs_apart(scores, judged.rule):
        return False
    beside_an_end = outcome in (yard.lowest + 1, yard.highest - 1)
    return len(scores) >= LEAST_SCORES or (len(scores) == 4 and not beside_an_end)


def may_be_inferred(judged: Judged) -> bool:
    """Whether anything at all could be told of a measure, so that its absence tells something."""
    if are_enough(judged.scores) and not weighs_apart(judged.scores, judged.rule):
        return True
    adopts = judged.verdict not in ("too_few", "no_quorum")
    return adopts and (_is_free(judged) or _is_free_between(judged))


def adopts_a_level(judged: Judged) -> bool:
    """Whether the rule adopts an outcome: the panel agrees, and its middle score is a level."""
    middle = judged.middle
    return judged.verdict in AGREED and middle is not None and middle == int(middle)


def agreement_may_be_told(judged: Judged) -> bool:
    """Whether a level that the rule would adopt leaves everybody two possible scores.

    Two people, the reader and another, must be free to differ from all others unnoticed. At an end
    of the scale or where near is the same level they need room; between the ends the others may lie
    on both sides.
    """
    middle = judged.middle
    if middle is None or not adopts_a_level(judged):
        return False
    between = judged.yard.lowest < middle < judged.yard.highest
    return _is_free(judged) or (between and _is_free_between(judged))


def _is_free(judged: Judged) -> bool:
    """Whether no two people make half of the weight, and two may be off a level that is agreed."""
    two = sum(_heaviest(judged.scores, judged.rule, 2))
    return 2 * two < 1 and _two_do_not_decide(judged)


def _is_free_between(judged: Judged) -> bool:
    """Whether nobody alone makes half of the weight, and others may lie on both sides of a level."""
    return judged.yard.near > 0 and 2 * _heaviest(judged.scores, judged.rule, 1)[0] < 1


def _two_do_not_decide(judged: Judged) -> bool:
    """Whether a panel agrees on a level though two of it are off it, and are no camp."""
    rule, two = judged.rule, sum(_heaviest(judged.scores, judged.rule, SPARED))
    are_a_camp = _has_two_levels(judged.yard) and rule.camp_share * len(judged.scores) <= SPARED
    return judged.yard.near > 0 or (float(1 - two) >= rule.agreed_share and not are_a_camp)


def _one_may_be_far(judged: Judged) -> bool:
    """Whether a panel agrees on a level though one of it is far off."""
    return float(1 - _heaviest(judged.scores, judged.rule, 1)[0]) >= judged.rule.agreed_share


def weighs_apart(scores: Sequence[Score], rule: Rule) -> bool:
    """Whether some people weigh more than others, so that counts beside the middle are a leak."""
    if rule.weights == "people":
        return False
    return len(set(Counter(score.agency for score in scores).values())) > 1


def _heaviest(scores: Sequence[Score], rule: Rule, many: int) -> list[Fraction]:
    """The largest shares of the whole weight that single people have; all of it without scores."""
    if not scores:
        return [Fraction(1)]
    if rule.weights == "people":
        return [Fraction(1, len(scores))] * min(many, len(scores))
    sizes = Counter(score.agency for score in scores)
    smallest = sorted(sizes[score.agency] for score in scores)[:many]
    return [Fraction(1, len(sizes) * size) for size in smallest]
