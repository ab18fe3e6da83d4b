"""Withdrawing after a close: until the sign-off it is a right, and the figures follow."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from support.area import CLOSES, FEEDBACK, ITEMS, OPENS, PANEL, SMALL, Area, person

from bots.interview.record import hear
from bots.interview.said import Said
from ehsg_events.agreement.disclosure import AGREED
from ehsg_events.agreement.measuring import measures, newest_measure
from ehsg_events.commands import outcomes, rounds
from ehsg_events.events import OutcomeSetAside, RoundMeasured
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.states.situation import Situation, own_rounds, to_moderate
from ehsg_events.values.policy import Policy, Rule, Terms
from projections.collecting.coordinator_tasks import waiting
from projections.facts.view import view_at
from projections.results.results import results, trail

AFTER = CLOSES + timedelta(hours=1)
LONG_AFTER = CLOSES + timedelta(days=3)


@pytest.fixture
def agreed(asked: Area) -> Area:
    """A closed round that agreed on both items: on 5.1 only three gave a score."""
    asked.everyone("5.1", "3", "3", "3", "dont-know")
    asked.everyone("5.2", "2", "2", "2", "2")
    asked.advance(CLOSES)
    return asked


def withdraws(area: Area, who: str, at: datetime = AFTER) -> None:
    """Somebody withdraws as they do on every surface: they ask to, and are sure."""
    for token in ("withdraw", "withdraw-yes"):
        stamp = area.stamp(at, by=who, role="stakeholder")
        hear(area.log, stamp, area.id, who, Said("choice", token))


def left(area: Area, number: int) -> dict[str, str]:
    """How each descriptor left a round, as it is measured now."""
    measured = area.now.rounds[number - 1].measured
    assert measured is not None
    return {one.item: one.because for one in measured.left}


def test_what_no_longer_holds_is_set_aside_at_once(agreed: Area) -> None:
    """In the transaction of the withdrawal; what holds without them stands."""
    assert [agreed.now.outcomes[item].score for item in ITEMS] == [3, 2]
    withdraws(agreed, "police-1")
    assert [agreed.now.outcomes[item].score for item in ITEMS] == [None, 2]
    (aside,) = [one for one in agreed.facts if isinstance(one.fact, OutcomeSetAside)]
    assert aside.fact == OutcomeSetAside(after_round=1, set_aside_for="withdrawal")
    assert aside.stamp.key == agreed.facts[-1].stamp.key
    measured = agreed.measured
    assert (measured.without, measured.settled, measured.unsettled) == (
        ("police-1",),
        ("5.2",),
        ("5.1",),
    )
    assert left(agreed, 1) == {"5.1": "withdrawal", "5.2": "agreed"}
    assert [m.n for m in measured.measures] == [2, 3]
    assert agreed.advance(LONG_AFTER) == agreed.advance(LONG_AFTER) == []


def test_the_coordinator_is_told_and_it_is_not_signed_over(agreed: Area) -> None:
    """It waits, with the cause, and no signature goes over it."""
    withdraws(agreed, "police-1")
    says = [w.says for w in waiting(agreed.log, agreed.id, AFTER) if w.kind == "moderation"]
    assert len(says) == 1
    assert "somebody withdrew, and what was agreed does not hold without them" in says[0]
    with pytest.raises(Refused, match=r"No outcome stands yet for 5\.1"):
        outcomes.sign_off(agreed.log, agreed.stamp(AFTER), agreed.id, "SRO", "Jo")
    outcomes.moderate(agreed.log, agreed.stamp(AFTER), agreed.id, "5.1", "3", "two of two")
    outcomes.sign_off(agreed.log, agreed.stamp(AFTER), agreed.id, "SRO", "Jo")
    assert agreed.now.assessment.signed_off is not None


def test_results_and_trail_say_what_became_of_it(agreed: Area) -> None:
    """The same in the read models: no outcome, and the reason in a sentence."""
    withdraws(agreed, "police-1")
    view = view_at(agreed.log, agreed.id)
    row = next(row for row in results(view) if row.item == "5.1")
    assert (row.outcome, row.n) == (None, 2)
    said = [step.says for step in trail(view)]
    assert any("was set aside: without who withdrew it does not hold" in text for text in said)
    assert any("without police-1, withdrawn" in text for text in said)


def test_what_was_settled_in_moderation_stands(agreed: Area) -> None:
    """It never rested on the rule."""
    outcomes.moderate(agreed.log, agreed.stamp(AFTER), agreed.id, "5.1", "4", "the files")
    withdraws(agreed, "police-1")
    assert agreed.now.outcomes["5.1"].score == 4


def test_an_old_logs_withdrawal_is_made_up_for_by_the_next_tick(agreed: Area) -> None:
    """One that was recorded alone, by an earlier version."""
    agreed.withdraw("police-1")
    with pytest.raises(Refused, match=r"No outcome stands yet for 5\.1"):
        outcomes.sign_off(agreed.log, agreed.stamp(AFTER), agreed.id, "SRO", "Jo")
    agreed.advance(AFTER)
    assert agreed.now.outcomes["5.1"].score is None


@pytest.mark.parametrize("held", [False, True], ids=["a round to come", "none"])
def test_what_no_longer_holds_is_left_to_moderation(asked: Area, held: bool) -> None:
    """Were it asked again, everybody would see how who withdrew had answered."""
    asked.everyone("5.1", "3", "3", "3", "dont-know")
    asked.everyone("5.2", "0", "0", "5", "5")
    asked.advance(CLOSES)
    if held:
        asked.advance(FEEDBACK)
        rounds.close_round(asked.log, asked.stamp(FEEDBACK), asked.id)
    assert left(asked, 1) == {"5.1": "agreed", "5.2": "asked-again"}
    withdraws(asked, "police-1", FEEDBACK + timedelta(hours=1) if held else AFTER)
    assert left(asked, 1) == {"5.1": "withdrawal", "5.2": "asked-again"}


@pytest.mark.parametrize("said", ["0055", "2222"], ids=["a round to come", "none"])
def test_a_day_for_moderation_is_named_only_if_no_round_is_to_come(log: Log, said: str) -> None:
    """However much a withdrawal sets aside: what is asked again is not overdue meanwhile."""
    area = Area(log)
    days = Policy(moderation_working_days=2, sign_off_working_days=3)
    area.open(terms=Terms(rule=SMALL.rule, policy=days))
    area.open_round()
    area.everyone("5.1", "3", "3", "3", "dont-know")
    area.everyone("5.2", *said)
    area.advance(CLOSES)
    before = area.measured.feedback_due
    withdraws(area, "police-1", AFTER)
    after = area.measured
    assert "5.1" in after.unsettled
    assert after.feedback_due == before
    dues = (after.moderation_due, after.sign_off_due)
    assert [due is None for due in dues] == [after.then == "feedback"] * 2
    assert (after.then == "feedback") == (said == "0055")


def test_figures_do_not_move_under_the_eyes_of_an_open_round(log: Log) -> None:
    """Else whoever saw both would know what was withdrawn; what was adopted is set aside."""
    area = Area(log)
    area.open((*PANEL, person("health-2", "Health")), terms=Terms(rule=Rule(quorum_scores=5)))
    area.open_round()
    for who, value in zip(
        ("police-1", "health-1", "school-1", "school-2", "health-2"), "33355", strict=True
    ):
        area.answer(who, "5.2", value)
        area.answer(who, "5.1", "3")
    area.over_to_feedback()
    before = [one.fact for one in area.facts if isinstance(one.fact, RoundMeasured)]
    withdraws(area, "health-2", FEEDBACK + timedelta(hours=1))
    area.advance(FEEDBACK + timedelta(hours=2))
    assert [one.fact for one in area.facts if isinstance(one.fact, RoundMeasured)] == before
    assert area.now.outcomes["5.1"].score is None
    rounds.close_round(area.log, area.stamp(FEEDBACK + timedelta(hours=3)), area.id)
    assert "5.1" in to_moderate(area.now)
    first = area.now.rounds[0].measured
    assert first is not None
    assert [m.n for m in first.measures] == [4, 4]


@pytest.mark.parametrize("seed", range(10))
def test_an_outcome_by_rule_always_rests_on_figures_that_carry_it(log: Log, seed: int) -> None:
    """Whoever withdraws whenever: what stands by rule is what the rule makes of those who stayed.

    And the recorded figures of every closed round are those of the people who stayed.
    """
    chance, area = random.Random(seed), Area(log)
    area.open(terms=Terms(rule=Rule(quorum_invited=0.25, quorum_scores=2, rounds=3)))
    area.open_round()
    at, people = OPENS, [member.id for member in PANEL]
    for _ in range(40):
        at += timedelta(hours=chance.choice((0, 1, 40)))
        who, item = chance.choice(people), chance.choice(ITEMS)
        with suppress(Refused):
            match chance.randrange(12):
                case 0:
                    withdraws(area, who, at)
                case 1:
                    rounds.close_round(area.log, area.stamp(at), area.id)
                case 2:
                    area.open_round(at, at + timedelta(days=9))
                case 3:
                    outcomes.moderate(area.log, area.stamp(at), area.id, item, "3", "files")
                case _:
                    area.answer(who, item, chance.choice("233"), at)
    if area.now.rounds[-1].closed:
        rests_on_its_figures(area.now)


def rests_on_its_figures(now: Situation) -> None:
    """What was measured is what those who stayed have said, and carries what was adopted."""
    for round in own_rounds(now.rounds):
        assert round.measured is not None
        items = [measure.item for measure in round.measured.measures]
        assert tuple(measures(now, round.number, items)) == round.measured.measures
    for item, outcome in now.outcomes.items():
        if outcome.adopted_after and not outcome.moderated:
            measure = newest_measure(now.rounds, item)
            assert measure is not None
            assert measure.verdict in AGREED
            assert measure.median == outcome.score
