"""What a round has promised, to whom, and what is still due to each."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from support.area import CLOSES, ITEMS, words
from support.spec import folded

from ehsg_events.events import (
    DeadlineMoved,
    Escalated,
    InvitationEnded,
    ReminderWithheld,
    RoundOpened,
    RoundPaused,
    StakeholderAdded,
    StakeholderInvited,
    StakeholderReminded,
    StandIn,
)
from ehsg_events.kernel import Fact
from ehsg_events.reminders.escalation import escalate, untold
from ehsg_events.reminders.given import NONE
from ehsg_events.reminders.reminders import remind, too_late, waits
from ehsg_events.rounds.milestones import plan, say_milestone, thin
from ehsg_events.states import round as rounds
from ehsg_events.states.round import Round
from ehsg_events.states.situation import Over
from ehsg_events.values.hours import read_hours
from ehsg_events.values.policy import Policy, Step

LADDER = (Step(to="backup", before=2), Step(to="coordinator", before=1))
ANN = StakeholderInvited(invited="ann-1", items=ITEMS)
DAY = timedelta(days=1)
WEDNESDAY, THURSDAY = CLOSES - 2 * DAY, CLOSES - DAY  # at 5pm; chased is until then
MORNING = timedelta(hours=-6)  # 11am of a day that ends at 5pm


def opened(**policy: object) -> RoundOpened:
    """A round of three weeks under a policy."""
    chosen = Policy.model_validate(policy)
    return RoundOpened(kind="first", items=ITEMS, deadline=CLOSES, policy=chosen)


def invited(person: str, **theirs: object) -> StakeholderInvited:
    """Somebody who is asked."""
    return StakeholderInvited.model_validate({"invited": person, "items": ITEMS, **theirs})


def later(state: Round, at: datetime, *facts: Fact) -> Round:
    """The round after facts of a later time."""
    for fact in facts:
        state = rounds.evolve(state, fact, 1, at)  # type: ignore[arg-type]
    return state


def member(person: str, backup: str | None = "manager") -> StakeholderAdded:
    """Somebody on the panel, with a stand-in or without."""
    stands = StandIn(kind=backup, name=words("Robin")) if backup else None  # type: ignore[arg-type]
    return StakeholderAdded(
        stakeholder=person, agency="Police", works_as="Lead", items=ITEMS, reached_by="web",
        name=words(person), backup=stands,
    )  # fmt: skip


# -- the plan --------------------------------------------------------------------------------------
def test_people_who_work_elsewhere_have_milestones_of_their_own() -> None:
    """The same reminder stands in the plan once for each hour it comes at."""
    state = folded(opened(reminders=[1]), ANN, invited("bo-1", zone="America/New_York"))
    assert [one.due.hour for one in plan(state)] == [9, 14, 16]


def test_on_the_day_people_are_told_of_a_deadline_they_are_not_reminded_of_it() -> None:
    """Nor is anybody told of their silence; what is counted in hours goes on that day too."""
    state = folded(opened(reminders=[2, 1, "54 hours"], escalation=LADDER), ANN)
    nine = WEDNESDAY - timedelta(hours=8)
    moved = later(state, nine, DeadlineMoved(deadline=CLOSES, because=words("more time")))
    kinds = [one.kind for one in plan(moved)]
    assert kinds == ["remind-54-hours", "remind-1", "tell-coordinator-1", "close"]


def test_a_paused_round_promises_nothing() -> None:
    """Not even its close."""
    assert plan(folded(opened(), ANN, RoundPaused(because=words("ill")))) == []


def test_once_everybody_is_released_only_the_close_is_left() -> None:
    """Nobody can be reminded, and nobody told of."""
    state = folded(opened(escalation=LADDER), ANN, InvitationEnded(ended_for="ann-1"))
    assert [one.kind for one in plan(state)] == ["close"]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("remind-3", "a reminder, 3 working days before the deadline"),
        ("remind-2-hours", "a reminder, 2 hours before the deadline"),
        ("tell-backup-1", "managers and stand-ins are told who is silent, 1 working day before"),
        ("tell-coordinator-90-minutes", "the coordinator is told who is silent, 90 minutes before"),
        ("close", "the close"),
    ],
)
def test_a_milestone_is_said_in_words(kind: str, said: str) -> None:
    """What stands in the coordinator's calendar is a sentence."""
    assert say_milestone(kind).startswith(said)


def test_a_round_without_room_for_a_reminder_says_so() -> None:
    """All days before it are quiet."""
    quiet = opened(quiet=["2026-10-01 to 2026-10-23"])
    assert thin(folded(opened(), ANN)) is None
    assert "No reminder of the policy finds a day" in (thin(folded(quiet, ANN)) or "")


# -- who is reminded ---------------------------------------------------------------------------
def test_late_at_night_nobody_is_reminded_and_in_the_morning_everybody_once() -> None:
    """A tick that was missed makes up for it when people work."""
    state = folded(opened(), ANN)
    assert remind(state, Over(), WEDNESDAY + timedelta(hours=5), NONE) == ()
    told = [one.milestone for one in remind(state, Over(), THURSDAY + MORNING, NONE)]  # type: ignore[union-attr]
    assert told == ["remind-7", "remind-3", "remind-1"]


