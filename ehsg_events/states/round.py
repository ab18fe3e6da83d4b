"""One round: opened, invited, reminded, moved, closed, perhaps reopened. Time is an argument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from ehsg_events.dates import calendar
from ehsg_events.dates.worktime import Worktime, worktime
from ehsg_events.events import (
    AttendanceRecorded,
    CoordinatorReminded,
    DeadlineMoved,
    Escalated,
    HandOnAgreed,
    HandOnDeclined,
    HandOnLapsed,
    HolidaysCounted,
    HoursCorrected,
    InvitationEnded,
    ItemsHandedOn,
    LinkIssued,
    LinkRevoked,
    ReminderWithheld,
    RoundClosed,
    RoundKind,
    RoundMeasured,
    RoundOpened,
    RoundPaused,
    RoundReopened,
    RoundResumed,
    StakeholderInvited,
    StakeholderReminded,
    SurfaceFellBack,
    SurfaceRegained,
    ToldByHand,
    VoteOpened,
    VoteShown,
)
from ehsg_events.kernel import Refused, Way
from ehsg_events.states import workshop_room as rooms
from ehsg_events.states.workshop_room import Room, RoomFact
from ehsg_events.values.policy import Policy

RoundFact = (
    RoundOpened
    | StakeholderInvited
    | InvitationEnded
    | StakeholderReminded
    | ReminderWithheld
    | ToldByHand
    | HoursCorrected
    | Escalated
    | SurfaceFellBack
    | SurfaceRegained
    | CoordinatorReminded
    | LinkIssued
    | LinkRevoked
    | ItemsHandedOn
    | HandOnDeclined
    | HandOnAgreed
    | HandOnLapsed
    | HolidaysCounted
    | RoundPaused
    | RoundResumed
    | DeadlineMoved
    | RoundClosed
    | RoundReopened
    | RoomFact
    | RoundMeasured
)
COORDINATORS = "coordinators"  # stands for a person in `handled`: milestones after the close


@dataclass(frozen=True)
class Round:
    """The state of one round, folded from its facts.

    `since` is when it was opened, last moved or reopened: nothing is planned before it.
    `handled` holds (person, milestone) for each milestone that was done for somebody or withheld.
    """

    number: int
    kind: RoundKind
    items: tuple[str, ...]
    deadline: datetime
    policy: Policy
    opened: datetime
    since: datetime
    invited: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    handed_on: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    agreed_on: Mapping[str, HandOnAgreed] = field(default_factory=dict)  # for the next round
    reminded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    last_reminded: Mapping[str, datetime] = field(default_factory=dict)
    handled: frozenset[tuple[str, str]] = frozenset()
    told_of: frozenset[str] = frozenset()  # whose silence a coordinator was told of
    worktimes: Mapping[str, Worktime] = field(default_factory=dict)
    asked_since: Mapping[str, datetime] = field(default_factory=dict)
    released: frozenset[str] = frozenset()
    fell_back: frozenset[str] = frozenset()
    links: Mapping[str, str] = field(default_factory=dict)  # a link's digest to its person
    room: Room = field(default_factory=Room)  # where a workshop is held
    paused: bool = False
    reopened: int = 0
    closed_at: datetime | None = None
    measured: RoundMeasured | None = None

    @property
    def closed(self) -> bool:
        """Whether answers are no longer taken."""
        return self.closed_at is not None

    def worktime(self, person: str) -> Worktime:
        """When and where a person works, as far as the round knows."""
        return self.worktimes.get(person) or worktime(self.policy)

    def is_planned(self, person: str, due: datetime) -> bool:
        """Whether a milestone due at a time is for a person, not due before they were invited."""
        return due > self.asked_since.get(person, self.since)


def evolve(  # noqa: C901, PLR0912 - one case for each kind of fact
    state: Round | None, fact: RoundFact, number: int, at: datetime
) -> Round:
    """Fold one fact, recorded at a time in round `number`, into the state."""
    if isinstance(fact, RoundOpened):
        return Round(number, fact.kind, fact.items, fact.deadline, fact.policy, at, at)
    assert state is not None, "a round's first fact is that it was opened"
    match fact:
        case StakeholderInvited():
            return _invited(state, fact, at)
        case InvitationEnded():
            return replace(state, released=state.released | {fact.ended_for})
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
        case ToldByHand() | HandOnDeclined() | HandOnLapsed():
            return state
        case HoursCorrected():
            theirs = worktime(state.policy, fact.hours, fact.zone)
            return replace(state, worktimes={**state.worktimes, fact.corrected: theirs})
        case Escalated():
            told_of = state.told_of | ({fact.about} if fact.to == "coordinator" else set())
            handled = state.handled | {(fact.about, fact.milestone)}
            return replace(state, handled=handled, told_of=told_of)
        case SurfaceFellBack():
            return replace(state, fell_back=state.fell_back | {fact.fell_back})
        case SurfaceRegained():
            return replace(state, fell_back=state.fell_back - {fact.regained})
        case CoordinatorReminded():
            return replace(state, handled=state.handled | {(COORDINATORS, fact.milestone)})
        case LinkIssued():
            return replace(state, links={**state.links, fact.link: fact.issued_to})
        case LinkRevoked():
            left = {link: whose for link, whose in state.links.items() if link != fact.link}
            return replace(state, links=left)
        case ItemsHandedOn():
            return _handed_on(state, fact)
        case HandOnAgreed():
            return replace(state, agreed_on={**state.agreed_on, fact.agreed_to: fact})
        case HolidaysCounted(proclaimed=days):
            return replace(state, policy=state.policy.model_copy(update={"proclaimed": days}))
        case RoundPaused() | RoundResumed():
            return replace(state, paused=isinstance(fact, RoundPaused))
        case DeadlineMoved():
            return replace(state, deadline=fact.deadline, since=at, handled=frozenset())
        case RoundClosed():
            return replace(state, closed_at=at, paused=False)
        case RoundReopened():
            return _reopened(state, fact, at)
        case AttendanceRecorded() | VoteOpened() | VoteShown():
            return _in_the_room(state, fact)
        case RoundMeasured():
            return replace(state, measured=fact)
    assert_never(fact)


def _invited(state: Round, fact: StakeholderInvited, at: datetime) -> Round:
    own = fact.hours or fact.zone
    theirs = {fact.invited: worktime(state.policy, fact.hours, fact.zone)} if own else {}
    return replace(
        state,
        invited={**state.invited, fact.invited: fact.items},
        worktimes={**state.worktimes, **theirs},
        asked_since={**state.asked_since, fact.invited: at},
        released=state.released - {fact.invited},
    )


def _in_the_room(state: Round, fact: RoomFact) -> Round:
    """Fold a fact of a workshop's room; a vote adds its item to what its voters are asked."""
    asked: dict[str, tuple[str, ...]] = {}
    if isinstance(fact, VoteOpened):
        before = {p: _without(state.invited.get(p, ()), (fact.item,)) for p in fact.put_to}
        asked = {person: (*items, fact.item) for person, items in before.items()}
    return replace(state, invited={**state.invited, **asked}, room=rooms.evolve(state.room, fact))


