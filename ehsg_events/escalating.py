"""The ladder: when somebody stays silent, their manager or stand-in is told, then the coordinator.

Only that the interview is unfinished is told, never what was said. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from ehsg_events import timing
from ehsg_events.events import Escalated, StakeholderAdded, SurfaceFellBack
from ehsg_events.planning import escalations, step_name
from ehsg_events.reminding import Over, nothing_wanted, withheld
from ehsg_events.round import Round, RoundFact
from ehsg_events.rules import Step

Panel = Mapping[str, StakeholderAdded]


def escalate(state: Round, panel: Panel, over: Over, now: datetime) -> tuple[RoundFact, ...]:
    """Tell of those who are silent, at each step that is due; of a step passed over, only the newest.

    It waits for a moment at which people are chased.
    """
    due = {one.kind for one in escalations(state) if one.due <= now}
    steps = [step for step in state.policy.escalation if step_name(step) in due]
    if not steps or not timing.may_chase(state.policy, timing.worktime(state.policy), now):
        return ()
    return tuple(
        fact for person in state.invited for fact in _of(state, panel[person], steps, over)
    )


def _of(state: Round, member: StakeholderAdded, steps: list[Step], over: Over) -> list[RoundFact]:
    """Each step that was not done for this person yet."""
    person = member.stakeholder
    left = [step for step in steps if (person, step_name(step)) not in state.handled]
    passed: list[RoundFact] = [withheld(person, step_name(one), "overtaken") for one in left[:-1]]
    return [*passed, *(_told(state, member, step, over) for step in left[-1:])]


def _told(state: Round, member: StakeholderAdded, step: Step, over: Over) -> RoundFact:
    person, name = member.stakeholder, step_name(step)
    wanted = nothing_wanted(state, over, person)
    against = {
        **wanted,
        "nobody-named": step.to == "backup" and member.backup is None,
        "cannot-matter": person in over.cannot_matter,
    }
    rule = next((rule for rule, holds in against.items() if holds), None)
    if rule is not None:
        return withheld(person, name, rule)
    to = member.backup.kind if step.to == "backup" and member.backup else "coordinator"
    return Escalated(about=person, to=to, milestone=name)


def fall_back(state: Round, unreachable: Collection[str]) -> tuple[RoundFact, ...]:
    """Those whom Slack cannot reach are given a link by the coordinator."""
    if state.policy.fallback != "web":
        return ()
    return tuple(
        SurfaceFellBack(fell_back=person)
        for person in state.invited
        if person in unreachable and person not in state.fell_back | state.released
    )