def test_who_joins_late_hears_nothing_of_what_was_due_before_them() -> None:
    """The invitation is a day old: they are not chased for last week's reminders."""
    state = later(folded(opened(), ANN), CLOSES - 2 * DAY, invited("bo-1"))
    assert waits(state, THURSDAY) == {
        "ann-1": ["remind-7", "remind-3", "remind-1"],
        "bo-1": ["remind-1"],
    }


def test_a_part_timer_is_passed_over_until_they_work_and_then_reminded_once() -> None:
    """Two of theirs fall on one day; only the newer is sent."""
    state = folded(opened(reminders=[2, 1]), invited("bo-1", hours=read_hours("Mon-Wed")))
    facts = remind(state, Over(), WEDNESDAY + MORNING, NONE)
    assert facts == (
        ReminderWithheld(withheld_from="bo-1", milestone="remind-2", rule="overtaken"),
        StakeholderReminded(reminded="bo-1", milestone="remind-1"),
    )


def test_a_move_to_an_earlier_day_forgets_what_would_be_overdue() -> None:
    """Only what falls due after the move is planned, however near the new deadline is."""
    moved = DeadlineMoved(deadline=WEDNESDAY, because=words("sooner"))
    state = later(folded(opened(), ANN), WEDNESDAY - DAY, moved)
    assert [one.kind for one in plan(state)] == ["close"]


def test_at_the_deadline_each_reminder_that_found_no_moment_is_withheld_by_its_rule() -> None:
    """Who finished is said to have; for the others it was too late."""
    state = folded(opened(reminders=[1]), ANN, invited("bo-1"))
    rules = [one.rule for one in too_late(state, Over(frozenset({"ann-1"})), CLOSES, NONE)]  # type: ignore[union-attr]
    assert rules == ["finished", "too-late"]


def test_a_cap_of_nothing_withholds_every_reminder() -> None:
    """By its rule."""
    (fact,) = remind(
        folded(opened(reminders=[1], reminder_cap=0), ANN), Over(), THURSDAY + MORNING, NONE
    )
    assert fact == ReminderWithheld(withheld_from="ann-1", milestone="remind-1", rule="capped")


# -- the ladder --------------------------------------------------------------------------------
def test_the_stand_in_is_told_first_and_the_coordinator_after() -> None:
    """Each at their step."""
    state, panel = folded(opened(escalation=LADDER), ANN), {"ann-1": member("ann-1")}
    first = escalate(state, panel, Over(), WEDNESDAY + MORNING)
    assert first == (Escalated(about="ann-1", to="manager", milestone="tell-backup-2"),)
    second = escalate(later(state, WEDNESDAY, *first), panel, Over(), THURSDAY + MORNING)
    assert second == (Escalated(about="ann-1", to="coordinator", milestone="tell-coordinator-1"),)


def test_where_no_stand_in_is_named_the_log_says_so_and_the_coordinator_is_told() -> None:
    """The ladder has a rung less."""
    state, panel = folded(opened(escalation=LADDER), ANN), {"ann-1": member("ann-1", None)}
    (first,) = escalate(state, panel, Over(), WEDNESDAY + MORNING)
    assert isinstance(first, ReminderWithheld)
    assert first.rule == "nobody-named"


def test_when_both_steps_are_overdue_only_the_coordinator_is_told() -> None:
    """The lower one is overtaken."""
    state, panel = folded(opened(escalation=LADDER), ANN), {"ann-1": member("ann-1")}
    kinds = [type(one).__name__ for one in escalate(state, panel, Over(), THURSDAY + MORNING)]
    assert kinds == ["ReminderWithheld", "Escalated"]


def test_of_who_joined_after_a_step_nobody_is_told_by_it() -> None:
    """They have not been silent; the next step is theirs."""
    panel = {name: member(name) for name in ("ann-1", "bo-1")}
    state = later(folded(opened(escalation=LADDER), ANN), WEDNESDAY, invited("bo-1"))
    told = escalate(state, panel, Over(), THURSDAY + MORNING)
    assert [getattr(one, "about", None) for one in told] == [None, "ann-1", "bo-1"]


def test_a_step_that_found_no_moment_is_withheld_at_the_deadline() -> None:
    """Nobody was told, and the log says why."""
    state, panel = folded(opened(escalation=LADDER[1:]), ANN), {"ann-1": member("ann-1")}
    (fact,) = untold(state, panel, Over(), CLOSES)
    assert fact == ReminderWithheld(
        withheld_from="ann-1", milestone="tell-coordinator-1", rule="too-late"
    )


def test_a_step_is_due_from_its_very_moment() -> None:
    """Closed by hand on the stroke, a round accounts for that step, and a moment before for none."""
    state, panel = folded(opened(escalation=LADDER[1:]), ANN), {"ann-1": member("ann-1")}
    (step,) = (one for one in plan(state) if one.kind == "tell-coordinator-1")
    told = [untold(state, panel, Over(), at) for at in (step.due - timedelta(seconds=1), step.due)]
    assert [len(facts) for facts in told] == [0, 1]


def test_a_step_that_was_taken_is_not_due_again() -> None:
    """Of somebody of whom it was told, nobody is told by the same step a second time."""
    state, panel = folded(opened(escalation=LADDER), ANN), {"ann-1": member("ann-1")}
    taken = escalate(state, panel, Over(), THURSDAY + MORNING)
    assert taken
    assert escalate(later(state, THURSDAY, *taken), panel, Over(), THURSDAY + MORNING) == ()
