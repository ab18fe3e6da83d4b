"""The results of a rehearsed round, as plain values: messages, load, coverage, rules applied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from bots.messages.owed import Kind
from bots.phrases.labels import counted
from bots.rehearsal.coming_round import Coming, SilentSender
from bots.rehearsed import Day, Forecast
from ehsg_events.agreement.consensus import has_quorum
from ehsg_events.agreement.measuring import asked_of, heard
from ehsg_events.dates import calendar
from ehsg_events.events import (
    Escalated,
    ReminderWithheld,
    RoundOpened,
    StakeholderReminded,
    SurfaceFellBack,
    ToldByHand,
)
from ehsg_events.kernel import Recorded
from ehsg_events.states.interview import Answer
from ehsg_events.states.round import Round
from ehsg_events.states.situation import Situation, to_moderate
from ehsg_events.values.address import reached_at

IN_REPLY = ("screen", "reply", "shown")  # sent in reply to what a person did, so it disturbs nobody


class _Sent(NamedTuple):
    """A message that nobody asked for."""

    day: date
    kind: Kind
    to: str
    by_mail: bool


def forecast(rehearsed: Coming, senders: Sequence[SilentSender], round: Round) -> Forecast:
    """Sum up a round that was rehearsed."""
    situation, zone = rehearsed.situation(), round.policy.zone
    unasked = [
        _Sent(calendar.local_day(at, zone), promise.kind, promise.to, sender.surface == "mail")
        for sender in senders
        for at, promise in sender.said
        if promise.kind not in IN_REPLY
    ]
    messages = Counter(one.to for one in unasked)
    measured = round.measured.measures if round.measured else ()
    return Forecast(
        round=round.number,
        kind=round.kind,
        opened=calendar.say(round.opened, zone),
        closes=calendar.say(round.deadline, zone),
        invited=len(round.invited),
        finished=sum(
            situation.interviews[round.number, person].completed for person in round.invited
        ),
        days=_days(unasked, rehearsed, round),
        per_person={person: messages[person] for person in round.invited},
        letters=_letters(unasked),
        by_agency=_by_agency(situation, round),
        never_quorum=tuple(_never_quorum(situation, round)),
        no_quorum=tuple(
            measure.item for measure in measured if measure.verdict in ("too_few", "no_quorum")
        ),
        to_moderate=to_moderate(situation),
        rules=_rules(rehearsed),
    )


def _letters(sent: Iterable[_Sent]) -> dict[str, int]:
    return dict(sorted(Counter(one.to for one in sent if one.by_mail).items()))


def _days(sent: Sequence[_Sent], rehearsed: Coming, round: Round) -> tuple[Day, ...]:
    messages: dict[date, Counter[Kind]] = {}
    for one in sent:
        messages.setdefault(one.day, Counter())[one.kind] += 1
    work = _work(rehearsed, round)
    return tuple(
        Day(
            day=day.isoformat(),
            said=calendar.say_day(day),
            messages=dict(sorted(messages.get(day, Counter()).items())),
            letters=_letters(one for one in sent if one.day == day),
            work=tuple(work.get(day, ())),
        )
        for day in sorted({*messages, *work})
    )


def _work(rehearsed: Coming, round: Round) -> dict[date, list[str]]:
    """What the coordinator has to do, by day."""
    work: dict[date, list[str]] = {}
    for recorded in _new(rehearsed):
        for task in _task(rehearsed, round, recorded):
            day = calendar.local_day(recorded.stamp.at, round.policy.zone)
            work.setdefault(day, []).append(task)
    return work


def _task(rehearsed: Coming, round: Round, recorded: Recorded) -> Iterator[str]:
    panel = rehearsed.situation().assessment.panel

    def is_reached(person: str) -> bool:
        return reached_at(panel[person].addresses, rehearsed.writable) is not None

    match recorded.fact:
        case RoundOpened():
            without = [person for person in round.invited if not is_reached(person)]
            if without:
                yield f"give {counted(len(without), 'person')} whom no message reaches their personal link"
        case StakeholderReminded(reminded=person) if not is_reached(person):
            yield f"remind {person} by hand"
        case ToldByHand(of="close", spoken_to=person):
            yield f"tell {person} that the round is closed"
        case SurfaceFellBack(fell_back=person):
            yield f"give {person}, whom Slack cannot reach, a personal link"
        case Escalated(about=person, to="coordinator"):
            yield f"ask after {person}, who is silent"


def _by_agency(situation: Situation, round: Round) -> dict[str, tuple[int, int]]:
    agencies: dict[str, tuple[int, int]] = {}
    for person in round.invited:
        agency = situation.assessment.panel[person].agency
        finished, asked = agencies.get(agency, (0, 0))
        done = situation.interviews[round.number, person].completed
        agencies[agency] = (finished + done, asked + 1)
    return agencies


def _never_quorum(situation: Situation, round: Round) -> Iterator[str]:
    """Descriptors that too few people are asked about."""
    for item in round.items:
        if item in situation.guide.descriptors:
            asked = asked_of(situation, item, round.number)
            everybody = {person: Answer("score", score=0) for person in asked}
            if not has_quorum(heard(situation, asked, everybody), situation.assessment.rule):
                yield item


def _rules(rehearsed: Coming) -> dict[str, dict[str, int]]:
    """What came of each milestone: how often it was sent, and by which rules it was not."""
    rules: dict[str, Counter[str]] = {}
    for recorded in _new(rehearsed):
        match recorded.fact:
            case StakeholderReminded(milestone=milestone) | Escalated(milestone=milestone):
                rules.setdefault(milestone, Counter())["sent"] += 1
            case ReminderWithheld(milestone=milestone, rule=rule):
                rules.setdefault(milestone, Counter())[rule] += 1
    return {milestone: dict(counts) for milestone, counts in rules.items()}


def _new(rehearsed: Coming) -> Iterator[Recorded]:
    """What the rehearsal itself recorded."""
    return rehearsed.log.all(rehearsed.begun)
