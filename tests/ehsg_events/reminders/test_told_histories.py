"""Over random histories of people without Slack: who was told, was told by a hand on the record."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from support.area import CLOSES, OPENS, PANEL, SMALL, Area

from ehsg_events.commands import nudge, panel, rounds, telling
from ehsg_events.dates import calendar
from ehsg_events.events import ReminderWithheld, StakeholderInvited, ToldByHand
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.reminders.still_due import INVITING, Telling
from ehsg_events.states.interview import Interview
from ehsg_events.states.situation import withdrawn
from ehsg_events.values.address import WRITABLE
from ehsg_events.values.policy import Policy, Terms

PEOPLE = [member.id for member in PANEL]
TERMS = Terms(rule=SMALL.rule, policy=Policy(reminder_cap=2))
DEEDS = ("answer", "told", "rang", "nudge", "extend", "advance", "release", "withdraw", "close")
LENGTH = 25


@pytest.mark.parametrize("seed", range(12))
def test_nobody_counts_as_told_but_by_the_hand_that_told_them(seed: int) -> None:
    """Whoever is asked and knows of nothing stands on the list; a rule never counts a decision."""
    dice = Random(seed)
    with TemporaryDirectory() as folder:
        area = Area(Log(Path(folder)))
        area.open(terms=TERMS)
        area.open_round()
        now = OPENS
        for _ in range(LENGTH):
            now += timedelta(hours=dice.randint(1, 30))
            with suppress(Refused):
                _do(area, dice, now)
            _hold(area, now)
        area.log.close()


def _do(  # noqa: C901 - one case for each deed
    area: Area, dice: Random, now: datetime
) -> None:
    """Something happens, or is refused."""
    who, log, stamp = dice.choice(PEOPLE), area.log, area.stamp(now)
    match dice.choice(DEEDS):
        case "answer":
            area.answer(who, dice.choice(("5.1", "5.2")), "3", at=now)
        case "told":
            area.told(who, now)
            assert who not in {one.person for one in _left(area, now)}
        case "rang":
            area.told(who, now, "reminder")
        case "nudge":
            nudge.nudge(log, stamp, area.id)
        case "extend":
            until = CLOSES + timedelta(days=dice.randint(1, 20))
            rounds.extend_round(log, stamp, area.id, until, "floods")
        case "release" if dice.random() < 0.2:
            panel.release(log, stamp, area.id, who, "left")
        case "withdraw" if dice.random() < 0.2:
            area.withdraw(who)
        case "close" if dice.random() < 0.2:
            rounds.close_round(log, stamp, area.id)
        case _:
            area.advance(now)


def _left(area: Area, now: datetime) -> list[Telling]:
    return telling.by_hand(area.log, area.id, now, WRITABLE)


def _hold(area: Area, now: datetime) -> None:
    """Hold a history to what the hands on its record say."""
    situation, listed = area.now, _left(area, now)
    newest = situation.newest
    assert newest is not None
    told = _told(area)
    _hold_rules(area)
    gone = newest.released | withdrawn(situation)
    is_open = not newest.closed and now < newest.deadline
    for person in PEOPLE:
        interview = situation.interviews.get((newest.number, person), Interview())
        waits = {one.of for one in listed if one.person == person}
        asked = is_open and bool(newest.invited.get(person)) and person not in gone
        if asked and not (interview.answers or told[person] & set(INVITING)):
            assert waits & set(INVITING), person
        assert person not in gone or not waits - {"release", "outcome", "close"}, person


def _told(area: Area) -> dict[str, set[str]]:
    """Of what each person was told since they were last invited."""
    told: dict[str, set[str]] = {person: set() for person in PEOPLE}
    for one in area.facts:
        match one.fact:
            case StakeholderInvited(invited=person):
                told[person] = set()
            case ToldByHand(spoken_to=person, of=of):
                told[person].add(of)
    return told


def _hold_rules(area: Area) -> None:
    """A reminder was spared somebody only because of others that a hand gave them."""
    days: dict[str, list[date]] = {person: [] for person in PEOPLE}
    for one in area.facts:
        day = calendar.local_day(one.stamp.at, "Europe/London")
        match one.fact:
            case ToldByHand(spoken_to=person, of="reminder"):
                days[person].append(day)
            case ReminderWithheld(rule="capped", withheld_from=person):
                assert len(days[person]) >= TERMS.policy.reminder_cap
            case ReminderWithheld(rule="overtaken", withheld_from=person, milestone=milestone):
                assert day in days[person] or not milestone.startswith("nudge")
