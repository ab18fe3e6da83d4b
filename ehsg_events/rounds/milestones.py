"""What a round has promised and not yet done, and when it falls due. Pure: redrawn at any time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from ehsg_events.dates import calendar
from ehsg_events.dates import worktime as timing
from ehsg_events.dates.worktime import Worktime, worktime
from ehsg_events.events import RoundMeasured
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.round import COORDINATORS, Round
from ehsg_events.values.hours import Before, name_before, say_before
from ehsg_events.values.policy import Step


class Milestone(NamedTuple):
    """Something a round has promised to do, and when it is due."""

    kind: str
    due: datetime


NO_WISHES: Mapping[str, datetime] = {}
ASKED = "asked-"  # before its time: the milestone of a reminder that somebody asked for


def plan(state: Round, wishes: Mapping[str, datetime] = NO_WISHES) -> list[Milestone]:
    """What a round has promised and not yet done, in the order it falls due.

    Nothing is planned for a time before the round was opened or its deadline last moved. A paused
    round promises nothing. People who work elsewhere or at other hours have their reminders at
    times of their own.

    Args:
        wishes: when people asked to be reminded.
    """
    if state.measured is not None:
        return sorted(_after(state, state.measured), key=lambda milestone: milestone.due)
    if state.closed or state.paused:
        return []
    people = {state.worktime(person) for person in state.invited if person not in state.released}
    chased = {milestone for theirs in people for milestone in reminders(state, theirs)}
    ladder = set(escalations(state)) if people else set()
    wished = asked_for(state, wishes).values()
    milestones = {*chased, *wished, *ladder, Milestone("close", state.deadline)}
    return sorted(milestones, key=lambda milestone: (milestone.due, milestone.kind))


def reminders(state: Round, theirs: Worktime) -> list[Milestone]:
    """The reminders of people with the same hours, the earliest first."""
    return [
        Milestone(f"remind-{name_before(before)}", at)
        for before in timing.sooner(state.policy.reminders)
        if (at := _still_due(state, theirs, before)) is not None
    ]


def asked_for(state: Round, wishes: Mapping[str, datetime]) -> dict[str, Milestone]:
    """The reminder that each person asked for, while it is still to be given before the deadline."""
    named = {person: Milestone(asked_name(at), at) for person, at in wishes.items()}
    return {
        person: milestone
        for person, milestone in named.items()
        if (person, milestone.kind) not in state.handled
        and person not in state.released
        and state.since < milestone.due < state.deadline
        and state.is_planned(person, milestone.due)
    }


def asked_name(at: datetime) -> str:
    """A reminder that somebody asked for as the name of a milestone."""
    return f"{ASKED}{at.astimezone(UTC):%Y%m%dT%H%MZ}"


def escalations(state: Round) -> list[Milestone]:
    """The steps of the ladder, the lowest first."""
    theirs = worktime(state.policy)
    return [
        Milestone(step_name(step), at)
        for step in state.policy.escalation
        if (at := _still_due(state, theirs, step.before)) is not None
    ]


def step_name(step: Step) -> str:
    """A step of the ladder as the name of a milestone."""
    return f"tell-{step.to}-{name_before(step.before)}"


def _still_due(state: Round, theirs: Worktime, before: Before) -> datetime | None:
    """When something falls due; none if that is before people were told of the deadline.

    None, too, if it is counted in working days and due on the very day they were told.
    """
    at = timing.due(state.policy, theirs, state.deadline, before)
    if at is None or not state.since < at < state.deadline:
        return None
    days = (calendar.local_day(moment, theirs.zone) for moment in (state.since, at))
    return None if isinstance(before, int) and len(set(days)) == 1 else at


def _after(state: Round, measured: RoundMeasured) -> Iterator[Milestone]:
    """After a round was measured: the feedback round, or by when the coordinator is to act."""
    dues = {
        "feedback": measured.feedback_due,
        "moderation": measured.moderation_due,
        "sign-off": measured.sign_off_due,
    }
    for kind, at in dues.items():
        if at is not None and (COORDINATORS, kind) not in state.handled:
            yield Milestone(kind, at)


def coming(
    state: Assessment, newest: Round | None, wishes: Mapping[str, datetime] = NO_WISHES
) -> tuple[int, list[Milestone]]:
    """What an assessment has promised: the round's number, and its milestones.

    Nothing once it is signed off or abandoned; the planned opening while no round is open.

    Args:
        wishes: when people asked to be reminded in the newest round.
    """
    if state.ended:
        return 0, []
    opening, number = state.opening, newest.number if newest else 0
    over = newest is None or newest.closed
    if over and opening is not None and opening.round == number + 1:
        return number + 1, [Milestone("open", opening.opens)]
    return number, plan(newest, wishes) if newest else []


def ahead(milestones: Sequence[Milestone], now: datetime) -> list[Milestone]:
    """The milestones to show as still to come: without nudges whose time has passed."""
    nudges = ("remind-", "tell-", ASKED)
    return [m for m in milestones if m.due > now or not m.kind.startswith(nudges)]


def say_milestone(kind: str) -> str:
    """A milestone in words."""
    what, _, before = kind.partition("-")
    if what == "remind":
        return f"a reminder, {_say_span(before)} before the deadline"
    if kind.startswith(ASKED):
        return "a reminder at a time somebody asked for"
    if what == "tell":
        to, _, before = before.partition("-")
        return f"{TOLD[to]} told who is silent, {_say_span(before)} before the deadline"
    return SAID[kind]


def _say_span(before: str) -> str:
    return say_before(int(before)) if before.isdigit() else before.replace("-", " ")


TOLD = {"backup": "managers and stand-ins are", "coordinator": "the coordinator is"}
SAID = {
    "open": "the round opens",
    "close": "the close",
    "feedback": "the feedback round opens",
    "moderation": "moderation is to be done",
    "sign-off": "sign-off is to be done",
}


def thin(state: Round) -> str | None:
    """A warning if a round leaves no moment for any reminder of its policy."""
    people = {state.worktime(person) for person in state.invited}
    if not state.policy.reminders or any(reminders(state, theirs) for theirs in people):
        return None
    until = calendar.say(state.deadline, state.policy.zone)
    return (
        f"No reminder of the policy finds a day before {until}: the round is too short, or its "
        f"days are quiet. Nobody will be reminded by the clock."
    )
