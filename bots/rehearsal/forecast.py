"""What a rehearsed round came to, as plain values: messages, load, coverage, rules that fired."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from bots.messages.owed import Kind
from bots.phrases.labels import counted
from bots.rehearsal.coming_round import Coming, SilentSender
from ehsg_events.agreement.consensus import has_quorum
from ehsg_events.agreement.measuring import asked_of, heard
from ehsg_events.dates import calendar
from ehsg_events.events import (
    Escalated,
    ReminderWithheld,
    RoundOpened,
    StakeholderReminded,
    SurfaceFellBack,
)
from ehsg_events.kernel import Frozen, Recorded
from ehsg_events.states.interview import Answer
from ehsg_events.states.round import Round
from ehsg_events.states.situation import Situation, to_moderate

IN_REPLY = ("screen", "shown")  # what answers a person's own click disturbs nobody


class Day(Frozen):
    """One day of the round: messages that come unasked for, by kind, and the coordinator's work."""

    day: str
    said: str
    messages: Mapping[Kind, int]
    work: tuple[str, ...]


class Foreseen(Frozen):
    """How the coming round is likely to go.

    `per_person` counts the messages that come unasked for, `by_agency` who finished of how many.
    `never_quorum` are the descriptors without quorum even if everybody answers, `no_quorum` those
    that had none here, `rules` what came of each milestone: how often it
    was sent, and by which rules it was not.
    """

    round: int
    kind: str
    opened: str
    closes: str
    invited: int
    finished: int
    days: tuple[Day, ...]
    per_person: Mapping[str, int]
    by_agency: Mapping[str, tuple[int, int]]
    never_quorum: tuple[str, ...]
    no_quorum: tuple[str, ...]
    to_moderate: tuple[str, ...]
    rules: Mapping[str, Mapping[str, int]]


def foreseen(rehearsed: Coming, sender: SilentSender, one: Round) -> Foreseen:
    """Sum up a round that was rehearsed."""
    now, zone = rehearsed.situation(), one.policy.zone
    unasked = [(at, p) for at, p, _ in sender.said if p.kind not in IN_REPLY]
    people = Counter(promise.to for _, promise in unasked)
    measured = one.measured.measures if one.measured else ()
    return Foreseen(
        round=one.number,
        kind=one.kind,
        opened=calendar.say(one.opened, zone),
        closes=calendar.say(one.deadline, zone),
        invited=len(one.invited),
        finished=sum(now.interviews[one.number, person].completed for person in one.invited),
        days=_days([(calendar.local_day(at, zone), p.kind) for at, p in unasked], rehearsed, one),
        per_person={person: people[person] for person in one.invited},
        by_agency=_by_agency(now, one),
        never_quorum=tuple(_never_quorum(now, one)),
        no_quorum=tuple(m.item for m in measured if m.verdict in ("too_few", "no_quorum")),
        to_moderate=to_moderate(now),
        rules=_rules(rehearsed),
    )


def _days(said: list[tuple[date, Kind]], rehearsed: Coming, one: Round) -> tuple[Day, ...]:
    messages: dict[date, Counter[Kind]] = {}
    for day, kind in said:
        messages.setdefault(day, Counter())[kind] += 1
    work = _work(rehearsed, one)
    return tuple(
        Day(
            day=day.isoformat(),
            said=calendar.say_day(day),
            messages=dict(sorted(messages.get(day, Counter()).items())),
            work=tuple(work.get(day, ())),
        )
        for day in sorted({*messages, *work})
    )


def _work(rehearsed: Coming, one: Round) -> dict[date, list[str]]:
    """What falls to the coordinator, by day."""
    found: dict[date, list[str]] = {}
    for recorded in _new(rehearsed):
        for task in _task(rehearsed, one, recorded):
            day = calendar.local_day(recorded.stamp.at, one.policy.zone)
            found.setdefault(day, []).append(task)
    return found


def _task(rehearsed: Coming, one: Round, recorded: Recorded) -> Iterator[str]:
    panel = rehearsed.situation().assessment.panel
    match recorded.fact:
        case RoundOpened():
            without = [p for p in one.invited if panel[p].address is None]
            if without:
                yield f"give {counted(len(without), 'person')} without Slack their personal link"
        case StakeholderReminded(reminded=person) if panel[person].address is None:
            yield f"remind {person} by hand"
        case SurfaceFellBack(fell_back=person):
            yield f"give {person}, whom Slack cannot reach, a personal link"
        case Escalated(about=person, to="coordinator"):
            yield f"ask after {person}, who is silent"


def _by_agency(now: Situation, one: Round) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for person in one.invited:
        agency = now.assessment.panel[person].agency
        finished, asked = found.get(agency, (0, 0))
        done = now.interviews[one.number, person].completed
        found[agency] = (finished + done, asked + 1)
    return found


def _never_quorum(now: Situation, one: Round) -> Iterator[str]:
    """Descriptors that too few people are asked about."""
    for item in one.items:
        if item in now.guide.descriptors:
            asked = asked_of(now, item, one.number)
            everybody = {person: Answer("score", score=0) for person in asked}
            if not has_quorum(heard(now, asked, everybody), now.assessment.rule):
                yield item


def _rules(rehearsed: Coming) -> dict[str, dict[str, int]]:
    """What came of each milestone: how often it was sent, and by which rules it was not."""
    found: dict[str, Counter[str]] = {}
    for recorded in _new(rehearsed):
        match recorded.fact:
            case StakeholderReminded(milestone=milestone) | Escalated(milestone=milestone):
                found.setdefault(milestone, Counter())["sent"] += 1
            case ReminderWithheld(milestone=milestone, rule=rule):
                found.setdefault(milestone, Counter())[rule] += 1
    return {milestone: dict(came) for milestone, came in found.items()}


def _new(rehearsed: Coming) -> Iterator[Recorded]:
    """What the rehearsal itself recorded."""
    return rehearsed.log.all(rehearsed.begun)
