"""Weeks in Slack with a ladder: two who are asked, whom else it is told, and a coordinator."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bots.interview.record import answer
from ehsg_events.commands import assessments, rounds
from ehsg_events.commands.people import Contact, name_coordinator
from ehsg_events.panel.member import Member, StandsBy
from ehsg_events.values.policy import Policy, Rule, Step, Terms
from support.slack.edge import ITEMS, Place, empty, every_message_has_one_end

BOSS, DEPUTY, LEADER = "U0BOSS", "U0DEPUTY", "U0LEADER"
PANEL = (
    Member(
        "police-1", "Ada Quill", "Police", "constable", ITEMS, "T0LOOPBACK/U0POLICE",
        backup=StandsBy("manager", "Bea Stone", f"T0LOOPBACK/{BOSS}"),
    ),
    Member(
        "health-1", "Ben Moss", "Health", "health visitor", ITEMS, "T0LOOPBACK/U0HEALTH",
        backup=StandsBy("substitute", "Dov Hill"),
    ),
    Member("school-1", "Di Fern", "School", "head teacher", ITEMS, None),
)  # fmt: skip
LADDER = Terms(
    rule=Rule(quorum_scores=1, quorum_invited=0.3, quorum_agencies=0.3, rounds=1),
    policy=Policy(
        reminders=(3,),
        escalation=(Step(to="backup", before=2), Step(to="coordinator", before=1)),
        fallback="web",
        moderation_working_days=1,
        sign_off_working_days=1,
    ),
)
WEDNESDAY = datetime(2026, 9, 16, 9, tzinfo=UTC)  # 10am: 3 working days before the deadline
THURSDAY = datetime(2026, 9, 17, 9, tzinfo=UTC)
FRIDAY = datetime(2026, 9, 18, 9, tzinfo=UTC)
LATE_ON_FRIDAY = datetime(2026, 9, 18, 15, 59, tzinfo=UTC)  # 4:59pm
SUNDAY = datetime(2026, 9, 20, 9, tzinfo=UTC)
MONDAY = datetime(2026, 9, 21, 8, tzinfo=UTC)  # 9am, the day of the deadline
CLOSES = datetime(2026, 9, 21, 16, tzinfo=UTC)


@contextmanager
def ladder(folder: Path, terms: Terms = LADDER) -> Iterator[Place]:
    """An open round with its invitations said; afterwards every message has had one end."""
    with empty(folder) as place:
        guide = "ehsg-2022@1"
        opened = place.stamp("open")
        assessments.open_assessment(
            place.log, opened, place.assessment, "Sefton", guide, PANEL, terms
        )
        slack = f"T0LOOPBACK/{LEADER}"
        name_coordinator(
            place.log, place.stamp("name"), place.assessment, "Lea North", Contact(slack)
        )
        rounds.open_round(place.log, place.stamp("round"), place.assessment, None)
        place.outbox.deliver()
        yield place
        every_message_has_one_end(place)


def tick(place: Place, at: datetime) -> None:
    """Do what is due at a time, and say nothing."""
    place.clock.now = at
    rounds.advance(place.log, place.stamp(f"tick {at}", "clock"), place.assessment)


def said_at(place: Place, at: datetime) -> None:
    """Deliver at a time."""
    place.clock.now = at
    place.outbox.deliver()


def answers(place: Place, person: str = "police-1", value: str = "3", *items: str) -> None:
    """Somebody answers in one step, everything unless items are named."""
    for item in items or ITEMS:
        stamp = place.stamp(f"{person} {item} {value}", "stakeholder")
        mine = stamp.model_copy(update={"by": person})
        answer(place.log, mine, place.assessment, person, item, value, None)


def reasons(place: Place, what: str) -> list[str]:
    """Why messages of a kind were not sent, by what is in their names."""
    return [why for name, why in place.withheld().items() if what in (name or "")]
