"""The feedback round: what is asked again, of whom and until when, and what then stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from support.area import CLOSES, FEEDBACK, PANEL, Area

from ehsg_events.events import ReminderWithheld, RoundOpened, StakeholderReminded
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.states import situation
from ehsg_events.values.policy import Rule, Terms


def test_a_feedback_round_opened_late_still_has_its_days(asked: Area) -> None:
    """Its deadline counts from when people hear of it, not from when it was due."""
    asked.advance(CLOSES)
    late = CLOSES + timedelta(days=60)
    asked.advance(late)
    opened = [r.fact for r in asked.facts if isinstance(r.fact, RoundOpened)]
    assert len(opened) == 2
    assert opened[1].deadline > late + timedelta(days=5)
    assert asked.kinds().count("RoundClosed") == 1


def test_what_is_settled_is_not_asked_again(asked: Area) -> None:
    """The feedback round is about what is unsettled."""
    asked.everyone("5.1", "2", "2", "2", "3")
    asked.over_to_feedback()
    assert asked.now.rounds[1].items == ("5.2",)


def test_two_camps_are_asked_again_and_only_they(asked: Area) -> None:
    """A feedback round on the next working day, to everyone who was asked about it."""
    asked.everyone("5.1", "0", "0", "5", "5")
    asked.everyone("5.2", "3", "3", "3", "3")
    asked.advance(CLOSES)
    asked.advance(FEEDBACK - timedelta(seconds=1))
    assert len(asked.now.rounds) == 1
    asked.over_to_feedback()
    second = asked.now.rounds[1]
    assert (second.kind, second.items) == ("feedback", ("5.1",))
    assert set(second.invited) == {member.id for member in PANEL}
    assert second.deadline == datetime(2026, 11, 2, 17, tzinfo=UTC)


def test_who_withdrew_is_not_invited_again_and_counts_no_more(asked: Area) -> None:
    """Not even with what they had said before."""
    asked.everyone("5.1", "0", "0", "5", "5")
    asked.withdraw("police-1")
    asked.over_to_feedback()
    assert "police-1" not in asked.now.rounds[1].invited
    (five_one, _) = asked.measured.measures
    assert five_one.n == 3


def test_an_outcome_that_stands_is_not_overtaken_by_a_later_round(asked: Area) -> None:
    """The feedback round asks only what is unsettled, and moderation is kept."""
    asked.everyone("5.1", "0", "0", "5", "5")
    asked.over_to_feedback()
    for member in PANEL:
        asked.answer(member.id, "5.1", "2", FEEDBACK)
    asked.advance(datetime(2026, 11, 3, 12, tzinfo=UTC))
    assert asked.now.outcomes["5.1"].score == 2
    assert asked.measured.then == "moderation"


def three_rounds(log: Log) -> Area:
    """An area whose rule has three rounds, in its second."""
    area = Area(log)
    area.open(terms=Terms(rule=Rule(rounds=3, quorum_invited=0.5)))
    area.open_round()
    area.everyone("5.1", "0", "0", "5", "5")
    area.everyone("5.2", "3", "3", "3", "3")
    area.over_to_feedback()
    return area


def test_agreement_that_is_still_moving_is_asked_once_more(log: Log) -> None:
    """More than a sixth changed their score between the rounds: it has not settled."""
    area = three_rounds(log)
    area.everyone("5.1", "2", "2", "2", "3")
    area.advance(datetime(2026, 11, 2, 17, tzinfo=UTC))
    assert area.measured.measures[0].verdict == "agreed"
    assert (area.measured.unsettled, area.measured.then) == (("5.1",), "feedback")


def test_in_the_last_round_agreement_counts_however_much_moved(log: Log) -> None:
    """There is no round after it to settle in."""
    area = three_rounds(log)
    area.everyone("5.1", "2", "2", "2", "3")
    area.advance(datetime(2026, 11, 2, 17, tzinfo=UTC))
    area.advance(datetime(2026, 11, 3, 9, tzinfo=UTC))
    for member in PANEL:
        area.answer(member.id, "5.1", "4", datetime(2026, 11, 3, 10, tzinfo=UTC))
    area.advance(datetime(2026, 11, 10, 17, tzinfo=UTC))
    assert (area.measured.settled, area.measured.then) == (("5.1",), "moderation")


def test_who_is_silent_in_the_feedback_round_stands_by_their_answer(asked: Area) -> None:
    """The answer of the round before is still theirs."""
    asked.everyone("5.1", "0", "0", "5", "5")
    asked.over_to_feedback()
    asked.answer("police-1", "5.1", "5", FEEDBACK)
    stands = situation.standing(asked.now, 2)["5.1"]
    scores = {name: answer.score for name, answer in stands.items()}
    assert scores == {"police-1": 5, "health-1": 0, "school-1": 5, "school-2": 5}
    assert situation.standing(asked.now, 1)["5.1"]["police-1"].score == 0


def test_nothing_is_asked_again_when_all_is_settled(asked: Area) -> None:
    """It goes to moderation, and a new round is refused."""
    for item in ("5.1", "5.2"):
        asked.everyone(item, "3", "3", "3", "3")
    asked.over_to_feedback()
    assert asked.measured.then == "moderation"
    with pytest.raises(Refused, match="Every descriptor is settled"):
        asked.open_round(FEEDBACK, None)


def test_reminders_of_the_feedback_round_fit_into_it(asked: Area) -> None:
    """Five working days hold those of 3 and 1 before the deadline, not that of 7."""
    asked.over_to_feedback()
    asked.advance(datetime(2026, 11, 2, 16, tzinfo=UTC))
    kinds = [
        (r.fact.milestone, type(r.fact))
        for r in asked.facts
        if isinstance(r.fact, (StakeholderReminded, ReminderWithheld)) and r.stream.round == 2
    ]
    assert {milestone for milestone, _ in kinds} == {"remind-3", "remind-1"}
