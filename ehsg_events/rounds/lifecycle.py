"""A round's life: opened, deadline moved, paused, resumed, closed, reopened. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ehsg_events.dates import calendar
from ehsg_events.events import (
    DeadlineMoved,
    RoundClosed,
    RoundKind,
    RoundOpened,
    RoundPaused,
    RoundReopened,
    RoundResumed,
    StakeholderAdded,
    StakeholderInvited,
)
from ehsg_events.kernel import Refused, Way, Words
from ehsg_events.states.round import Round, RoundFact, refuse_if_closed, refuse_if_over
from ehsg_events.values.policy import Policy


def open_round(
    kind: RoundKind,
    asked: Mapping[str, tuple[str, ...]],
    deadline: datetime,
    policy: Policy,
    now: datetime,
    panel: Mapping[str, StakeholderAdded] | None = None,
) -> tuple[RoundFact, ...]:
    """Open a round and invite everyone in it.

    Args:
        asked: the items put to each stakeholder, in the guide's order.
        deadline: when answers are no longer taken, with a zone.
        panel: the members, for those who have hours of their own.

    Raises:
        Refused: the deadline has passed, or is outside the calendar.
    """
    refuse_unless_ahead(deadline, now, policy)
    everything = {item: None for items in asked.values() for item in items}
    opened = RoundOpened(kind=kind, items=tuple(everything), deadline=deadline, policy=policy)
    people = panel or {}
    invitations = (
        invitation(person, items, people.get(person)) for person, items in asked.items() if items
    )
    return (opened, *invitations)


def invitation(
    person: str, items: tuple[str, ...], member: StakeholderAdded | None
) -> StakeholderInvited:
    """Invite one person, with their own hours if they have any."""
    return StakeholderInvited(
        invited=person,
        items=items,
        zone=member.zone if member else None,
        hours=member.hours if member else None,
    )


def default_deadline(policy: Policy, kind: RoundKind, now: datetime) -> datetime:
    """The deadline the policy gives a round that opens now."""
    days = policy.feedback_working_days if kind == "feedback" else policy.working_days
    return at_hour(policy, now, days)


def at_hour(policy: Policy, now: datetime, days: int) -> datetime:
    """`days` working days after today, at the hour at which the policy's rounds close."""
    day = calendar.working_days(calendar.local_day(now, policy.zone), days, policy.proclaimed)
    return calendar.moment(day, policy.deadline_at, policy.zone)


def refuse_unless_ahead(deadline: datetime, now: datetime, policy: Policy) -> None:
    """Refuse a deadline that has passed, or lies beyond the known bank holidays."""
    calendar.free_day(calendar.local_day(deadline, policy.zone))
    if deadline <= now:
        raise Refused(
            f"The deadline {calendar.say(deadline, policy.zone)} has passed. Choose one after "
            f"{calendar.say(now, policy.zone)}."
        )


def move_deadline(
    state: Round, deadline: datetime, because: Words, now: datetime
) -> tuple[RoundFact, ...]:
    """Give people more time, or less, with the reason.

    Raises:
        Refused: the round is closed, or its deadline has passed and the next tick closes it.
    """
    refuse_if_closed(state)
    if state.deadline <= now and not state.paused:
        until = calendar.say(state.deadline, state.policy.zone)
        raise Refused(
            f"The deadline of round {state.number} has passed ({until}).",
            Way("round reopen", "take answers again, told apart from those given before"),
        )
    refuse_unless_ahead(deadline, now, state.policy)
    if deadline == state.deadline:
        return ()
    return (DeadlineMoved(deadline=deadline, because=because),)


def refuse_to_shorten(state: Round, deadline: datetime) -> None:
    """Refuse to give people less time than they were told."""
    if deadline < state.deadline:
        told, until = (calendar.say(when, state.policy.zone) for when in (state.deadline, deadline))
        raise Refused(
            f"People were told that they have until {told}, and {until} is earlier. Choose a later "
            f"time, or say that it is meant to be earlier: they are told.",
            Way("round close", "close it now instead"),
            field="earlier",
        )


def refuse_unless_over(newest: Round | None) -> None:
    """Refuse to begin the next round before the newest was measured."""
    if newest is not None and newest.measured is None:
        until = calendar.say(newest.deadline, newest.policy.zone)
        is_open = f"open until {until}. Close it"
        stands = "closed, but not measured yet. Measure it" if newest.closed else is_open
        raise Refused(
            f"Round {newest.number} is {stands} first.", Way("round close", "close and measure it")
        )


def close_in_time() -> tuple[RoundFact, ...]:
    """Close a round whose deadline has come."""
    return (RoundClosed(closed_by="deadline"),)


def close(state: Round) -> tuple[RoundFact, ...]:
    """Close a round before its deadline, as the coordinator decided."""
    refuse_if_closed(state)
    return (RoundClosed(closed_by="coordinator"),)


def reopen(
    state: Round, deadline: datetime, because: Words, now: datetime
) -> tuple[RoundFact, ...]:
    """Take answers again after the end, with the reason; the round will be measured anew.

    Raises:
        Refused: the round is open or paused, or the new deadline is not ahead.
    """
    if not state.closed and (state.paused or state.deadline > now):
        until = calendar.say(state.deadline, state.policy.zone)
        stands = "paused" if state.paused else f"open until {until}"
        raise Refused(
            f"Round {state.number} is {stands}, so there is nothing to reopen.",
            Way("round extend", "move its deadline"),
        )
    refuse_unless_ahead(deadline, now, state.policy)
    closed = () if state.closed else close_in_time()
    return (*closed, RoundReopened(deadline=deadline, because=because))


def pause(state: Round, because: Words, now: datetime) -> tuple[RoundFact, ...]:
    """Pause a round, with the reason: nobody is chased and it does not close by itself."""
    refuse_if_over(state, now)
    if state.paused:
        raise Refused(
            f"Round {state.number} is paused already.", Way("round resume", "let it go on")
        )
    return (RoundPaused(because=because),)


def resume(state: Round) -> tuple[RoundFact, ...]:
    """Resume a round; what fell due meanwhile is done at the next tick."""
    refuse_if_closed(state)
    if not state.paused:
        raise Refused(f"Round {state.number} is not paused, so there is nothing to resume.")
    return (RoundResumed(),)
