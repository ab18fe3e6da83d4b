"""Openings that were planned, and ends that were taken back, on a real log."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from support.area import CLOSES, FEEDBACK, OPENS, PANEL, Area

from ehsg_events import due
from ehsg_events.commands import panel, planning, rounds
from ehsg_events.events import OpeningCancelled, ReminderWithheld, RoundClosed, RoundOpened
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.policy.rules_file import usual
from ehsg_events.rounds.milestones import coming
from ehsg_events.values.policy import Policy, Rule, Terms

DAY, WEEK = timedelta(days=1), timedelta(days=7)
LATER = CLOSES + 2 * WEEK


def planned(
    area: Area, opens: datetime, until: datetime | None = None, at: datetime = OPENS
) -> None:
    """Plan an opening."""
    planning.plan_opening(area.log, area.stamp(at), area.id, opens, until)


def deadlines(area: Area) -> list[datetime]:
    """Until when each round was opened."""
    return [one.fact.deadline for one in area.facts if isinstance(one.fact, RoundOpened)]


# -- planned openings ------------------------------------------------------------------------------
def test_a_planned_round_opens_at_its_time_until_its_deadline(area: Area) -> None:
    """Not a second before."""
    planned(area, OPENS + WEEK, CLOSES)
    assert area.advance(OPENS + WEEK - timedelta(seconds=1)) == []
    area.advance(OPENS + WEEK)
    assert deadlines(area) == [CLOSES]


def test_a_round_whose_whole_time_was_slept_through_gets_the_policys_time(area: Area) -> None:
    """Nobody is asked until a day that is over."""
    planned(area, OPENS + WEEK, OPENS + 2 * WEEK)
    area.advance(OPENS + 3 * WEEK)
    assert deadlines(area) == [datetime.fromisoformat("2026-11-09T17:00+00:00")]


def test_who_opens_by_hand_before_the_planned_time_has_opened_it(area: Area) -> None:
    """It does not open a second time."""
    planned(area, OPENS + WEEK, CLOSES)
    area.open_round(OPENS + DAY)
    area.advance(OPENS + WEEK)
    assert len(deadlines(area)) == 1


def test_what_could_not_be_opened_is_not_planned(asked: Area) -> None:
    """The refusal is of today, not of the night it would have opened in."""
    asked.everyone("5.1", "3", "3", "3", "3")
    asked.everyone("5.2", "3", "3", "3", "3")
    asked.advance(CLOSES)
    with pytest.raises(Refused, match="nothing to ask again"):
        planned(asked, LATER, at=CLOSES)


def test_a_plan_that_came_to_nothing_is_taken_back_by_the_clock(asked: Area) -> None:
    """It is asked once, not at every tick for ever."""
    asked.everyone("5.1", "0", "0", "5", "5")
    asked.advance(CLOSES)
    planned(asked, LATER, at=CLOSES)
    for member in PANEL:
        asked.withdraw(member.id)
    asked.advance(LATER)
    assert OpeningCancelled in {type(one.fact) for one in asked.facts}
    assert asked.advance(LATER + DAY) == []


def test_a_round_that_would_ask_nobody_is_not_opened(area: Area) -> None:
    """Everybody was released meanwhile."""
    for member in PANEL:
        panel.release(area.log, area.stamp(), area.id, member.id, "left")
    with pytest.raises(Refused, match="Nobody on the panel is asked anything"):
        area.open_round()


def test_an_opening_is_cancelled_once(area: Area) -> None:
    """Then there is none."""
    planned(area, OPENS + WEEK, CLOSES)
    planning.cancel_opening(area.log, area.stamp(), area.id)
    with pytest.raises(Refused, match="No opening is planned"):
        planning.cancel_opening(area.log, area.stamp(), area.id)
    assert area.advance(OPENS + WEEK) == []


def test_a_round_that_is_reopened_comes_before_the_planned_one(asked: Area) -> None:
    """Its own reminders and its close are what is coming."""
    asked.everyone("5.1", "0", "0", "5", "5")
    asked.advance(CLOSES)
    planned(asked, LATER, at=CLOSES)
    reopened(asked, CLOSES + WEEK)
    number, milestones = coming(asked.now.assessment, asked.now.newest)
    assert (number, milestones[-1].kind) == (1, "close")


def test_a_policy_chosen_between_rounds_is_the_next_rounds(log: Log) -> None:
    """The open round keeps its own."""
    area = Area(log)
    area.open(terms=Terms(rule=Rule(quorum_invited=0.5), policy=Policy(feedback_working_days=5)))
    area.open_round()
    area.everyone("5.1", "0", "0", "5", "5")
    chosen = usual().policy.model_copy(update={"feedback_working_days": 8, "reminders": (2,)})
    planning.choose_policy(area.log, area.stamp(), area.id, chosen)
    area.over_to_feedback()
    first, second = area.now.rounds
    assert (first.policy.feedback_working_days, second.policy) == (5, chosen)
    assert second.deadline == datetime.fromisoformat("2026-11-05T17:00+00:00")


# -- reopening -------------------------------------------------------------------------------------
def reopened(area: Area, until: datetime, at: datetime = CLOSES) -> None:
    """Take answers again."""
    rounds.reopen_round(area.log, area.stamp(at), area.id, until, "one answer more")


def test_an_overdue_round_that_no_tick_has_closed_is_closed_and_reopened(asked: Area) -> None:
    """In one step, with what was missed; it closes again at its new deadline."""
    reopened(asked, CLOSES + WEEK, CLOSES + DAY)
    assert asked.kinds()[-2:] == ["RoundClosed", "RoundReopened"]
    rules = {one.fact.rule for one in asked.facts if isinstance(one.fact, ReminderWithheld)}
    assert rules == {"too-late"}
    asked.advance(CLOSES + WEEK)
    assert sum(isinstance(one.fact, RoundClosed) for one in asked.facts) == 2


def test_a_paused_round_is_extended_not_reopened(asked: Area) -> None:
    """It never closed, and must not close by this."""
    rounds.pause_round(asked.log, asked.stamp(), asked.id, "ill")
    with pytest.raises(Refused, match="Round 1 is paused, so there is nothing to reopen"):
        reopened(asked, CLOSES + WEEK, CLOSES + DAY)


def test_a_feedback_round_that_was_due_waits_for_the_reopened_one(asked: Area) -> None:
    """What was measured is measured anew first."""
    asked.everyone("5.1", "0", "0", "5", "5")
    asked.advance(CLOSES)
    reopened(asked, FEEDBACK + WEEK)
    asked.advance(FEEDBACK)
    assert len(asked.now.rounds) == 1


# -- past the calendar -----------------------------------------------------------------------------
def test_beyond_the_calendar_nobody_is_chased_and_the_clock_fails_at_nothing(log: Log) -> None:
    """Which days are bank holidays is not known, so none is guessed."""
    area = Area(log)
    area.open(terms=Terms(rule=Rule(rounds=1), policy=Policy(moderation_working_days=5)))
    area.open_round()
    area.advance(CLOSES)
    assert due.advance(area.now, datetime.fromisoformat("2029-01-03T10:00+00:00")) == {}
    assert due.advance(area.now, datetime.fromisoformat("2028-12-20T10:00+00:00"))
