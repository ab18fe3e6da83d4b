"""One round: its plan, its reminders, its deadline."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given as with_any
from hypothesis import strategies as st
from support.area import CLOSES, ITEMS, OPENS, words
from support.spec import folded, given

from ehsg_events.events import (
    DeadlineMoved,
    ReminderWithheld,
    RoundClosed,
    RoundOpened,
    StakeholderInvited,
    StakeholderReminded,
)
from ehsg_events.kernel import Fact, Refused
from ehsg_events.reminders.given import NONE, Given
from ehsg_events.reminders.reminders import remind
from ehsg_events.rounds import lifecycle
from ehsg_events.rounds.lifecycle import close, default_deadline, move_deadline
from ehsg_events.rounds.milestones import Milestone, plan
from ehsg_events.states import round as rounds
from ehsg_events.states.situation import Over
from ehsg_events.values.policy import Policy

POLICY = Policy()
OPENED = RoundOpened(kind="first", items=ITEMS, deadline=CLOSES, policy=POLICY)
ANN, BO = (StakeholderInvited(invited=name, items=ITEMS) for name in ("ann-1", "bo-1"))
AFTER_ALL = CLOSES - timedelta(hours=1)  # every reminder is due, the close is not


def reminded(person: str, milestone: str) -> StakeholderReminded:
    """The fact that somebody was reminded."""
    return StakeholderReminded(reminded=person, milestone=milestone)


def withheld(person: str, milestone: str, rule: str) -> ReminderWithheld:
    """The fact that a reminder was withheld, by its rule."""
    return ReminderWithheld(withheld_from=person, milestone=milestone, rule=rule)  # type: ignore[arg-type]


def opens(deadline: datetime, now: datetime = OPENS, **asked: tuple[str, ...]) -> tuple[Fact, ...]:
    """What follows from opening a round."""
    return lifecycle.open_round("first", asked, deadline, POLICY, now)


def test_opening_invites_everyone_who_is_asked_something() -> None:
    """In one piece; who is asked nothing is not bothered."""
    assert opens(CLOSES, ann=ITEMS, bo=()) == (
        OPENED,
        StakeholderInvited(invited="ann", items=ITEMS),
    )


def test_a_deadline_in_the_past_is_refused() -> None:
    """With the time it is now."""
    with pytest.raises(Refused) as refused:
        opens(OPENS - timedelta(days=3), ann=ITEMS)
    assert str(refused.value) == (
        "The deadline 9am on Friday 2 October 2026 has passed. "
        "Choose one after 9am on Monday 5 October 2026."
    )


def test_a_deadline_outside_the_calendar_is_refused() -> None:
    """Its reminders could not be placed."""
    with pytest.raises(Refused, match="outside the calendar"):
        opens(datetime(2031, 1, 6, 17, tzinfo=UTC), ann=ITEMS)


def test_without_a_deadline_the_policy_counts_working_days() -> None:
    """Ten for the first round, five for the feedback round, at 5pm in London."""
    assert default_deadline(POLICY, "first", OPENS) == datetime(2026, 10, 19, 16, tzinfo=UTC)
    assert default_deadline(POLICY, "feedback", OPENS) == datetime(2026, 10, 12, 16, tzinfo=UTC)


def test_a_default_deadline_over_the_clock_change_is_still_5pm() -> None:
    """In London it is 5pm before and after; in UTC it is not."""
    late = datetime(2026, 10, 19, 8, tzinfo=UTC)
    assert default_deadline(POLICY, "first", late) == datetime(2026, 11, 2, 17, tzinfo=UTC)


def test_the_plan_holds_the_reminders_and_the_close_in_order() -> None:
    """7, 3 and 1 working days before, at 10am in London."""
    assert plan(folded(OPENED, ANN)) == [
        Milestone("remind-7", datetime(2026, 10, 14, 9, tzinfo=UTC)),
        Milestone("remind-3", datetime(2026, 10, 20, 9, tzinfo=UTC)),
        Milestone("remind-1", datetime(2026, 10, 22, 9, tzinfo=UTC)),
        Milestone("close", CLOSES),
    ]


def test_a_reminder_from_before_the_opening_is_not_planned() -> None:
    """A short round has fewer."""
    short = OPENED.model_copy(update={"deadline": datetime(2026, 10, 7, 16, tzinfo=UTC)})
    assert [m.kind for m in plan(folded(short, ANN))] == ["remind-1", "close"]


def test_a_closed_round_plans_nothing_until_it_is_measured() -> None:
    """Measuring is not planned: it follows the close at once."""
    assert plan(folded(OPENED, RoundClosed(closed_by="deadline"))) == []


def test_a_reminder_goes_to_each_who_has_not_finished() -> None:
    """When it is due, not before."""
    state = given(OPENED, ANN, BO)
    due = datetime(2026, 10, 14, 9, tzinfo=UTC)
    state.when(remind, Over(), due - timedelta(seconds=1), NONE).then_nothing()
    state.when(remind, Over(), due, NONE).then(
        reminded("ann-1", "remind-7"), reminded("bo-1", "remind-7")
    )


def test_many_overdue_reminders_are_one() -> None:
    """The newest; the others are withheld as overtaken."""
    given(OPENED, ANN).when(remind, Over(), AFTER_ALL, NONE).then(
        withheld("ann-1", "remind-7", "overtaken"),
        withheld("ann-1", "remind-3", "overtaken"),
        reminded("ann-1", "remind-1"),
    )


def test_nobody_is_reminded_after_they_finished_or_withdrew() -> None:
    """The reminder is withheld, by the rule that withheld it."""
    given(OPENED, ANN, BO).when(
        remind,
        Over(finished=frozenset({"ann-1"}), withdrawn=frozenset({"bo-1"})),
        datetime(2026, 10, 14, 9, tzinfo=UTC),
        NONE,
    ).then(withheld("ann-1", "remind-7", "finished"), withheld("bo-1", "remind-7", "withdrawn"))


def test_nobody_is_reminded_more_often_than_the_policy_allows() -> None:
    """A cap is a promise; what was decided and never reached them does not count."""
    capped = OPENED.model_copy(update={"policy": Policy(reminder_cap=1)})
    decided, at = (
        given(capped, ANN, reminded("ann-1", "remind-7")),
        datetime(2026, 10, 20, 9, tzinfo=UTC),
    )
    once = Given({"ann-1": (OPENS + timedelta(days=9),)})
    decided.when(remind, Over(), at, once).then(withheld("ann-1", "remind-3", "capped"))
    decided.when(remind, Over(), at, NONE).then(reminded("ann-1", "remind-3"))


@with_any(
    st.lists(st.integers(0, 26 * 24), max_size=8),
    st.sets(st.sampled_from(["ann-1", "bo-1"])),
)
def test_however_late_the_clock_is_heard_each_reminder_is_handled_once(
    hours: list[int], finished: set[str]
) -> None:
    """No milestone twice, no two at once, never more than the cap, never to who has finished."""
    facts: list[Fact] = [OPENED, ANN, BO]
    for hour in sorted(hours):
        now = OPENS + timedelta(hours=hour)
        new = remind(folded(*facts), Over(frozenset(finished)), now, NONE)
        told = [fact.reminded for fact in new if isinstance(fact, StakeholderReminded)]
        assert len(told) == len(set(told))
        assert not finished & set(told)
        facts += new
        assert remind(folded(*facts), Over(frozenset(finished)), now, NONE) == ()
    handled = [
        (getattr(f, "reminded", None) or getattr(f, "withheld_from", None), f.milestone)
        for f in facts
        if isinstance(f, (StakeholderReminded, ReminderWithheld))
    ]
    assert len(handled) == len(set(handled))


def test_a_moved_deadline_brings_its_own_reminders() -> None:
    """What was sent under the old one is past; the cap still counts it."""
    later = datetime(2026, 10, 30, 17, tzinfo=UTC)
    moved = DeadlineMoved(deadline=later, because=words("ill"))
    given(OPENED, ANN).when(move_deadline, later, words("ill"), OPENS).then(moved)
    assert plan(folded(OPENED, moved))[-1] == Milestone("close", later)
    at = datetime(2026, 10, 21, 9, tzinfo=UTC)
    given(OPENED, ANN, reminded("ann-1", "remind-7"), moved).when(
        remind, Over(), at, Given({"ann-1": (OPENS,)})
    ).then(reminded("ann-1", "remind-7"))
    three = [reminded("ann-1", kind) for kind in ("remind-7", "remind-3", "remind-1")]
    given(OPENED, ANN, *three, moved).when(remind, Over(), at, Given({"ann-1": (OPENS,) * 3})).then(
        withheld("ann-1", "remind-7", "capped")
    )


def test_a_reminder_whose_new_time_has_passed_at_the_move_is_not_sent() -> None:
    """Only what falls due after the move is planned."""
    later = CLOSES + timedelta(days=3)
    moved = DeadlineMoved(deadline=later, because=words("ill"))
    opened = folded(OPENED, ANN)
    state = rounds.evolve(opened, moved, 1, CLOSES - timedelta(days=1))
    assert [m.kind for m in plan(state)] == ["remind-1", "close"]


def test_a_deadline_is_not_moved_to_where_it_is_or_into_the_past() -> None:
    """The one is nothing, the other a mistake."""
    given(OPENED).when(move_deadline, CLOSES, words("x"), OPENS).then_nothing()
    given(OPENED).when(move_deadline, OPENS, words("x"), OPENS).then_refused("has passed")


def test_a_round_closes_once() -> None:
    """The refusal says when it was and how to go on."""
    shut = given(OPENED, RoundClosed(closed_by="deadline"))
    given(OPENED).when(close).then(RoundClosed(closed_by="coordinator"))
    shut.when(close).then_refused(
        "Round 1 is closed (its deadline was 5pm on Friday 23 October 2026). "
        "(take answers again: round reopen) (open the next one: round open)"
    )
    shut.when(move_deadline, CLOSES, words("x"), OPENS).then_refused("Round 1 is closed")
