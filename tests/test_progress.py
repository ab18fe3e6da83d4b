"""What falls due in an assessment, played out on a real log with a clock that is an argument."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from area import CLOSES, OPENS, PANEL, Area, person

from ehsg_events import progress, settling
from ehsg_events.application import Log
from ehsg_events.events import (
    OutcomeAdopted,
    ReminderWithheld,
    RoundMeasured,
    RoundOpened,
    StakeholderInvited,
    StakeholderReminded,
)
from ehsg_events.kernel import Refused
from ehsg_events.rules import BY_AGENCY, Policy, Rule, Terms

FEEDBACK = datetime(2026, 10, 26, 9, tzinfo=UTC)  # 9am on Monday 26 October, winter time


def measured(area: Area) -> RoundMeasured:
    """How the newest round was measured."""
    found = [r.fact for r in area.facts if isinstance(r.fact, RoundMeasured)]
    return found[-1]


def over_to_feedback(area: Area) -> None:
    """The first round closes in its time, and the feedback round opens in its."""
    area.advance(CLOSES)
    area.advance(FEEDBACK)


def everyone(area: Area, item: str, *values: str) -> None:
    """The panel answers an item, in the panel's order."""
    for member, value in zip(PANEL, values, strict=True):
        area.answer(member.id, item, value)


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
    everyone(asked, "5.1", "3", "3", "3", "0")
    asked.advance(OPENS + timedelta(days=days))
    before = asked.facts
    assert asked.advance(OPENS + timedelta(days=days)) == []
    assert asked.facts == before


def test_a_clock_that_was_off_for_weeks_reminds_nobody_of_a_closed_round(asked: Area) -> None:
    """It closes first; the reminders it missed are gone."""
    asked.advance(CLOSES + timedelta(days=1))
    assert "StakeholderReminded" not in asked.kinds()


def test_a_feedback_round_opened_late_still_has_its_days(asked: Area) -> None:
    """Its deadline counts from when people hear of it, not from when it was due."""
    asked.advance(CLOSES)
    late = CLOSES + timedelta(days=60)
    asked.advance(late)
    opened = [r.fact for r in asked.facts if isinstance(r.fact, RoundOpened)]
    assert len(opened) == 2
    assert opened[1].deadline > late + timedelta(days=5)
    assert asked.kinds().count("RoundClosed") == 1


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
    everyone(asked, "5.1", "3", "3", "2", "3")
    asked.advance(CLOSES)
    assert asked.now.outcomes["5.1"].score == 3
    assert "5.1" in measured(asked).settled
    (adopted,) = (r.fact for r in asked.facts if isinstance(r.fact, OutcomeAdopted))
    assert (adopted.level, adopted.after_round, adopted.rule) == ("3", 1, "within-one")


def test_a_half_median_waits_for_moderation(asked: Area) -> None:
    """It is agreed and not asked again, but no level stands in the middle."""
    everyone(asked, "5.1", "2", "2", "3", "3")
    asked.advance(CLOSES)
    assert "5.1" in measured(asked).settled
    assert asked.now.outcomes["5.1"].score is None


def test_a_half_median_is_not_asked_again(asked: Area) -> None:
    """The feedback round is about what is unsettled."""
    everyone(asked, "5.1", "2", "2", "3", "3")
    over_to_feedback(asked)
    assert asked.now.rounds[1].items == ("5.2",)


def test_two_camps_are_asked_again_and_only_they(asked: Area) -> None:
    """A feedback round on the next working day, to everyone who was asked about it."""
    everyone(asked, "5.1", "0", "0", "5", "5")
    everyone(asked, "5.2", "3", "3", "3", "3")
    asked.advance(CLOSES)
    asked.advance(FEEDBACK - timedelta(seconds=1))
    assert len(asked.now.rounds) == 1
    over_to_feedback(asked)
    second = asked.now.rounds[1]
    assert (second.kind, second.items) == ("feedback", ("5.1",))
    assert set(second.invited) == {member.id for member in PANEL}
    assert second.deadline == datetime(2026, 11, 2, 17, tzinfo=UTC)


