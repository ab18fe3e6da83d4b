"""A paused round: nobody is chased, it does not close by itself, answers are still taken."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.area import CLOSES, OPENS, Area, words
from support.spec import given

from ehsg_events.commands import rounds
from ehsg_events.events import (
    DeadlineMoved,
    RoundClosed,
    RoundOpened,
    RoundPaused,
    RoundResumed,
    StakeholderReminded,
)
from ehsg_events.kernel import Refused
from ehsg_events.rounds.lifecycle import close, pause, resume
from ehsg_events.rounds.milestones import plan
from ehsg_events.values.policy import Policy

OPENED = RoundOpened(kind="first", items=("5.1",), deadline=CLOSES, policy=Policy())
PAUSED = RoundPaused(because=words("strike"))
CLOSED = RoundClosed(closed_by="coordinator")
AFTER = CLOSES + timedelta(days=3)


def test_a_round_is_paused_once_with_the_reason() -> None:
    """And resumed once."""
    given(OPENED).when(pause, words("strike"), OPENS).then(PAUSED)
    given(OPENED, PAUSED).when(pause, words("x"), OPENS).then_refused("is paused already")
    given(OPENED, PAUSED).when(resume).then(RoundResumed())
    given(OPENED).when(resume).then_refused("is not paused")


def test_a_round_that_is_over_is_neither_paused_nor_resumed() -> None:
    """Closed, or about to be."""
    given(OPENED, CLOSED).when(pause, words("x"), OPENS).then_refused("Round 1 is closed")
    given(OPENED, PAUSED, CLOSED).when(resume).then_refused("Round 1 is closed")
    given(OPENED).when(pause, words("x"), CLOSES).then_refused("The deadline of round 1 has passed")


def test_a_paused_round_promises_nothing_until_it_goes_on() -> None:
    """The schedule drawn from the plan is empty; then it stands as before."""
    assert plan(given(OPENED, PAUSED).state) == []
    assert plan(given(OPENED, PAUSED, RoundResumed()).state) == plan(given(OPENED).state)


def test_the_coordinator_may_close_a_paused_round_by_hand() -> None:
    """Only by itself it does not close."""
    given(OPENED, PAUSED).when(close).then(CLOSED)
    assert not given(OPENED, PAUSED, CLOSED).state.paused


def test_while_a_round_is_paused_nobody_is_reminded_and_it_does_not_close(asked: Area) -> None:
    """Answers are taken until the deadline, and the coordinator is told so."""
    (said,) = rounds.pause_round(asked.log, asked.stamp(), asked.id, "strike")
    assert "Answers are still taken until 5pm on Friday 23 October 2026" in said
    asked.answer("police-1", "5.1", "3", CLOSES - timedelta(hours=1))
    assert asked.advance(AFTER) == []
    assert "AnswerGiven" in asked.kinds()
    with pytest.raises(Refused, match="This round is closed"):
        asked.answer("police-1", "5.2", "3", AFTER)


def test_a_round_that_goes_on_sends_the_newest_of_its_overdue_reminders(asked: Area) -> None:
    """The older ones are overtaken."""
    rounds.pause_round(asked.log, asked.stamp(), asked.id, "strike")
    late = CLOSES - timedelta(hours=1)
    asked.advance(late)
    assert rounds.resume_round(asked.log, asked.stamp(late), asked.id) == []
    asked.advance(late)
    told = [one.fact for one in asked.facts if isinstance(one.fact, StakeholderReminded)]
    assert {(one.reminded, one.milestone) for one in told} == {
        (name, "remind-1") for name in ("police-1", "health-1", "school-1", "school-2")
    }


def test_a_deadline_that_passed_meanwhile_closes_at_the_next_tick(asked: Area) -> None:
    """The coordinator is warned, and may give more time first."""
    rounds.pause_round(asked.log, asked.stamp(), asked.id, "strike")
    (warning,) = rounds.resume_round(asked.log, asked.stamp(AFTER), asked.id)
    assert warning.startswith("The deadline passed while the round was paused")
    asked.advance(AFTER)
    assert asked.kinds()[-2:] == ["RoundClosed", "RoundMeasured"]


def test_a_paused_round_may_be_given_more_time(asked: Area) -> None:
    """It stays paused."""
    rounds.pause_round(asked.log, asked.stamp(), asked.id, "strike")
    until = AFTER + timedelta(days=4)
    rounds.extend_round(asked.log, asked.stamp(AFTER), asked.id, until, "strike")
    assert isinstance(asked.facts[-1].fact, DeadlineMoved)
    assert asked.now.rounds[0].paused
