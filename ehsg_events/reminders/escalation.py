"""The ladder: when somebody stays silent, their manager or stand-in is told, then the coordinator.

They are told only that the interview is unfinished, never what was said. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from ehsg_events.dates import worktime
from ehsg_events.events import (
    Escalated,
    StakeholderAdded,
    StakeholderCorrected,
    SurfaceFellBack,
    SurfaceRegained,
)
from ehsg_events.reminders.reminders import asks_later, nothing_wanted, withheld
from ehsg_events.rounds.milestones import escalations, step_name
from ehsg_events.states.round import Round, RoundFact
from ehsg_events.states.situation import Over
from ehsg_events.values.policy import Step

Panel = Mapping[str, StakeholderAdded]


def escalate(state: Round, panel: Panel, over: Over, now: datetime) -> tuple[RoundFact, ...]:
    """Take the newest step that is due for each silent person, and withhold any older ones.

    It waits for a moment at which people may be chased.
    """
    due = {
        milestone.kind: milestone.due for milestone in escalations(state) if milestone.due <= now
    }
    if not due or not worktime.may_chase(state.policy, worktime.worktime(state.policy), now):
        return ()
    steps = (_newest_step(state, panel[person], due, over, now) for person in state.invited)
    return tuple(fact for facts in steps for fact in facts)


def _newest_step(
    state: Round, member: StakeholderAdded, due: Mapping[str, datetime], over: Over, now: datetime
) -> list[RoundFact]:
    """The newest step that is due for a person and was not done, and the older ones withheld."""
    person, left = member.stakeholder, _left(state, member.stakeholder, due)
    passed: list[RoundFact] = [withheld(person, step_name(step), "overtaken") for step in left[:-1]]
    return [*passed, *(_step(state, member, step, over, now) for step in left[-1:])]


def untold(state: Round, panel: Panel, over: Over, now: datetime) -> tuple[RoundFact, ...]:
    """Withhold, at the deadline, the due steps for which no moment was left before it."""
    due = {
        milestone.kind: milestone.due for milestone in escalations(state) if milestone.due <= now
    }
    return tuple(
        withheld(
            person,
            step_name(step),
            _rule_against(state, panel[person], step, over, now) or "too-late",
        )
        for person in state.invited
        for step in _left(state, person, due)
    )


def _step(
    state: Round, member: StakeholderAdded, step: Step, over: Over, now: datetime
) -> RoundFact:
    person, name = member.stakeholder, step_name(step)
    rule = _rule_against(state, member, step, over, now)
    if rule is not None:
        return withheld(person, name, rule)
    to = member.backup.kind if step.to == "backup" and member.backup else "coordinator"
    return Escalated(about=person, to=to, milestone=name)


def _left(state: Round, person: str, due: Mapping[str, datetime]) -> list[Step]:
    """The steps that are due for a person and were not done, the lowest first."""
    return [
        step
        for step in state.policy.escalation
        if (name := step_name(step)) in due
        and (person, name) not in state.handled
        and state.is_planned(person, due[name])
    ]


def _rule_against(
    state: Round, member: StakeholderAdded, step: Step, over: Over, now: datetime
) -> str | None:
    """The first rule against telling anybody of a person's silence, if any.

    Who has said when to remind them is not silent, and their manager hears nothing of it. Who
    asked for no reminders is silent like others, but the coordinator is told of it once.
    """
    person, to_backup = member.stakeholder, step.to == "backup"
    against = {
        **nothing_wanted(state, over, person),
        "nobody-named": to_backup and member.backup is None,
        "asked-for-later": to_backup and asks_later(state, over, person, now),
        "refused": not to_backup and person in over.refused & state.told_of,
        "cannot-matter": person in over.cannot_matter,
    }
    return next((rule for rule, holds in against.items() if holds), None)


def to_letters(
    state: Round, panel: Mapping[str, StakeholderAdded], unreachable: Collection[str]
) -> tuple[StakeholderCorrected, ...]:
    """Write by e-mail to people whom Slack cannot reach and whose address is known."""
    if state.policy.fallback != "mail":
        return ()
    asked = [person for person in state.invited if person not in state.released]
    lost = (person for person in asked if person in unreachable)
    return tuple(
        StakeholderCorrected(corrected=person, reached_by="mail")
        for person in lost
        if panel[person].reached_by == "slack" and panel[person].email
    )


def fall_back(state: Round, unreachable: Collection[str]) -> tuple[RoundFact, ...]:
    """Let the coordinator give a personal link to people whom nothing reaches, while nothing does."""
    if state.policy.fallback == "none":
        return ()
    asked = [person for person in state.invited if person not in state.released]
    lost = (person for person in asked if person in unreachable and person not in state.fell_back)
    found = (person for person in asked if person in state.fell_back and person not in unreachable)
    return (
        *(SurfaceFellBack(fell_back=person) for person in lost),
        *(SurfaceRegained(regained=person) for person in found),
    )
