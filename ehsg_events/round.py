"""One round: opened, invited, reminded, moved, closed. Its plan is pure; time is an argument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple, assert_never

from ehsg_events import calendar
from ehsg_events.events import (
    DeadlineMoved,
    HandOnDeclined,
    ItemsHandedOn,
    LinkIssued,
    LinkRevoked,
    ReminderWithheld,
    RoundClosed,
    RoundKind,
    RoundMeasured,
    RoundOpened,
    RoundPaused,
    RoundResumed,
    StakeholderInvited,
    StakeholderReminded,
)
from ehsg_events.kernel import Refused, Words
from ehsg_events.rules import Policy

RoundFact = (
    RoundOpened
    | StakeholderInvited
    | StakeholderReminded
    | ReminderWithheld
    | LinkIssued
    | LinkRevoked
    | ItemsHandedOn
    | HandOnDeclined
    | RoundPaused
    | RoundResumed
    | DeadlineMoved
    | RoundClosed
    | RoundMeasured
)


@dataclass(frozen=True)
class Round:
    """What stands about one round once its facts are folded."""

    number: int
    kind: RoundKind
    items: tuple[str, ...]
    deadline: datetime
    policy: Policy
    opened: datetime
    since: datetime  # reminders due before it are not planned: the opening, or the last move
    invited: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    handed_on: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reminded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    last_reminded: Mapping[str, datetime] = field(default_factory=dict)
    handled: frozenset[tuple[str, str]] = frozenset()
    links: Mapping[str, str] = field(default_factory=dict)  # a link's digest, and whose it is
    paused: bool = False
    closed_at: datetime | None = None
    measured: RoundMeasured | None = None

    @property
    def closed(self) -> bool:
        """Whether answers are no longer taken."""
        return self.closed_at is not None


class Milestone(NamedTuple):
    """Something a round has promised to do, and when it is due."""

    kind: str
    due: datetime


def evolve(  # noqa: C901, PLR0912 - one case for each kind of fact
    state: Round | None, fact: RoundFact, number: int, at: datetime
) -> Round:
    """Fold one fact, recorded at a time in the round of a number, into the state."""
    if isinstance(fact, RoundOpened):
        return Round(number, fact.kind, fact.items, fact.deadline, fact.policy, at, at)
    assert state is not None, "a round's first fact is that it was opened"
    match fact:
        case StakeholderInvited():
            return replace(state, invited={**state.invited, fact.invited: fact.items})
        case StakeholderReminded():
            before = state.reminded.get(fact.reminded, ())
            return replace(
                state,
                reminded={**state.reminded, fact.reminded: (*before, fact.milestone)},
                last_reminded={**state.last_reminded, fact.reminded: at},
                handled=state.handled | {(fact.reminded, fact.milestone)},
            )
        case ReminderWithheld():
            return replace(state, handled=state.handled | {(fact.withheld_from, fact.milestone)})
        case LinkIssued():
            return replace(state, links={**state.links, fact.link: fact.issued_to})
        case LinkRevoked():
            left = {link: whose for link, whose in state.links.items() if link != fact.link}
            return replace(state, links=left)
        case ItemsHandedOn():
            return _handed_on(state, fact)
        case HandOnDeclined():
            return state
        case RoundPaused():
            return replace(state, paused=True)
        case RoundResumed():
            return replace(state, paused=False)
        case DeadlineMoved():
            return replace(state, deadline=fact.deadline, since=at, handled=frozenset())
        case RoundClosed():
            return replace(state, closed_at=at, paused=False)
        case RoundMeasured():
            return replace(state, measured=fact)
    assert_never(fact)


def _handed_on(state: Round, fact: ItemsHandedOn) -> Round:
    """Items are asked of the colleague, and no longer of the one who handed them on."""
    giver, taker = fact.handed_on_by, fact.to
    asked = {*state.invited.get(taker, ()), *fact.items}
    invited = {
        giver: _without(state.invited[giver], fact.items),
        taker: tuple(item for item in state.items if item in asked),
    }
    handed_on = {
        giver: (*state.handed_on.get(giver, ()), *fact.items),
        taker: _without(state.handed_on.get(taker, ()), fact.items),
    }
    return replace(
        state,
        invited={**state.invited, **invited},
        handed_on={**state.handed_on, **handed_on},
    )


def _without(items: tuple[str, ...], gone: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(item for item in items if item not in gone)


def open_round(
    kind: RoundKind,
    asked: Mapping[str, tuple[str, ...]],
    deadline: datetime,
    policy: Policy,
    now: datetime,
) -> tuple[RoundFact, ...]:
    """Open a round and invite everyone in it, in one piece.

    Args:
        asked: the items put to each stakeholder, in the guide's order.
        deadline: when answers are no longer taken, aware.

    Raises:
        Refused: the deadline has passed, or is outside the calendar.
    """
    _refuse_unless_ahead(deadline, now, policy)
    everything = {item: None for items in asked.values() for item in items}
    opened = RoundOpened(kind=kind, items=tuple(everything), deadline=deadline, policy=policy)
    invitations = (
        StakeholderInvited(invited=person, items=items) for person, items in asked.items() if items
    )
    return (opened, *invitations)


def default_deadline(policy: Policy, kind: RoundKind, now: datetime) -> datetime:
    """The policy's working days after today, at its hour."""
    days = policy.working_days if kind == "first" else policy.feedback_working_days
    day = calendar.working_days(calendar.local_day(now, policy.zone), days)
    return calendar.moment(day, policy.deadline_at, policy.zone)


