"""What `ehsg serve` says of each assessment: what falls due and when, and what was done. Pure.

Pseudonyms and times only: what is said here goes to terminals and into files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import groupby
from uuid import UUID

from bots.phrases.labels import counted, round_kind
from ehsg_events.dates import calendar
from ehsg_events.events import (
    DeadlineMoved,
    Escalated,
    MessageBounced,
    MessageDelayed,
    MessageFailed,
    MessageUncertain,
    RoundClosed,
    RoundOpened,
    RoundReopened,
    StakeholderReminded,
)
from ehsg_events.kernel import Recorded
from ehsg_events.rounds.milestones import Milestone, ahead, coming, say_milestone
from ehsg_events.states.situation import Situation, to_moderate

TOLD = (
    RoundOpened, RoundClosed, RoundReopened, DeadlineMoved, StakeholderReminded, Escalated,
    MessageFailed, MessageBounced, MessageUncertain, MessageDelayed,
)  # fmt: skip
TOPICS = tuple(fact.TOPIC for fact in TOLD)
MOST = 10  # people who are listed in a line
SOON = 3  # milestones that are said at the start
NOTHING = "nothing falls due by itself"
AWAITS = {"moderation": "moderation is to be done", "sign-off": "sign-off is to be done"}
Zone = Callable[[UUID], str]


def falls_due(situation: Situation, now: datetime) -> str:
    """Where an assessment stands, and what falls due next; nothing once it is over."""
    state, newest = situation.assessment, situation.newest
    if state.ended:
        return ""
    policy = newest.policy if newest else state.policy
    _, milestones = coming(state, newest)
    due = [_when(milestone, policy.zone) for milestone in ahead(milestones, now)]
    next_ones = "; ".join(dict.fromkeys(due[:SOON])) or NOTHING
    if due[SOON:]:
        next_ones += f"; the last: {due[-1]}"
    return f"{state.area}: {_stands(situation)}. Next: {next_ones}."


def _stands(situation: Situation) -> str:
    newest = situation.newest
    if newest is None:
        return "no round was opened yet"
    named = f"round {newest.number} ({round_kind(newest.kind)})"
    if newest.closed:
        left = len(to_moderate(situation))
        return f"{named} is closed" + (f", {counted(left, 'descriptor')} to settle" if left else "")
    paused = ", but paused" if newest.paused else ""
    return f"{named} is open until {calendar.say(newest.deadline, newest.policy.zone)}{paused}"


def _when(milestone: Milestone, zone: str) -> str:
    when = calendar.say(milestone.due, zone)
    awaits = AWAITS.get(milestone.kind)
    return f"{awaits} by {when}" if awaits else f"{say_milestone(milestone.kind)} at {when}"


def was_done(facts: Iterable[Recorded], area: Callable[[UUID], str], zone: Zone) -> Iterator[str]:
    """A line for each thing that was done; people who were reminded together stand in one.

    Args:
        facts: of the kinds of `TOLD`, in the order of the log.
        area: of an assessment.
        zone: of an assessment, in which its times are said.
    """
    alike = groupby(facts, key=lambda one: (one.stream.assessment, one.stamp.key, type(one.fact)))
    for (assessment, _, _), together in alike:
        said = _line(list(together), zone(assessment))
        yield f"{area(assessment)}: {said}."


def _line(together: list[Recorded], zone: str) -> str:
    recorded = together[0]
    number = f"round {recorded.stream.round}"
    match recorded.fact:
        case RoundOpened(deadline=deadline):
            return f"{number} was opened, until {calendar.say(deadline, zone)}"
        case RoundReopened(deadline=deadline):
            return f"{number} takes answers again, until {calendar.say(deadline, zone)}"
        case DeadlineMoved(deadline=deadline):
            return f"{number} is open until {calendar.say(deadline, zone)} now"
        case RoundClosed(closed_by=by):
            return f"{number} was closed, by the {by}"
        case StakeholderReminded():
            people = [
                one.fact.reminded for one in together if isinstance(one.fact, StakeholderReminded)
            ]
            return f"{counted(len(people), 'person')} to be reminded: {_listed(people)}"
        case Escalated():
            people = [one.fact.about for one in together if isinstance(one.fact, Escalated)]
            return f"others are to be told of the silence of {_listed(people)}"
    return "; ".join(_of_a_message(one) for one in together)


def _of_a_message(recorded: Recorded) -> str:
    match recorded.fact:
        case MessageFailed(to=to, reason=why):
            return f"a message to {to} could not be sent: {why}"
        case MessageBounced(to=to, status=why):
            return f"a message to {to} came back: {why}"
        case MessageDelayed(to=to, reason=why):
            return f"a message to {to} could not be sent yet, and is tried again: {why}"
        case MessageUncertain(to=to):
            return f"nobody knows whether a message to {to} was sent; it is not sent again"
    raise AssertionError(f"{type(recorded.fact).__name__} is none of those that are told")


def _listed(people: list[str]) -> str:
    """Some people by their pseudonyms, and how many more."""
    some, more = list(dict.fromkeys(people))[:MOST], len(set(people)) - MOST
    return ", ".join(some) + (f" and {more} more" if more > 0 else "")
