"""What falls due in an assessment, played out on a real log with a clock that is an argument."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.area import CLOSES, FEEDBACK, OPENS, PANEL, Area, person

from ehsg_events import due
from ehsg_events.commands import outcomes
from ehsg_events.events import (
    OutcomeAdopted,
    ReminderWithheld,
    StakeholderInvited,
    StakeholderReminded,
)
from ehsg_events.log.log import Log
from ehsg_events.policy.rules_file import by_agency
from ehsg_events.values.policy import Policy, Rule, Terms


def test_before_the_first_round_nothing_is_due(area: Area) -> None:
    """An assessment waits for its coordinator."""
    assert area.advance(CLOSES) == []


def test_at_the_deadline_the_round_closes_and_is_measured(asked: Area) -> None:
    """Not a second before; each step is a fact, and then nothing more is due."""
    before = CLOSES - timedelta(seconds=1)
    asked.advance(before)
    assert "RoundClosed" not in asked.kinds()
    asked.advance(CLOSES)
    assert asked.kinds()[-2:] == ["RoundClosed", "RoundMeasured"]


@pytest.mark.parametrize("days", [0, 9, 18, 18.1, 21, 60])
def test_advancing_twice_says_nothing_new(asked: Area, days: float) -> None:
    """Whatever the time is: the second clock finds everything done."""
    asked.everyone("5.1", "3", "3", "3", "0")
    asked.advance(OPENS + timedelta(days=days))
    before = asked.facts
    assert asked.advance(OPENS + timedelta(days=days)) == []
    assert asked.facts == before


def test_a_clock_that_was_off_for_weeks_reminds_nobody_of_a_closed_round(asked: Area) -> None:
    """It closes first; the reminders it missed are gone."""
    asked.advance(CLOSES + timedelta(days=1))
    assert "StakeholderReminded" not in asked.kinds()


def test_who_has_finished_is_not_reminded(asked: Area) -> None:
    """Who withdrew is not either; the rest are, once."""
    for item in ("5.1", "5.2"):
        asked.answer("police-1", item, "skip")
    asked.withdraw("health-1")
    asked.advance(CLOSES - timedelta(minutes=1))
    told = [r.fact.reminded for r in asked.facts if isinstance(r.fact, StakeholderReminded)]
    assert sorted(told) == ["school-1", "school-2"]
    rules = {
        (r.fact.withheld_from, r.fact.rule)
        for r in asked.facts
        if isinstance(r.fact, ReminderWithheld)
    }
    assert {("police-1", "finished"), ("health-1", "withdrawn")} <= rules


def test_an_agreed_descriptor_has_its_outcome(asked: Area) -> None:
    """With the rule's name and the round it was agreed in."""
    asked.everyone("5.1", "3", "3", "2", "3")
    asked.advance(CLOSES)
    assert asked.now.outcomes["5.1"].score == 3
    assert "5.1" in asked.measured.settled
    (adopted,) = (r.fact for r in asked.facts if isinstance(r.fact, OutcomeAdopted))
    assert (adopted.level, adopted.after_round, adopted.rule) == ("3", 1, "within-one")


def test_a_half_median_waits_for_moderation(log: Log) -> None:
    """It is agreed and not asked again, but no level stands in the middle."""
    area = Area(log)
    six = (*PANEL, person("police-2", "Police"), person("health-2", "Health"))
    area.open(six)
    area.open_round()
    for member, value in zip(six, "222333", strict=True):
        area.answer(member.id, "5.1", value)
    area.advance(CLOSES)
    assert "5.1" in area.measured.settled
    assert area.now.outcomes["5.1"].score is None


def test_without_a_quorum_nothing_is_agreed(asked: Area) -> None:
    """Two voices of four say the same: too few to speak of agreement."""
    asked.answers("5.1", police_1="3", health_1="3")
    asked.advance(CLOSES)
    assert asked.measured.measures[0].verdict == "too_few"


def test_three_voices_of_one_agency_are_no_quorum(log: Log) -> None:
    """Enough people, but not of enough agencies."""
    area = Area(log)
    area.open((*(person(f"school-{n}", "Schools") for n in range(1, 4)), *PANEL[:2]))
    area.open_round()
    area.answers("5.1", school_1="3", school_2="3", school_3="3")
    area.advance(CLOSES)
    assert area.measured.measures[0].verdict == "no_quorum"


