"""Whose turn it is: who waits has none before their time, and nobody has two at once."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from support.area import OPENS

from bots.delivery.turns import ENDED_BY_AN_ACT, Cause, Turns

ADA, BEN = (UUID(int=1), "police-1"), (UUID(int=1), "health-1")
SOON = OPENS + timedelta(seconds=9)


@pytest.mark.parametrize("cause", ["held", "leased", "told", "refused", "unsure", "down"])
def test_who_waits_has_no_turn_before_the_time_and_one_then(cause: Cause) -> None:
    """Though they had one coming when it was said that they wait."""
    turns = Turns()
    turns.add(ADA, acted=False)
    turns.wait(ADA, SOON, cause)
    assert turns.take(OPENS) is None
    assert turns.next_time() == SOON
    assert turns.take(SOON) == ADA
    turns.done(ADA)
    assert turns.take(SOON) is None


def test_who_acts_comes_before_who_is_only_told_something() -> None:
    """However long the others have been there."""
    turns = Turns()
    turns.add(BEN, acted=False)
    turns.add(ADA, acted=True)
    assert [turns.take(OPENS), turns.take(OPENS)] == [ADA, BEN]


@pytest.mark.parametrize("cause", ["held", "leased", "told", "refused", "unsure", "down"])
def test_an_act_ends_the_pause_after_a_message_that_was_not_taken(cause: Cause) -> None:
    """Not the time that the surface asked for, nor an outage."""
    turns = Turns()
    turns.wait(ADA, SOON, cause)
    turns.add(ADA, acted=True)
    ends = cause in (*ENDED_BY_AN_ACT, "held", "leased")
    assert turns.take(OPENS) == (ADA if ends else None)


def test_the_end_of_an_outage_gives_a_turn_to_all_who_waited_for_it_and_to_nobody_else() -> None:
    """Who was told to wait still does."""
    turns = Turns()
    turns.wait(ADA, SOON, "down")
    turns.wait(BEN, SOON, "told")
    turns.release(("down", "unsure"))
    assert (turns.take(OPENS), turns.take(OPENS)) == (ADA, None)


def test_nobody_has_a_second_turn_before_the_first_is_done() -> None:
    """Two threads would send the same."""
    turns = Turns()
    turns.add(ADA, acted=True)
    assert turns.take(OPENS) == ADA
    turns.add(ADA, acted=True)
    assert turns.take(OPENS) is None
    turns.done(ADA)
    assert turns.take(OPENS) == ADA
