"""Who is reminded and who is not, with the rule that withheld it. Pure.

The clock reminds by the round's plan, the coordinator by hand; both keep the same rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from ehsg_events.dates import calendar, worktime
from ehsg_events.events import ReminderWithheld, StakeholderReminded
from ehsg_events.reminders.given import Given
from ehsg_events.rounds.milestones import Milestone, asked_for, reminders
from ehsg_events.states.round import Round, RoundFact
from ehsg_events.states.situation import Over

TOLD_LATER = "told-later"  # instead of a rule that would give away how the others answered
ON_TIME = timedelta(hours=1)  # a reminder that was asked for goes within it, whatever the hour
SPARED = {
    "finished": "they had finished",
    "withdrawn": "they had withdrawn",
    "capped": "the policy allows them no more reminders",
    "overtaken": "a newer one says it all",
    "handed-on": "a colleague answers what was left",
    "released": "nothing more is asked of them",
    "cannot-matter": "whatever they said, no verdict and no middle score could change",
    "nobody-named": "the panel names nobody who stands in for them",
    "too-late": "the round closed before a moment at which they are written to",
    "asked-for-later": "they have asked to be reminded later",
    "refused": "they asked for no reminders",
    TOLD_LATER: "it could be spared, and why is told once the round has closed",
}


def waits(state: Round, now: datetime) -> dict[str, list[str]]:
    """The reminders that are due to each person and were neither given nor withheld."""
    cache: dict[worktime.Worktime, list[Milestone]] = {}
    waiting = {}
    for person in state.invited:
        theirs = state.worktime(person)
        if theirs not in cache:
            cache[theirs] = [m for m in reminders(state, theirs) if m.due <= now]
        planned = (m.kind for m in cache[theirs] if state.is_planned(person, m.due))
        kinds = [kind for kind in planned if (person, kind) not in state.handled]
        if kinds and person not in state.released:
            waiting[person] = kinds
    return waiting


def are_due(state: Round, now: datetime) -> bool:
    """Whether a planned reminder is decided now, so that it matters which were given before."""
    waiting = waits(state, now)
    if state.deadline <= now:
        return bool(waiting)
    return any(worktime.may_chase(state.policy, state.worktime(who), now) for who in waiting)


def remind(state: Round, over: Over, now: datetime, given: Given) -> tuple[RoundFact, ...]:
    """Reminders of the plan that are due by now, and those withheld.

    However many are overdue, nobody gets more than one: the newest; the older ones are overtaken.
    People who are not at work now are reminded once they are. Who asked for a time of their own is
    reminded then, also if they want no others; what the plan has for them at the same time is
    overtaken.
    """
    asked = _asked_for_now(state, over, now)
    facts: list[RoundFact] = list(asked.values())
    for person, kinds in waits(state, now).items():
        if person in asked:
            facts += [withheld(person, kind, "overtaken") for kind in kinds]
        elif worktime.may_chase(state.policy, state.worktime(person), now):
            facts += [withheld(person, kind, "overtaken") for kind in kinds[:-1]]
            facts += [_reminder(state, over, person, kinds[-1], now, given)]
    return tuple(facts)


def _asked_for_now(state: Round, over: Over, now: datetime) -> dict[str, RoundFact]:
    """The reminders that people asked for by now: on time at any hour, later only at work."""
    facts: dict[str, RoundFact] = {}
    for person, (name, due) in asked_for(state, over.asks_later).items():
        is_on_time = due <= now <= due + ON_TIME
        at_work = worktime.may_chase(state.policy, state.worktime(person), now)
        if is_on_time or (due <= now and at_work):
            rules = nothing_wanted(state, over, person)
            rule = next((rule for rule, holds in rules.items() if holds), None)
            reminded = StakeholderReminded(reminded=person, milestone=name)
            facts[person] = withheld(person, name, rule) if rule else reminded
    return facts


def too_late(state: Round, over: Over, now: datetime, given: Given) -> tuple[RoundFact, ...]:
    """Withhold, at the deadline, planned reminders for which no moment was left before it."""
    left = [(person, kind, over) for person, kinds in waits(state, now).items() for kind in kinds]
    asked = asked_for(state, over.asks_later).items()
    wanted = over._replace(refused=frozenset())
    left += [(person, milestone.kind, wanted) for person, milestone in asked]
    return tuple(
        withheld(person, kind, rule_against(state, whom, person, now, given) or "too-late")
        for person, kind, whom in left
    )


def nudge(
    state: Round, over: Over, people: Iterable[str], now: datetime, given: Given
) -> tuple[RoundFact, ...]:
    """Remind some people now, whatever the plan says; nobody twice a day.

    Whose last reminder was not given yet is left as they are: it waits, and a second says no more.
    """
    today = f"nudge {calendar.local_day(now, state.policy.zone)}"
    facts = {person: _reminder(state, over, person, today, now, given) for person in people}
    return tuple(
        fact
        for person, fact in facts.items()
        if isinstance(fact, ReminderWithheld) or person not in given.pending
    )


def _reminder(
    state: Round, over: Over, person: str, milestone: str, now: datetime, given: Given
) -> RoundFact:
    rule = rule_against(state, over, person, now, given)
    if rule is not None:
        return withheld(person, milestone, rule)
    return StakeholderReminded(reminded=person, milestone=milestone)


def rule_against(state: Round, over: Over, person: str, now: datetime, given: Given) -> str | None:
    """The first rule that withholds a reminder from a person, if any.

    Args:
        given: the reminders that reached somebody; what was only decided withholds nothing.
    """
    rules = {
        **nothing_wanted(state, over, person),
        "refused": person in over.refused,
        "asked-for-later": asks_later(state, over, person, now),
        "capped": given.times(person) >= state.policy.reminder_cap,
        "overtaken": _reminded_today(state, person, now, given),
        "cannot-matter": person in over.cannot_matter,
    }
    return next((rule for rule, holds in rules.items() if holds), None)


def nothing_wanted(state: Round, over: Over, person: str) -> dict[str, bool]:
    """The rules by which nothing more is asked of a person."""
    return {
        "withdrawn": person in over.withdrawn,
        "released": person in state.released,
        "finished": person in over.finished,
        "handed-on": person in over.handed_on,
    }


def asks_later(state: Round, over: Over, person: str, now: datetime) -> bool:
    """Whether somebody asked to be reminded at a time that is still to come."""
    wish = asked_for(state, over.asks_later).get(person)
    return wish is not None and now < wish.due


def _reminded_today(state: Round, person: str, now: datetime, given: Given) -> bool:
    last, zone = given.last(person), state.worktime(person).zone
    return last is not None and calendar.local_day(last, zone) == calendar.local_day(now, zone)


def as_told(rule: str, state: Round) -> str:
    """A rule as it may be shown: while a round is open, none that gives away how scores agree."""
    return TOLD_LATER if rule == "cannot-matter" and not state.closed else rule


def withheld(person: str, milestone: str, rule: str) -> ReminderWithheld:
    """A nudge that is not given, with the rule against it."""
    return ReminderWithheld.model_validate(
        {"withheld_from": person, "milestone": milestone, "rule": rule}
    )


def unfinished(state: Round, over: Over) -> Sequence[str]:
    """The people of whom something is still wanted."""
    return [p for p in state.invited if not any(nothing_wanted(state, over, p).values())]
