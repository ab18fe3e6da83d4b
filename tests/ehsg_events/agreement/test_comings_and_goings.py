"""Whether an outcome is told beside earlier counts is decided by what everybody knows."""

from __future__ import annotations

import pytest

from ehsg_events.agreement.comings_and_goings import outcome_tells_nobody
from ehsg_events.agreement.consensus import yardstick
from ehsg_events.values.policy import Rule

FOUR, SIX = yardstick(0, 3), yardstick(0, 5)
SIX_TENTHS = Rule(name="six tenths", agreed_share=0.6)


def test_an_outcome_is_told_where_whoever_left_may_have_said_several_things() -> None:
    """Of ten people close together, without one of them."""
    assert outcome_tells_nobody((2, 2, 2, 2, 3, 3, 3, 3, 3, 3), 1, 0, SIX, Rule())


def test_an_outcome_waits_that_only_one_answer_of_a_newcomer_could_bring() -> None:
    """After 3, 3, 4, 5 and 5 a sixth person who says 4 or does not know makes it 4; 3 does not."""
    assert not outcome_tells_nobody((3, 3, 4, 5, 5), 0, 1, SIX, Rule())


def test_an_outcome_waits_if_it_tells_of_one_where_it_is_known_who_gave_no_score() -> None:
    """Two of eight left, of whom one gave no score; somebody who stayed said 3, and knows it.

    That the others agree on 1 still is only so if the other who left had said 2.
    """
    counted = (0, 0, 1, 1, 2, 2, 3)
    assert not outcome_tells_nobody(counted, 2, 0, FOUR, SIX_TENTHS, unscored=1)


@pytest.mark.parametrize(("went", "came"), [(3, 0), (0, 3), (3, 3)])
def test_an_outcome_waits_where_more_came_or_went_than_are_tried(went: int, came: int) -> None:
    """Whatever they said."""
    assert not outcome_tells_nobody((2, 2, 2, 2, 3, 3, 3, 3, 3, 3), went, came, SIX, Rule())


def test_an_outcome_waits_where_people_weigh_apart() -> None:
    """Counts beside what agencies weigh are a leak."""
    by_agency = Rule(name="by agency", weights="agencies")
    assert not outcome_tells_nobody((2, 2, 2, 2, 3, 3, 3, 3, 3, 3), 1, 0, SIX, by_agency)
