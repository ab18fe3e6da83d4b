"""What one seed is about: a policy, a panel with lives of their own, and when it all begins."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from ehsg_events.panel.member import Member, StandsBy
from ehsg_events.values.hours import Days, Hours, read_hours
from ehsg_events.values.policy import Policy, Rule, Step, Terms

LONDON = ZoneInfo("Europe/London")
SEASONS = (
    date(2026, 3, 23), date(2027, 3, 15),  # Easter, and the clocks go forward
    date(2026, 4, 27), date(2026, 5, 18),  # bank holidays in May
    date(2026, 10, 14), date(2027, 10, 20),  # half term, and the clocks go back
    date(2026, 12, 9), date(2027, 12, 13),  # Christmas and New Year
    date(2026, 6, 8),  # nothing at all
)  # fmt: skip
BEFORE = (1, 1, 2, 3, 5, 7, timedelta(hours=2), timedelta(hours=20), timedelta(minutes=90))
POLICY_HOURS = ("Mon-Fri 09:00-17:00", "Mon-Thu 08:30-15:00", "Mon-Fri 10:00-13:00")
OWN_HOURS = (
    None, None, "Mon-Wed 09:00-15:00", "Tue,Thu 09:30-12:00", "Wed 13:00-16:00",
    "Sat,Sun 10:00-16:00", "Mon-Sun 18:00-24:00", "Mon-Fri 00:00-24:00",
)  # fmt: skip
ZONES = (None, None, None, "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland")
AGENCIES = ("Police", "Health", "Schools")
ITEMS = ("1.1", "1.2")
GUIDE = """\
name: short
version: 1
title: Short
year: 2026
publisher: us
licence: ours
sources: [{document: our own words}]
scales:
  - id: maturity
    levels:
      - {value: "0", score: 0, label: Not there}
      - {value: "1", score: 1, label: Begun}
      - {value: "2", score: 2, label: Half way}
      - {value: "3", score: 3, label: There}
sections:
  - id: first
    title: First
    fields: [{id: evidence, label: Evidence, kind: evidence}]
    items:
      - {id: "1.1", statement: Families are heard., scale: maturity}
      - {id: "1.2", statement: Families are helped early., scale: maturity}
"""


@dataclass(frozen=True)
class World:
    """One seed's policy, panel and beginning; `until` is the deadline, by the policy if none."""

    terms: Terms
    panel: tuple[Member, ...]
    opens: datetime
    until: datetime | None


def world(dice: random.Random) -> World:
    """Draw one."""
    opens = _some_time(dice, dice.choice(SEASONS), days=5)
    ends = _some_time(dice, opens.date() + timedelta(days=1), days=16)
    return World(
        terms=Terms(rule=Rule(rounds=dice.choice((1, 1, 2))), policy=_policy(dice, opens.date())),
        panel=tuple(person(dice, number) for number in range(dice.randint(2, 7))),
        opens=opens,
        until=ends if dice.random() < 0.4 and ends > opens else None,
    )


def person(dice: random.Random, number: int) -> Member:
    """Somebody with hours, a zone and a stand-in of their own, perhaps, and in Slack or not."""
    agency = dice.choice(AGENCIES)
    return Member(
        id=f"{agency.lower()}-{number}",
        name=f"Quinn {'Abcdefghijklmnopqrst'[number % 20]}",
        agency=agency,
        works_as="Lead",
        items=dice.choice((ITEMS, ITEMS[:1], ITEMS[1:])),
        slack=f"T0A/U0{number}" if dice.random() < 0.8 else None,
        zone=dice.choice(ZONES),
        hours=_hours(dice.choice(OWN_HOURS)),
        backup=_backup(dice, number),
    )


def _hours(written: str | None) -> Hours | None:
    return None if written is None else read_hours(written)


def _backup(dice: random.Random, number: int) -> StandsBy | None:
    kind = dice.choice((None, "manager", "substitute"))
    slack = dice.choice((None, f"T0A/U9{number}"))
    return None if kind is None else StandsBy(kind, "Robin R", slack)  # type: ignore[arg-type]


def _policy(dice: random.Random, opens: date) -> Policy:
    """A policy that can be; one that contradicts itself is drawn again."""
    while True:
        try:
            return Policy.model_validate(_drawn(dice, opens))
        except ValidationError:
            continue


def _drawn(dice: random.Random, opens: date) -> dict[str, Any]:
    return {
        "working_days": dice.randint(2, 9),
        "feedback_working_days": dice.randint(2, 4),
        "deadline_at": time(dice.choice((9, 12, 17, 23))),
        "reminders": tuple(dict.fromkeys(dice.choices(BEFORE, k=dice.randint(0, 4)))),
        "reminders_at": time(dice.choice((9, 10, 14)), dice.choice((0, 30))),
        "hours": read_hours(dice.choice(POLICY_HOURS)),
        "quiet": tuple(_quiet(dice, opens) for _ in range(dice.choice((0, 0, 1, 2)))),
        "reminder_cap": dice.randint(0, 4),
        "escalation": dice.choice((
            (),
            (Step(to="coordinator", before=1),),
            (Step(to="backup", before=2), Step(to="coordinator", before=1)),
            (Step(to="backup", before=1), Step(to="coordinator", before=timedelta(hours=3))),
        )),
        "fallback": dice.choice(("none", "web")),
        "only_who_matters": dice.random() < 0.1,
        "moderation_working_days": dice.choice((None, 2)),
        "sign_off_working_days": dice.choice((None, 1)),
    }  # fmt: skip


def _quiet(dice: random.Random, opens: date) -> Days:
    first = opens + timedelta(days=dice.randint(0, 14))
    return Days(first=first, last=first + timedelta(days=dice.randint(0, 6)))


def _some_time(dice: random.Random, first: date, days: int) -> datetime:
    """Any time of day or night, a non-working day as well as another; most often in the day."""
    day = first + timedelta(days=dice.randrange(days))
    hour = dice.choice((*range(9, 18), dice.randrange(24)))
    wall = datetime.combine(day, time(hour, dice.choice((0, 0, 30, 59))), LONDON)
    return wall.astimezone(UTC)
