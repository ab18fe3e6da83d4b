"""Whether an adopted outcome may be told beside the counts of an earlier close. Pure.

Those who joined or left since are known and few. Everything they may have said is tried out, without
looking at what they did say; only if no outcome that could come of it leaves anybody one score is
the outcome told, so that its absence tells nothing either. Nor may it for a reader who has heard
which of these people gave no score. That those who stayed may have changed their mind is left to
`agreement_may_be_told`, which the outcome has to pass as if nothing stood beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations_with_replacement

from ehsg_events.agreement.consensus import Score, Yardstick, median, verdict
from ehsg_events.agreement.disclosure import AGREED, LEAST_SCORES
from ehsg_events.values.policy import Rule

MOST_KEPT = 512  # of these it is remembered what came of it
MOST_TRIED = 2  # people who joined, and as many who left
Scores = tuple[int | None, ...]  # none: they gave no score
Groups = tuple[Scores, Scores, Scores]  # who stayed, who left, who joined


@lru_cache(MOST_KEPT)
def outcome_tells_nobody(
    counted: tuple[int, ...],
    went: int,
    came: int,
    yard: Yardstick,
    rule: Rule,
    *,
    unscored: int = 0,
) -> bool:
    """Whether what the rule adopts without some people and with others may be told.

    Args:
        counted: the scores of the earlier close, of which the counts were told, lowest first.
        went: how many of those have left.
        came: how many have joined, each with a score or without one.
        yard: what near and far mean on the scale.
        rule: every person counts once.
        unscored: how many more were heard at the earlier close, and gave no score.
    """
    few = went <= MOST_TRIED and came <= MOST_TRIED and len(counted) - went >= LEAST_SCORES
    if rule.weights != "people" or not few:
        return False
    alike: defaultdict[Hashable, list[Groups]] = defaultdict(list)
    known: Counter[int | None] = Counter(counted)
    known[None] = unscored
    for groups in _tried(known, went, came, yard):
        silent = tuple(scores.count(None) for scores in groups)
        alike[silent, _adopts((*groups[0], *groups[2]), yard, rule)].append(groups)
    return not any(map(_leaves_one_score, alike.values()))


def _tried(counted: Counter[int | None], went: int, came: int, yard: Yardstick) -> Iterator[Groups]:
    levels = (None, *range(yard.lowest, yard.highest + 1))
    for left in combinations_with_replacement(counted, went):
        if Counter(left) <= counted:
            stayed = tuple((counted - Counter(left)).elements())
            yield from (
                (stayed, left, joined) for joined in combinations_with_replacement(levels, came)
            )


def _adopts(said: Scores, yard: Yardstick, rule: Rule) -> float | None:
    """The level that a panel agrees on; none where it does not, or its middle is no level."""
    scores = [score for score in said if score is not None]
    middle, heard = median(scores), [Score(score, "") for score in scores]
    agrees = verdict(heard, middle, yard, rule) in AGREED
    return middle if agrees and middle == int(middle) else None


def _leaves_one_score(every: Sequence[Groups]) -> bool:
    """Whether somebody's score is the same in all these panels, for a stranger or one of them."""
    known: defaultdict[tuple[int, int | None] | None, list[Groups]] = defaultdict(list)
    for groups in every:
        known[None].append(groups)
        for place, scores in enumerate(groups):
            for score in set(scores):
                known[place, score].append(_without(groups, place, score))
    return any(_is_single(panel[place] for panel in panels) for panels in known.values()
               for place in range(3))  # fmt: skip


def _without(groups: Groups, place: int, score: int | None) -> Groups:
    """The groups without one person, who is their reader."""
    others = list(map(list, groups))
    others[place].remove(score)
    stayed, left, joined = map(tuple, others)
    return stayed, left, joined


def _is_single(groups: Iterable[Scores]) -> bool:
    """Whether some of a group gave a score, and all of them can have given one only."""
    return len({score for scores in groups for score in scores if score is not None}) == 1
