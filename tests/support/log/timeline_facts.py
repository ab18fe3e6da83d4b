"""Facts of one moment as a coordinator would tell them: who is reminded, who is not, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from ehsg_events.dates import calendar
from ehsg_events.events import (
    AnswerGiven,
    CoordinatorReminded,
    DeadlineMoved,
    Escalated,
    InterviewCompleted,
    InterviewWithdrawn,
    InvitationEnded,
    ReminderWithheld,
    RoundClosed,
    RoundMeasured,
    RoundOpened,
    RoundPaused,
    RoundReopened,
    RoundResumed,
    StakeholderInvited,
    StakeholderReminded,
)
from ehsg_events.kernel import Recorded
from ehsg_events.values.hours import say_before

Zones = Mapping[str, str | None]
NOT = {
    "remind": "not reminded",
    "tell-backup": "manager or stand-in not told",
    "tell-coordinator": "coordinator not told",
}


def told(facts: Sequence[Recorded], zones: Zones) -> Iterator[str]:
    """What happened at a moment, in clauses."""
    for one in facts:
        yield from _round(one)
    yield from _of_people(facts)
    yield from _chased(facts, zones)
    for one in facts:
        yield from _after(one)


def _round(one: Recorded) -> Iterator[str]:
    match one.fact:
        case RoundOpened(kind=kind, deadline=deadline):
            yield f"the {kind} round opens until {_until(deadline)}"
        case DeadlineMoved(deadline=deadline):
            yield f"the deadline is moved to {_until(deadline)}"
        case RoundReopened(deadline=deadline):
            yield f"the round is reopened until {_until(deadline)}"
        case RoundPaused():
            yield "the round is paused"
        case RoundResumed():
            yield "the round goes on"


def _until(deadline: datetime) -> str:
    return f"{calendar.say(deadline, 'Europe/London')} ({deadline.astimezone(UTC):%H:%MZ})"


def _of_people(facts: Sequence[Recorded]) -> Iterator[str]:
    """Who is asked, and who has said what."""
    invited = [one.fact.invited for one in facts if isinstance(one.fact, StakeholderInvited)]
    if invited:
        yield f"asked: {', '.join(invited)}"
    answered = [one.fact.item for one in facts if isinstance(one.fact, AnswerGiven)]
    if answered:
        yield f"{facts[0].stream.stakeholder} answers {', '.join(answered)}"
    for one in facts:
        match one.fact:
            case InterviewCompleted():
                yield f"{one.stream.stakeholder} has finished"
            case InterviewWithdrawn():
                yield f"{one.stream.stakeholder} withdraws"
            case InvitationEnded(ended_for=person):
                yield f"{person} is asked nothing more"


def _chased(facts: Sequence[Recorded], zones: Zones) -> Iterator[str]:
    """Who is reminded and of whom others are told, by milestone; then who is not, and the rule."""
    done: dict[str, list[str]] = {}
    for one in facts:
        match one.fact:
            case StakeholderReminded(reminded=person, milestone=milestone):
                there = _there(person, zones, one.stamp.at)
                done.setdefault(f"reminder ({_before(milestone)}) to", []).append(there)
            case Escalated(about=person, to="coordinator", milestone=milestone):
                told_of = f"the coordinator is told ({_before(milestone)}) of"
                done.setdefault(told_of, []).append(person)
            case Escalated(about=person, to=to):
                yield f"the {to} of {person} is told that they are silent"
            case ReminderWithheld(withheld_from=person, milestone=milestone, rule=rule):
                what = f"{NOT[_what(milestone)]} ({_before(milestone)}), {rule}:"
                done.setdefault(what, []).append(person)
    yield from (f"{what} {', '.join(people)}" for what, people in done.items())


def _what(milestone: str) -> str:
    return next(what for what in NOT if milestone.startswith(what))


def _before(milestone: str) -> str:
    before = milestone.removeprefix(f"{_what(milestone)}-")
    said = say_before(int(before)) if before.isdigit() else before.replace("-", " ")
    return f"{said} before"


def _there(person: str, zones: Zones, at: datetime) -> str:
    """A person, with the time it is where they are."""
    zone = zones[person]
    if zone is None:
        return person
    local = at.astimezone(ZoneInfo(zone))
    return f"{person} ({calendar.say_time(local.time())} in {zone})"


def _after(one: Recorded) -> Iterator[str]:
    match one.fact:
        case RoundClosed(closed_by=by):
            yield "the round closes at its deadline" if by == "deadline" else "closed by hand"
        case RoundMeasured(left=left):
            yield ", ".join(f"{found.item} {found.because}" for found in left)
        case CoordinatorReminded(of=what):
            yield f"the coordinator is told that {what} is overdue"
