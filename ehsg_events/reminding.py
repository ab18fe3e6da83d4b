"""Who is reminded and who is not, with the rule that withheld it. Pure.

The clock reminds by the round's plan, the coordinator by hand; both keep the same rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from ehsg_events import calendar
from ehsg_events.events import ReminderWithheld, StakeholderReminded
from ehsg_events.round import Round, RoundFact, plan


class Over(NamedTuple):
    """Those of whom nothing more is wanted in a round, and why."""

    finished: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()
    handed_on: frozenset[str] = frozenset()


def remind(state: Round, over: Over, now: datetime) -> tuple[RoundFact, ...]:
    """Reminders of the plan that are due by now, and those withheld.

    However many are overdue, nobody gets more than one: the newest; the older ones are overtaken.
    """
    due = [m for m in plan(state) if m.kind != "close" and m.due <= now]
    facts: list[RoundFact] = []
    for person in state.invited:
        waits = [m.kind for m in due if (person, m.kind) not in state.handled]
        facts += [_withheld(person, kind, "overtaken") for kind in waits[:-1]]
        facts += [_reminder(state, over, person, kind, now) for kind in waits[-1:]]
    return tuple(facts)


def nudge(state: Round, over: Over, people: Iterable[str], now: datetime) -> tuple[RoundFact, ...]:
    """Remind some people now, whatever the plan says; nobody twice a day."""
    today = f"nudge {calendar.local_day(now, state.policy.zone)}"
    return tuple(_reminder(state, over, person, today, now) for person in people)


def _reminder(state: Round, over: Over, person: str, milestone: str, now: datetime) -> RoundFact:
    rule = _rule_against(state, over, person, now)
    if rule is not None:
        return _withheld(person, milestone, rule)
    return StakeholderReminded(reminded=person, milestone=milestone)


def _rule_against(state: Round, over: Over, person: str, now: datetime) -> str | None:
    """The first rule that withholds a reminder from a person, if any."""
    rules = {
        "withdrawn": person in over.withdrawn,
        "finished": person in over.finished,
        "handed-on": person in over.handed_on,
        "capped": len(state.reminded.get(person, ())) >= state.policy.reminder_cap,
        "overtaken": _reminded_today(state, person, now),
    }
    return next((rule for rule, holds in rules.items() if holds), None)


def _reminded_today(state: Round, person: str, now: datetime) -> bool:
    last, zone = state.last_reminded.get(person), state.policy.zone
    return last is not None and calendar.local_day(last, zone) == calendar.local_day(now, zone)


def _withheld(person: str, milestone: str, rule: str) -> ReminderWithheld:
    return ReminderWithheld.model_validate(
        {"withheld_from": person, "milestone": milestone, "rule": rule}
    )
