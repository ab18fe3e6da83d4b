"""What a verdict counts: people or agencies, and a quorum to the very share."""

from __future__ import annotations

import pytest

from ehsg_events.agreement.consensus import Heard, Score, has_quorum, judge, yardstick
from ehsg_events.values.policy import Rule

YARD = yardstick(0, 5)


def heard(*scores: tuple[str, int], invited: int | None = None, agencies: int = 1) -> Heard:
    """What a panel has said, agency by agency; everybody has spoken unless more were asked."""
    given = tuple(Score(score, agency) for agency, score in scores)
    return Heard(given, 0, invited or len(given), agencies)


def test_where_agencies_count_once_a_large_one_does_not_carry_the_rest() -> None:
    """Seven of eight people agree, but only two of three agencies."""
    said = heard(*[("A", 3)] * 6, ("B", 3), ("C", 0), agencies=3)
    assert judge(said, YARD, Rule(weights="people")) == ("agreed", 3)
    assert judge(said, YARD, Rule(weights="agencies")) == ("not_agreed", 3)


@pytest.mark.parametrize(
    ("rule", "enough", "one_more"),
    [
        (Rule(quorum_scores=2, quorum_invited=0.5, quorum_agencies=0.1), (4, 1), (5, 1)),
        (Rule(quorum_scores=2, quorum_invited=0.1, quorum_agencies=0.5), (2, 4), (2, 5)),
    ],
    ids=["people", "agencies"],
)
def test_exactly_the_share_that_the_rule_asks_for_is_a_quorum(
    rule: Rule, enough: tuple[int, int], one_more: tuple[int, int]
) -> None:
    """Two have scored; with one more person, or agency, who is asked and silent it is none."""
    said = ("A", 3), ("B", 3)
    quorums = [
        has_quorum(heard(*said, invited=invited, agencies=agencies), rule)
        for invited, agencies in (enough, one_more)
    ]
    assert quorums == [True, False]


def test_exactly_as_many_scores_as_the_rule_asks_for_are_enough() -> None:
    """One fewer is too few to speak of agreement."""
    said, rule = (("A", 3), ("B", 3)), Rule(quorum_invited=0.1, quorum_agencies=0.1)
    assert judge(heard(*said), YARD, rule.model_copy(update={"quorum_scores": 2}))[0] == "agreed"
    assert judge(heard(*said), YARD, rule.model_copy(update={"quorum_scores": 3}))[0] == "too_few"
