"""Which fact promises which message to whom. Pure: what stands and the facts go in.

A message to somebody who is not on the panel, a stand-in or a coordinator, has a pseudonym too;
nothing is owed to those of them who are not in Slack.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple
from uuid import UUID

from bots.messages.screen import has_answered, is_asked_still
from bots.messages.states import InterviewKey, States
from ehsg_events.events import (
    AssessmentSignedOff,
    CoordinatorReminded,
    DeadlineMoved,
    Escalated,
    HandOnDeclined,
    InvitationEnded,
    ItemsHandedOn,
    RoundClosed,
    RoundReopened,
    StakeholderInvited,
    StakeholderReminded,
    SurfaceFellBack,
    VoteOpened,
    VoteShown,
)
from ehsg_events.kernel import Recorded, Words

Kind = Literal[
    "notice",
    "reminder",
    "moved",
    "reopened",
    "released",
    "handed-on",
    "taken-over",
    "declined",
    "closed",
    "became",
    "vote",
    "votes-shown",
    "screen",
    "shown",
    "stand-in-told",
    "coordinator-told",
    "unreachable",
    "overdue",
]
TO_COORDINATORS: tuple[Kind, ...] = ("coordinator-told", "unreachable", "overdue")
TO_OTHERS: tuple[Kind, ...] = ("stand-in-told", *TO_COORDINATORS)  # who are not asked themselves
IN_HOURS: tuple[Kind, ...] = ("reminder", *TO_OTHERS)  # what waits until its person works


class Owed(NamedTuple):
    """A message: whose, what it is called among theirs, and what or whom it is about."""

    place: InterviewKey
    what: str
    kind: Kind
    about: tuple[str, ...] = ()
    because: Words | None = None


def name_of(place: InterviewKey, what: str, version: int | None = None) -> str:
    """What a message is called on the log, always the same.

    Args:
        version: of its cause, when the same was promised before, as by a reminder of a later
            deadline.
    """
    again = "" if version is None else f"as of version {version}/"
    return f"round {place[1]}/{place[2]}/{again}{what}"


def owed(facts: Sequence[Recorded], one: Recorded, known: States) -> Iterator[Owed]:
    """What one fact promises, once it was folded; whom coordinators are told of, they are at once.

    Args:
        facts: the whole transaction that the fact is of.
    """
    if isinstance(one.fact, AssessmentSignedOff):
        yield from _became(one, known)
    elif one.stream.kind == "round":
        yield from _to_one(one, known)
        yield from _to_everyone(one, known)
        yield from _to_others(facts, one, known)


def _to_one(one: Recorded, known: States) -> Iterator[Owed]:
    """What somebody is told of a decision about them."""

    def to(person: str, what: str, kind: Kind, because: Words | None = None) -> Owed:
        place = (one.stream.assessment, one.stream.round or 0, person)
        return Owed(place, what, kind, because=because)

    match one.fact:
        case StakeholderInvited(invited=person):
            yield to(person, "notice", "notice")
        case StakeholderReminded(reminded=person):
            yield to(person, f"reminder {one.fact.milestone}", "reminder")
        case ItemsHandedOn(handed_on_by=giver, to=taker):
            yield to(giver, f"handed on {one.version}", "handed-on")
            yield to(taker, f"handed on {one.version}", "taken-over")
        case HandOnDeclined(declined_to=person):
            yield to(person, f"declined {one.version}", "declined", one.fact.because)
        case InvitationEnded(ended_for=person) if person in _invited(one, known):
            yield to(person, f"released {one.version}", "released")


def _invited(one: Recorded, known: States) -> Collection[str]:
    """Whom the round of a fact has invited."""
    return known.rounds[one.stream.assessment, one.stream.round or 0].invited


def _to_everyone(one: Recorded, known: States) -> Iterator[Owed]:
    """What all are told whom a decision about the round concerns."""
    match one.fact:
        case DeadlineMoved():
            yield from _to_those(one, known, f"deadline {one.version}", "moved")
        case RoundReopened():
            yield from _to_those(one, known, f"reopened {one.version}", "reopened")
        case RoundClosed():
            yield from _to_those(one, known, "closed", "closed")
        case VoteOpened(item=item, put_to=people):
            yield from _in_the_room(one, known, people, f"vote {one.version}", "vote", item)
        case VoteShown(item=item):
            room = known.rounds[one.stream.assessment, one.stream.round or 0].room.present
            yield from _in_the_room(one, known, room, f"votes {one.version}", "votes-shown", item)


def _in_the_room(
    one: Recorded, known: States, people: Iterable[str], what: str, kind: Kind, item: str
) -> Iterator[Owed]:
    """What those in a workshop are told of a vote; who has not begun sees it when they do."""
    for person in people:
        place = (one.stream.assessment, one.stream.round or 0, person)
        said = known.interview(place)
        if said.started and not (said.paused or said.withdrawn):
            yield Owed(place, what, kind, (item,))


def _to_those(one: Recorded, known: States, what: str, kind: Kind) -> Iterator[Owed]:
    assessment, number = one.stream.assessment, one.stream.round or 0
    stands = known.rounds[assessment, number]
    for person in stands.invited:
        said = known.interview((assessment, number, person))
        is_asked = person not in stands.released
        concerns = {
            "moved": is_asked and is_asked_still(said),
            "reopened": is_asked and not said.withdrawn,
            "closed": has_answered(said),
        }
        if concerns[kind]:
            yield Owed((assessment, number, person), what, kind)


# -- those who are not asked themselves ------------------------------------------------------------
def stand_in_of(person: str) -> str:
    """The pseudonym of who stands in for a person."""
    return f"stand-in-of-{person}"


def _to_others(facts: Sequence[Recorded], one: Recorded, known: States) -> Iterator[Owed]:
    """What stand-ins and coordinators are told; of several people in one message."""
    match one.fact:
        case Escalated(to="manager" | "substitute", about=person):
            member = known.assessments[one.stream.assessment].panel[person]
            if member.backup and member.backup.address:
                place = (one.stream.assessment, one.stream.round or 0, stand_in_of(person))
                yield Owed(place, f"{person}/{one.fact.milestone}", "stand-in-told", (person,))
        case Escalated():
            every = ((f, f.fact) for f in facts if isinstance(f.fact, Escalated))
            silent = [(f, told.about) for f, told in every if told.to == "coordinator"]
            yield from _once(silent, one, known, f"silent/{one.fact.milestone}", "coordinator-told")
        case SurfaceFellBack():
            lost = [(f, f.fact.fell_back) for f in facts if isinstance(f.fact, SurfaceFellBack)]
            yield from _once(lost, one, known, "unreachable", "unreachable")
        case CoordinatorReminded():
            yield from _once([(one, one.fact.of)], one, known, f"overdue {one.fact.of}", "overdue")


def _once(
    group: Sequence[tuple[Recorded, str]], one: Recorded, known: States, what: str, kind: Kind
) -> Iterator[Owed]:
    """One message to each coordinator for facts of a kind, when the last of them is folded."""
    if one is group[-1][0]:
        about = tuple(whom for _, whom in group)
        for coordinator in _coordinators(one.stream.assessment, known):
            place = (one.stream.assessment, one.stream.round or 0, coordinator)
            yield Owed(place, what, kind, about)


def _coordinators(assessment: UUID, known: States) -> Iterable[str]:
    named = known.assessments[assessment].coordinators
    return [name for name, one in named.items() if one.address is not None]


# -- at the end --------------------------------------------------------------------------------
def _became(one: Recorded, known: States) -> Iterator[Owed]:
    """What became of what they said, to everyone who answered anything and did not withdraw."""
    assessment = one.stream.assessment
    for person in known.assessments[assessment].panel:
        held = known.of(assessment, person)
        stayed = not any(said.withdrawn for _, said in held)
        if stayed and any(has_answered(said) for _, said in held):
            yield Owed(held[-1][0], f"signed off {one.version}", "became")