def _reopened(state: Round, fact: RoundReopened, at: datetime) -> Round:
    """Take answers again; the next close measures the round anew."""
    return replace(
        state,
        deadline=fact.deadline,
        since=at,
        handled=frozenset(),
        paused=False,
        closed_at=None,
        measured=None,
        reopened=state.reopened + 1,
    )


def _handed_on(state: Round, fact: ItemsHandedOn) -> Round:
    """Ask the items of the colleague, no longer of the person who handed them on."""
    giver, taker = fact.handed_on_by, fact.to
    asked = {*state.invited.get(taker, ()), *fact.items}
    invited = {
        giver: _without(state.invited.get(giver, ()), fact.items),
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


def refuse_if_over(state: Round, now: datetime) -> None:
    """Refuse to begin anything in a round that is closed, or that the next tick will close."""
    refuse_if_closed(state)
    if state.deadline <= now:
        deadline = calendar.say(state.deadline, state.policy.zone)
        then = "It is paused." if state.paused else "It closes in a moment."
        extend = Way("round extend", "give it more time")
        raise Refused(
            f"The deadline of round {state.number} has passed ({deadline}). {then}",
            extend if state.paused else Way("round reopen", "take answers again"),
        )


def refuse_if_closed(state: Round) -> None:
    """Refuse to decide anything about a round that is closed."""
    if state.closed:
        deadline = calendar.say(state.deadline, state.policy.zone)
        raise Refused(
            f"Round {state.number} is closed (its deadline was {deadline}).",
            Way("round reopen", "take answers again"),
            Way("round open", "open the next one"),
        )