def test_who_says_it_is_not_their_area_was_not_asked(asked: Area) -> None:
    """They lower the quorum; who does not know does not."""
    asked.everyone("5.1", "3", "3", "3", "not-my-area")
    asked.everyone("5.2", "3", "3", "3", "dont-know")
    asked.advance(CLOSES)
    one, two = asked.measured.measures
    assert (one.n, one.invited, one.dont_know) == (3, 3, 0)
    assert (two.n, two.invited, two.dont_know) == (3, 4, 1)


def test_the_four_that_are_no_score_are_never_0(asked: Area) -> None:
    """Three zeros and one of each kind: the median is of the zeros alone."""
    asked.everyone("5.1", "0", "0", "0", "dont-know")
    asked.everyone("5.2", "4", "4", "4", "skip")
    asked.advance(CLOSES)
    one, two = asked.measured.measures
    assert (one.median, one.n, two.median, two.n) == (0, 3, 4, 3)


def test_agencies_may_count_once_each(log: Log) -> None:
    """Two schools outweigh nobody when the rule counts agencies."""
    area = Area(log)
    rule = by_agency().model_copy(update={"quorum_invited": 0.5})
    area.open(terms=Terms(rule=rule))
    area.open_round()
    area.everyone("5.1", "2", "2", "4", "4")
    area.advance(CLOSES)
    assert area.measured.measures[0].median == 2


def test_the_same_works_on_the_guide_of_2020(log: Log) -> None:
    """Four words, a question where yes scores 0, and questions in words that are not measured."""
    area = Area(log)
    items = ("data-matching-1", "big-1")
    panel = tuple(person(member.id, member.agency, items) for member in PANEL)
    area.open(panel, guide="ehsg-2020@1")
    area.open_round()
    area.everyone("data-matching-1", "yes", "yes", "yes", "mostly-yes")
    area.advance(CLOSES)
    (only,) = area.measured.measures
    assert (only.item, only.median, only.counts) == ("data-matching-1", 0, (3, 1, 0, 0))
    assert area.now.newest is not None
    assert area.measured.unsettled == ("data-matching-1",)  # four people at an end: not to be told


def test_a_cap_of_no_reminders_is_kept(log: Log) -> None:
    """All are withheld, and the log says by which rule."""
    area = Area(log)
    area.open(terms=Terms(policy=Policy(reminder_cap=0)))
    area.open_round()
    area.advance(CLOSES - timedelta(minutes=1))
    assert "StakeholderReminded" not in area.kinds()
    rules = {r.fact.rule for r in area.facts if isinstance(r.fact, ReminderWithheld)}
    assert rules == {"overtaken", "capped"}


def test_a_signed_assessment_needs_no_clock(asked: Area) -> None:
    """Nothing falls due under a signature."""
    asked.everyone("5.1", "3", "3", "3", "3")
    asked.everyone("5.2", "3", "3", "3", "3")
    asked.advance(CLOSES)
    outcomes.sign_off(asked.log, asked.stamp(), asked.id, "Chair", "Pat Doe")
    assert due.advance(asked.now, FEEDBACK) == {}


def test_invitations_name_each_persons_own_items(log: Log) -> None:
    """Nobody is asked what they were not put down for."""
    area = Area(log)
    area.open((person("police-1", "Police", ("5.1",)), *PANEL[1:]))
    area.open_round()
    asked = {
        r.fact.invited: r.fact.items for r in area.facts if isinstance(r.fact, StakeholderInvited)
    }
    assert asked["police-1"] == ("5.1",)


def test_when_everyone_has_withdrawn_the_clock_asks_nobody_again(asked: Area) -> None:
    """Moderation comes instead, and the clock fails at nothing."""
    asked.everyone("5.1", "0", "0", "5", "5")
    asked.advance(CLOSES)
    for member in PANEL:
        asked.withdraw(member.id)
    asked.advance(FEEDBACK)
    assert (len(asked.now.rounds), asked.measured.then) == (1, "moderation")
    assert {one.because for one in asked.measured.left} == {"nobody-left"}
    assert asked.advance(FEEDBACK) == []


def test_a_round_on_the_last_day_of_the_calendar_is_still_measured(log: Log) -> None:
    """Where nothing is asked again, no later day is needed."""
    area, last = Area(log), CLOSES.replace(year=2028, month=12, day=29)
    area.open(terms=Terms(rule=Rule(rounds=1)))
    area.open_round(last - timedelta(days=9), last)
    area.advance(last)
    assert area.kinds()[-2:] == ["RoundClosed", "RoundMeasured"]
