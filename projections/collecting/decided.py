"""Every nudge when it was decided, and which messages and reminders are about it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Literal, NamedTuple

from ehsg_events.events import Means

DECIDED = (
    "StakeholderReminded",
    "ReminderWithheld",
    "Escalated",
    "SurfaceFellBack",
    "CoordinatorReminded",
)
ENDED = (
    "MessageDelivered", "MessageFailed", "MessageWithheld", "MessageUncertain", "MessageBounced",
)  # fmt: skip
STAND_INS = ("manager", "substitute")
BESIDE = (
    "ToldByHand", "LinkIssued", "PersonalLinkIssued", "SurfaceRegained", "InterviewCompleted", "InterviewWithdrawn",
    "CoordinatorNamed", "CoordinatorRemoved",
)  # fmt: skip
OF_COORDINATORS = {
    "escalation": re.compile(r"round .*/coordinator.*/silent", re.DOTALL),
    "due": re.compile(r"round .*/coordinator.*/overdue", re.DOTALL),
}


Kind = Literal["reminder", "by-hand", "escalation", "link", "due"]


class NudgeFact(NamedTuple):
    """One fact that decides a nudge, or in which one ends."""

    position: int
    said_at: datetime
    what: str
    key: str
    cause: str
    round: int | None
    reminded: str | None
    withheld_from: str | None
    about: str | None
    fell_back: str | None
    milestone: str | None
    rule: str | None
    to: str | None
    message: str | None
    reason: str | None
    status: str | None
    issued_to: str | None
    regained: str | None
    spoken_to: str | None
    of: str | None
    means: Means | None
    stakeholder: str | None
    coordinator: str | None
    slack: str | None
    email: str | None


class Decided(NamedTuple):
    """A nudge when it was decided, and whom it tells: none that was withheld."""

    position: int
    decided_at: datetime
    key: str
    round: int
    person: str | None
    kind: Kind
    milestone: str
    rule: str | None
    told: str | None


def decided(fact: NudgeFact) -> Decided:
    """The nudge that a fact decided."""
    people = (fact.reminded, fact.withheld_from, fact.about, fact.fell_back)
    told = {
        "StakeholderReminded": "person",
        "CoordinatorReminded": "coordinator",
        "SurfaceFellBack": "coordinator",
        "Escalated": fact.to,
    }
    return Decided(
        fact.position,
        fact.said_at,
        fact.key,
        fact.round or 0,
        next((person for person in people if person is not None), None),
        kind_of(fact),
        "link" if fact.milestone is None else fact.milestone,
        fact.rule if fact.what == "ReminderWithheld" else None,
        told.get(fact.what),
    )


def kind_of(fact: NudgeFact) -> Kind:
    """What kind of nudge a fact decided."""
    milestone = fact.milestone or ""
    if fact.what == "SurfaceFellBack":
        return "link"
    if fact.what == "CoordinatorReminded":
        return "due"
    if milestone.startswith("tell-"):
        return "escalation"
    return "by-hand" if milestone.startswith("nudge ") else "reminder"


def is_of(nudge: Decided, message: str) -> bool:
    """Whether a message's name is that of what a nudge promised."""
    if nudge.told == "person":
        return f"/{nudge.person}/reminder " in message
    if nudge.told in STAND_INS:
        return f"/stand-in-of-{nudge.person}/" in message
    named = OF_COORDINATORS.get(nudge.kind)
    return named is not None and named.match(message) is not None


def reached(nudge: Decided, fact: NudgeFact) -> bool:
    """Whether a fact is a reminder that had reached the person whom a nudge is about."""
    if fact.what == "ToldByHand":
        by_hand = fact.spoken_to, fact.of, fact.round
        return by_hand == (nudge.person, "reminder", nudge.round)
    name = fact.message or ""
    counts = nudge.rule == "overtaken" or "/reminder asked-" not in name
    in_round = name.startswith(f"round {nudge.round}/") and "/reminder " in name
    return fact.to == nudge.person and in_round and counts
