"""What a coordinator is told beside the counts: what is due next, who was nudged, what waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from uuid import UUID

from bots.phrases import coordinator as phrases
from bots.phrases.by_hand import COUNTED
from ehsg_events.commands.telling import given_in
from ehsg_events.dates import calendar
from ehsg_events.events import ReminderWithheld
from ehsg_events.log.log import Log
from ehsg_events.panel.names import called
from ehsg_events.reminders.reminders import as_told
from ehsg_events.rounds.milestones import ahead, coming, say_milestone
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.round import Round
from projections.collecting.coordinator_tasks import Waiting, waiting

COORDINATORS_OWN = ("moderation", "sign-off")


def due_next(state: Assessment, newest: Round | None, now: datetime) -> Iterator[str]:
    """The next milestone or planned opening; what the coordinator is to do is in `to_do`."""
    number, milestones = coming(state, newest)
    others = [m for m in ahead(milestones, now) if m.kind not in COORDINATORS_OWN]
    for milestone in others[:1]:
        when = calendar.say(milestone.due, state.policy.zone)
        if milestone.kind == "open" and state.opening is not None:
            until = calendar.say(state.opening.deadline, state.policy.zone)
            yield phrases.opening_planned(number, when, until)
        else:
            yield phrases.due_next(say_milestone(milestone.kind), when)


def nudged(log: Log, assessment: UUID, newest: Round) -> Iterator[str]:
    """How many reminders of a round were given, and how many each rule withheld."""
    given = sum(map(len, given_in(log, assessment, newest.number).at.values()))
    spared: Counter[str] = Counter()
    for recorded in log.about(assessment, (ReminderWithheld.TOPIC,)):
        fact = recorded.fact
        assert isinstance(fact, ReminderWithheld)
        is_of_round = recorded.stream.round == newest.number
        if is_of_round and not fact.milestone.startswith("tell-"):  # a step of the ladder
            spared[as_told(fact.rule, newest)] += 1
    if given or spared:
        yield phrases.reminders_so_far(given, spared)


def to_do(log: Log, now: datetime, assessment: UUID) -> Iterator[str]:
    """What waits, a line for each kind except the requests, which are shown one by one."""
    call = partial(called, log.assessment(assessment), log.text)
    by_kind: dict[str, list[Waiting]] = {}
    for task in waiting(log, assessment, now):
        by_kind.setdefault(task.kind, []).append(task)
    for kind, tasks in by_kind.items():
        if kind in phrases.TO_DO:
            people = [call(task.about) for task in tasks if kind in COUNTED and task.about]
            yield phrases.to_do(kind, len(tasks), tasks[0].due_said, people)
