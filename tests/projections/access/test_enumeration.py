"""Nobody's score can be worked out from what the board is told: by trying out every panel.

The whole of it is `tests/long/inference.py`; here are the smaller panels.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable

import pytest
from support.inference.enumeration import (
    Group,
    Panel,
    alike,
    by_agency,
    certain,
    exchanged,
    fed_back,
    heard_once,
    joined,
    joined_twice,
    left,
    panels,
    partitions,
    scale_of,
)

from ehsg_events.agreement.consensus import Score, agency_median
from ehsg_events.values.policy import Rule

PEOPLE, AGENCIES = Rule(), Rule(name="by-agency", weights="agencies")
AT_LEAST_TWO = "everybody but the reader is left two possible scores"


def exposed(groups: list[Group], levels: int, rule: Rule) -> int:
    """How many people are left one score, over all that can be seen, settled by hand or not."""
    scale = scale_of(levels)
    return sum(
        len(list(certain(alike(groups, scale, rule, settled=settled)))) for settled in (False, True)
    )


@pytest.mark.parametrize("levels", [2, 3, 4, 5, 6])
def test_one_close_leaves_everybody_two_scores(levels: int) -> None:
    """Of one to six people, of several agencies or one, whatever the reader answered."""
    for people in range(1, 7):
        for agency in (None, "Police"):
            assert exposed(heard_once(people, levels, agency), levels, PEOPLE) == 0, AT_LEAST_TWO


@pytest.mark.parametrize("levels", [2, 3, 4])
def test_every_agency_counting_once_leaves_everybody_two_scores(levels: int) -> None:
    """However up to five people are divided among agencies."""
    for people in range(1, 6):
        for sizes in partitions(people):
            assert exposed(by_agency(sizes, levels), levels, AGENCIES) == 0, AT_LEAST_TWO


@pytest.mark.parametrize("agreed_share", [0.51, 0.6, 0.9, 1.0])
def test_no_rule_of_agreement_leaves_one_score(agreed_share: float) -> None:
    """However much of a panel must stand close."""
    rule = Rule(name="own", agreed_share=agreed_share)
    for levels in (3, 4):
        for people in range(1, 8):
            assert exposed(heard_once(people, levels), levels, rule) == 0, AT_LEAST_TWO


@pytest.mark.parametrize(
    "groups",
    [
        fed_back(3, 3),
        fed_back(5, 3),
        joined(3, 1, 4),
        joined(3, 2, 4),
        joined(4, 1, 4),
        joined(5, 1, 4),
        joined(5, 3, 3),
        left(3, 1, 4),
        left(5, 1, 4),
        left(5, 3, 3),
        left(5, 4, 4),
        exchanged(3, 3, 3, 3),
        joined_twice(5, 1, 1, 3),
        joined_twice(5, 3, 3, 3),
        joined_twice(5, 1, 3, 3),
        joined_twice(9, 1, 4, 2),
        fed_back(5, 2),
        joined(6, 2, 3),
    ],
)
def test_two_closes_leave_everybody_two_scores(groups: list[Group]) -> None:
    """After a feedback round, a reopening or a withdrawal, at each of the moments."""
    levels = len({letter[0] for letter in groups[0].letters})
    assert exposed(groups, levels, PEOPLE) == 0, AT_LEAST_TWO


def naive(groups: list[Group], look: Callable[[Panel], object]) -> int:
    """How many are left one score by something that is not our rule."""
    classes: defaultdict[object, list[Panel]] = defaultdict(list)
    for panel in panels(groups):
        classes[look(panel)].append(panel)
    return len(list(certain(classes)))


def counts_and_vote(panel: Panel) -> object:
    """Scores counted by people beside the middle of one vote for each agency."""
    scores = [
        Score(int(letter[0] or 0), str(agency))
        for agency, letters in enumerate(panel)
        for letter in letters
    ]
    return tuple(sorted(Counter(score.score for score in scores).items())), agency_median(scores)


def test_the_enumeration_finds_the_leaks_it_is_to_find() -> None:
    """Unanimous counts, and counts beside a weighted middle, leave somebody one score."""
    assert naive(heard_once(5, 4), lambda panel: tuple(sorted(panel[0]))) > 0
    assert naive(by_agency((2, 2, 1), 4), counts_and_vote) > 0


def counts_twice(panel: Panel) -> object:
    """How many said what at each of two closes."""
    closes = [[letter[at] for letters in panel for letter in letters] for at in (0, 1)]
    return tuple(tuple(sorted(map(str, close))) for close in closes)


def test_the_enumeration_finds_a_late_joiner() -> None:
    """Counts before and after are the newcomer's score."""
    assert naive(joined(5, 1, 3), counts_twice) > 0
