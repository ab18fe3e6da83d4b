"""Opening a round: whom it asks what, until when. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ehsg_events.dates import calendar
from ehsg_events.events import RoundKind, RoundOpened, StakeholderAdded, StakeholderInvited
from ehsg_events.kernel import Refused
from ehsg_events.states.round import RoundFact
from ehsg_events.values.rules import Policy


def open_round(
    kind: RoundKind,
    asked: Mapping[str, tuple[str, ...]],
    deadline: datetime,
    policy: Policy,
    now: datetime,
    panel: Mapping[str, StakeholderAdded] | None = None,
) -> tuple[RoundFact, ...]:
    """Open a round and invite everyone in it, in one piece.

    Args:
        asked: the items put to each stakeholder, in the guide's order.
        deadline: when answers are no longer taken, aware.
        panel: knows who has hours of their own.

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
    """Invite one person, with the hours that are theirs."""
    return StakeholderInvited(
        invited=person,
        items=items,
        zone=member.zone if member else None,
        hours=member.hours if member else None,
    )


def default_deadline(policy: Policy, kind: RoundKind, now: datetime) -> datetime:
    """The policy's working days after today, at its hour."""
    days = policy.feedback_working_days if kind == "feedback" else policy.working_days
    return at_hour(policy, now, days)


def at_hour(policy: Policy, now: datetime, days: int) -> datetime:
    """So many working days after today, at the hour at which the policy's rounds close."""
    day = calendar.working_days(calendar.local_day(now, policy.zone), days)
    return calendar.moment(day, policy.deadline_at, policy.zone)


def refuse_unless_ahead(deadline: datetime, now: datetime, policy: Policy) -> None:
    """A deadline lies ahead, in years whose bank holidays are known."""
    calendar.free_day(calendar.local_day(deadline, policy.zone))
    if deadline <= now:
        raise Refused(
            f"The deadline {calendar.say(deadline, policy.zone)} has passed. Choose one after "
            f"{calendar.say(now, policy.zone)}."
        )