def move_deadline(
    state: Round, deadline: datetime, because: Words, now: datetime
) -> tuple[RoundFact, ...]:
    """Give people more time, or less, with the reason."""
    refuse_if_closed(state)
    _refuse_unless_ahead(deadline, now, state.policy)
    if deadline == state.deadline:
        return ()
    return (DeadlineMoved(deadline=deadline, because=because),)


def close(state: Round) -> tuple[RoundFact, ...]:
    """Close a round before its deadline, by the coordinator's hand."""
    refuse_if_closed(state)
    return (RoundClosed(closed_by="coordinator"),)


def plan(state: Round) -> list[Milestone]:
    """What the round has promised and not yet done, in the order it falls due.

    A reminder that would fall before the round was opened, or its deadline moved, is not planned.
    A paused round promises nothing.
    """
    if state.measured is not None:
        feedback = state.measured.feedback_due
        return [] if feedback is None else [Milestone("feedback", feedback)]
    if state.closed or state.paused:
        return []
    reminders = (
        Milestone(f"remind-{days}", _reminder_due(state, days)) for days in state.policy.reminders
    )
    ahead = (m for m in reminders if state.since < m.due < state.deadline)
    return sorted((*ahead, Milestone("close", state.deadline)), key=lambda m: m.due)


def _reminder_due(state: Round, days: int) -> datetime:
    zone = state.policy.zone
    last = calendar.local_day(state.deadline, zone)
    return calendar.moment(calendar.working_days(last, -days), state.policy.reminders_at, zone)


def refuse_if_over(state: Round, now: datetime) -> None:
    """Nothing is begun in a round that is closed, or will be by the next tick."""
    refuse_if_closed(state)
    if state.deadline <= now:
        said = calendar.say(state.deadline, state.policy.zone)
        raise Refused(
            f"The deadline of round {state.number} has passed ({said}), so it closes in a moment. "
            f"`ehsg round extend` gives it more time."
        )


def refuse_if_closed(state: Round) -> None:
    """Nothing is decided about a round that is closed."""
    if state.closed:
        said = calendar.say(state.deadline, state.policy.zone)
        raise Refused(
            f"Round {state.number} is closed (its deadline was {said}). "
            f"`ehsg round open` opens the next one."
        )


def _refuse_unless_ahead(deadline: datetime, now: datetime, policy: Policy) -> None:
    calendar.free_day(calendar.local_day(deadline, policy.zone))
    if deadline <= now:
        raise Refused(
            f"The deadline {calendar.say(deadline, policy.zone)} has passed. Choose one after "
            f"{calendar.say(now, policy.zone)}."
        )
