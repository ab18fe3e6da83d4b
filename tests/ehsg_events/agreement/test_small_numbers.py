"""What may be told of a close beside an earlier one: by who came and went, whom everybody knows."""

from __future__ import annotations

import pytest

from ehsg_events.agreement.consensus import Heard, Score, Yardstick, judge, yardstick
from ehsg_events.agreement.disclosure import NOTHING
from ehsg_events.agreement.small_numbers import Measured, Told, Voice, Voices, told
from ehsg_events.values.policy import Rule

RULE, SIX = Rule(), yardstick(0, 5)
TEN = "2233334445"


def voices(said: str) -> Voices:
    """What people of three agencies said, a digit each; a hyphen for whoever is not heard."""
    return frozenset(
        Voice(f"{'abc'[n % 3]}-{n}", "abc"[n % 3], int(one))
        for n, one in enumerate(said)
        if one != "-"
    )


def measured(said: str, yard: Yardstick) -> Measured:
    """A close of them."""
    heard = voices(said)
    scores = tuple(Score(int(one.said), one.agency) for one in heard)
    return Measured(heard, *judge(Heard(scores, 0, len(scores), 3), yard, RULE))


def told_of(*closes: str, yard: Yardstick = SIX) -> list[Told]:
    """What may be told of each."""
    return told([measured(said, yard) for said in closes], yard, RULE)


@pytest.mark.parametrize(
    ("first", "then"),
    [("01234005", "01234---"), ("00012345", "00012---"), ("00041325", "000-1-2-")],
)
def test_where_somebody_left_no_figures_are_told_of_many_minds_or_few(
    first: str, then: str
) -> None:
    """Were figures told only if those who left are of three minds, that none are would tell as much.

    Of 0, 0, 0, 1, 2, 3, 4 and 5 three leave, one of whom had said 1 and knows it: were they not of
    three minds, the other two must have said 0.
    """
    before, after = told_of(first, then)
    assert before.counts
    assert after == Told(NOTHING)


def test_of_ten_people_the_counts_and_the_outcome_are_told() -> None:
    """Nothing stands beside them yet."""
    assert [one.disclosure for one in told_of(TEN)] == [("counts", True)]


@pytest.mark.parametrize("now", ["000001", "000000", "000011"])
def test_what_few_agree_on_at_an_end_is_not_told_to_who_joined(now: str) -> None:
    """On three levels, where near is the same level: who joined and said 1 would know all others.

    The five were not of one mind before, but may have changed theirs.
    """
    assert [one.disclosure for one in told_of("00011", now, yard=yardstick(0, 2))] == [
        ("counts", True),
        ("none", False),
    ]


@pytest.mark.parametrize("late", "012345")
def test_of_ten_people_and_one_who_joins_the_outcome_is_told(late: str) -> None:
    """Whatever the one says; the earlier counts stay."""
    assert [one.disclosure for one in told_of(TEN, TEN + late)] == [
        ("counts", True),
        ("none", True),
    ]


def test_of_ten_people_and_three_of_many_minds_who_join_the_counts_are_told() -> None:
    """Their difference to the earlier ones is nobody's answer."""
    assert [one.disclosure.figures for one in told_of(TEN, TEN + "234")] == ["counts", "counts"]