def test_who_withdrew_is_not_invited_again_and_counts_no_more(asked: Area) -> None:
    """Not even with what they had said before."""
    everyone(asked, "5.1", "0", "0", "5", "5")
    asked.withdraw("police-1")
    over_to_feedback(asked)
    assert "police-1" not in asked.now.rounds[1].invited
    (five_one, _) = measured(asked).measures
    assert five_one.n == 3


def test_without_a_quorum_nothing_is_agreed(asked: Area) -> None:
    """Two voices of four say the same: too few to speak of agreement."""
    asked.answers("5.1", police_1="3", health_1="3")
    asked.advance(CLOSES)
    assert measured(asked).measures[0].verdict == "too_few"


def test_three_voices_of_one_agency_are_no_quorum(log: Log) -> None:
    """Enough people, but not of enough agencies."""
    area = Area(log)
    area.open((*(person(f"school-{n}", "Schools") for n in range(1, 4)), *PANEL[:2]))
    area.open_round()
    area.answers("5.1", school_1="3", school_2="3", school_3="3")
    area.advance(CLOSES)
    assert measured(area).measures[0].verdict == "no_quorum"


def test_who_says_it_is_not_their_area_was_not_asked(asked: Area) -> None:
    """They lower the quorum; who does not know does not."""
    everyone(asked, "5.1", "3", "3", "3", "not-my-area")
    everyone(asked, "5.2", "3", "3", "3", "dont-know")
    asked.advance(CLOSES)
    one, two = measured(asked).measures
    assert (one.n, one.invited, one.dont_know) == (3, 3, 0)
    assert (two.n, two.invited, two.dont_know) == (3, 4, 1)


def test_the_four_that_are_no_score_are_never_0(asked: Area) -> None:
    """Three zeros and one of each kind: the median is of the zeros alone."""
    everyone(asked, "5.1", "0", "0", "0", "dont-know")
    everyone(asked, "5.2", "4", "4", "4", "skip")
    asked.advance(CLOSES)
    one, two = measured(asked).measures
    assert (one.median, one.n, two.median, two.n) == (0, 3, 4, 3)


def test_an_outcome_that_stands_is_not_overtaken_by_a_later_round(asked: Area) -> None:
    """The feedback round asks only what is unsettled, and moderation is kept."""
    everyone(asked, "5.1", "0", "0", "5", "5")
    over_to_feedback(asked)
    for member in PANEL:
        asked.answer(member.id, "5.1", "2", FEEDBACK)
    asked.advance(datetime(2026, 11, 3, 12, tzinfo=UTC))
    assert asked.now.outcomes["5.1"].score == 2
    assert measured(asked).then == "moderation"


def three_rounds(log: Log) -> Area:
    """An area whose rule has three rounds, in its second."""
    area = Area(log)
    area.open(terms=Terms(rule=Rule(rounds=3, quorum_invited=0.5)))
    area.open_round()
    everyone(area, "5.1", "0", "0", "5", "5")
    everyone(area, "5.2", "3", "3", "3", "3")
    over_to_feedback(area)
    return area


def test_agreement_that_is_still_moving_is_asked_once_more(log: Log) -> None:
    """More than a sixth changed their score between the rounds: it has not settled."""
    area = three_rounds(log)
    everyone(area, "5.1", "2", "2", "2", "3")
    area.advance(datetime(2026, 11, 2, 17, tzinfo=UTC))
    assert measured(area).measures[0].verdict == "agreed"
    assert (measured(area).unsettled, measured(area).then) == (("5.1",), "feedback")


def test_in_the_last_round_agreement_counts_however_much_moved(log: Log) -> None:
    """There is no round after it to settle in."""
    area = three_rounds(log)
    everyone(area, "5.1", "2", "2", "2", "3")
    area.advance(datetime(2026, 11, 2, 17, tzinfo=UTC))
    area.advance(datetime(2026, 11, 3, 9, tzinfo=UTC))
    for member in PANEL:
        area.answer(member.id, "5.1", "4", datetime(2026, 11, 3, 10, tzinfo=UTC))
    area.advance(datetime(2026, 11, 10, 17, tzinfo=UTC))
    assert (measured(area).settled, measured(area).then) == (("5.1",), "moderation")


def test_who_is_silent_in_the_feedback_round_stands_by_their_answer(asked: Area) -> None:
    """The answer of the round before is still theirs."""
    everyone(asked, "5.1", "0", "0", "5", "5")
    over_to_feedback(asked)
    asked.answer("police-1", "5.1", "5", FEEDBACK)
    stands = progress.standing(asked.now, 2)["5.1"]
    scores = {name: answer.score for name, answer in stands.items()}
    assert scores == {"police-1": 5, "health-1": 0, "school-1": 5, "school-2": 5}
    assert progress.standing(asked.now, 1)["5.1"]["police-1"].score == 0


def test_agencies_may_count_once_each(log: Log) -> None:
    """Two schools outweigh nobody when the rule counts agencies."""
    area = Area(log)
    rule = BY_AGENCY.model_copy(update={"quorum_invited": 0.5})
    area.open(terms=Terms(rule=rule))
    area.open_round()
    everyone(area, "5.1", "2", "2", "4", "4")
    area.advance(CLOSES)
    assert measured(area).measures[0].median == 2


def test_nothing_is_asked_again_when_all_is_settled(asked: Area) -> None:
    """It goes to moderation, and a new round is refused."""
    for item in ("5.1", "5.2"):
        everyone(asked, item, "3", "3", "3", "3")
    over_to_feedback(asked)
    assert measured(asked).then == "moderation"
    with pytest.raises(Refused, match="Every descriptor is settled"):
        asked.open_round(FEEDBACK, None)


def test_the_same_works_on_the_guide_of_2020(log: Log) -> None:
    """Four words, a question where yes scores 0, and questions in words that are not measured."""
    area = Area(log)
    items = ("data-matching-1", "big-1")
    panel = tuple(person(member.id, member.agency, items) for member in PANEL)
    area.open(panel, guide="ehsg-2020@1")
    area.open_round()
    everyone(area, "data-matching-1", "yes", "yes", "yes", "mostly-yes")
    area.advance(CLOSES)
    (only,) = measured(area).measures
    assert (only.item, only.median, only.counts) == ("data-matching-1", 0, (3, 1, 0, 0))
    assert area.now.outcomes["data-matching-1"].level == "yes"


def test_reminders_of_the_feedback_round_fit_into_it(asked: Area) -> None:
    """Five working days hold those of 3 and 1 before the deadline, not that of 7."""
    over_to_feedback(asked)
    asked.advance(datetime(2026, 11, 2, 16, tzinfo=UTC))
    kinds = [
        (r.fact.milestone, type(r.fact))
        for r in asked.facts
        if isinstance(r.fact, (StakeholderReminded, ReminderWithheld)) and r.stream.round == 2
    ]
    assert {milestone for milestone, _ in kinds} == {"remind-3", "remind-1"}


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
    everyone(asked, "5.1", "3", "3", "3", "3")
    everyone(asked, "5.2", "3", "3", "3", "3")
    asked.advance(CLOSES)
    settling.sign_off(asked.log, asked.stamp(), asked.id, "Chair", "Pat Doe")
    assert progress.advance(asked.now, FEEDBACK) == {}


def test_invitations_name_each_persons_own_items(log: Log) -> None:
    """Nobody is asked what they were not put down for."""
    area = Area(log)
    area.open((person("police-1", "Police", ("5.1",)), *PANEL[1:]))
    area.open_round()
    asked = {
        r.fact.invited: r.fact.items for r in area.facts if isinstance(r.fact, StakeholderInvited)
    }
    assert asked["police-1"] == ("5.1",)
