"""Which fact promises which message to whom. Pure.

Stand-ins and coordinators have pseudonyms too; nothing is owed to those who have no address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Literal, NamedTuple

from bots.messages.screen import Answered, has_answered, is_asked_still
from bots.messages.states import InterviewKey, States
from ehsg_events.dates.calendar import moment
from ehsg_events.events import (
    AssessmentSignedOff,
    CoordinatorReminded,
    DeadlineMoved,
    Escalated,
    HandOnAgreed,
    HandOnDeclined,
    HandOnLapsed,
    InvitationEnded,
    ItemsHandedOn,
    PersonalLinkAsked,
    PersonalLinkIssued,
    PersonalLinkShown,
    RetentionAnnounced,
    RoundClosed,
    RoundReopened,
    SignInAsked,
    StakeholderCorrected,
    StakeholderInvited,
    StakeholderReminded,
    SurfaceFellBack,
    VoteOpened,
    VoteShown,
)
from ehsg_events.kernel import Recorded, Words
from ehsg_events.rounds.milestones import ASKED
from ehsg_events.states.round import Round
from ehsg_events.values.address import WRITABLE

Kind = Literal[
    "notice", "reminder", "wished", "moved", "reopened", "released", "handed-on", "taken-over",
    "declined", "agreed-on", "lapsed", "acted-for", "link-shown", "link-again", "closed",
    "became", "vote", "votes-shown", "screen", "reply", "shown", "stand-in-told",
    "coordinator-told", "unreachable", "overdue", "retention", "thanks", "sign-in",
]  # fmt: skip
TO_COORDINATORS: tuple[Kind, ...] = ("coordinator-told", "unreachable", "overdue", "retention")
TO_OTHERS: tuple[Kind, ...] = ("stand-in-told", *TO_COORDINATORS)  # who are not asked themselves
ANSWERS: tuple[Kind, ...] = ("screen", "reply", "shown")  # what somebody who acted waits for
# Who never hears of these is worse off than who reads one twice.
MUST_ARRIVE: tuple[Kind, ...] = ("notice", "moved", "reopened", "taken-over", "released")
WAITED_FOR = timedelta(minutes=15)  # a way in that comes later is asked for once more
IN_HOURS: tuple[Kind, ...] = ("reminder", *TO_OTHERS)  # what waits for its person's hours


class Owed(NamedTuple):
    """A message: to whom in which round, its name among theirs, and what or whom it is about."""

    place: InterviewKey
    what: str
    kind: Kind
    about: tuple[str, ...] = ()
    because: Words | None = None
    answered: Answered | None = None
    until: datetime | None = None  # when it is too late, if it belongs to no round: then that is 0

    @property
    def to(self) -> str:
        """The pseudonym of whom it is for."""
        return self.place[2]


def name_of(place: InterviewKey, what: str, version: int | None = None) -> str:
    """The name of a message on the log; the same message always has the same name.

    Args:
        version: the version of its cause, when that name was given before, as to a reminder of an
            earlier deadline.
    """
    again = "" if version is None else f"as of version {version}/"
    return f"round {place[1]}/{place[2]}/{again}{what}"


def group_of(kind: Kind) -> str:
    """The group of a kind in which only the newest message counts: all nudges are one group."""
    return kind if kind in ("became", "link-again", "sign-in") else "nudge"


def owed(facts: Sequence[Recorded], recorded: Recorded, states: States) -> Iterator[Owed]:
    """What one fact promises, once it was folded; coordinators get one message for several people.

    Args:
        facts: all facts of the transaction that recorded it.
    """
    if isinstance(recorded.fact, AssessmentSignedOff):
        yield from _became(recorded, states)
    elif isinstance(recorded.fact, StakeholderCorrected):
        yield from _anew(recorded, recorded.fact, states)
    elif isinstance(recorded.fact, SignInAsked):
        place, until = _place(recorded, recorded.fact.asked_for), recorded.stamp.at + WAITED_FOR
        yield Owed(place, f"sign-in {recorded.version}", "sign-in", until=until)
    elif isinstance(recorded.fact, RetentionAnnounced):
        yield from _announced(recorded, recorded.fact, states)
    elif recorded.stream.kind == "assessment":
        yield from _of_their_link(recorded, states)
    elif recorded.stream.kind == "round":
        yield from _to_one(recorded, states)
        yield from _to_everyone(recorded, states)
        yield from _to_others(facts, recorded, states)


def _anew(recorded: Recorded, fact: StakeholderCorrected, states: States) -> Iterator[Owed]:
    """What stands open, said again where somebody is reached now."""
    assessment, person = recorded.stream.assessment, fact.corrected
    for (other, number), round in states.rounds.items():
        place = (assessment, number, person)
        is_asked = other == assessment and not round.closed and person in round.invited
        if fact.reached_by in WRITABLE and is_asked and person not in round.released:
            interview = states.interview(place)
            if is_asked_still(interview):
                in_chat = interview.started and fact.reached_by == "slack"
                kind: Kind = "screen" if in_chat else "notice"
                yield Owed(place, f"moved {recorded.version}", kind)


def _of_their_link(recorded: Recorded, states: States) -> Iterator[Owed]:
    """A person's link, where it was asked for; that a coordinator was given it, where Slack works."""
    assessment, by_coordinator = recorded.stream.assessment, recorded.stamp.role == "coordinator"
    match recorded.fact:
        case PersonalLinkAsked(asked_for=person):
            kind: Kind = "link-again"
        case PersonalLinkIssued(issued_to=person) | PersonalLinkShown(shown_for=person) if (
            by_coordinator
        ):
            kind = "link-shown"
        case _:
            return
    numbers = [n for (other, n), r in states.rounds.items() if other == assessment and person in
               r.invited and (kind == "link-again" or person not in r.fell_back)]  # fmt: skip
    if numbers:
        place, what = (assessment, max(numbers), person), kind.replace("-", " ")
        yield Owed(place, f"{what} {recorded.version}", kind)


def _to_one(recorded: Recorded, states: States) -> Iterator[Owed]:
    """What a person is told of a decision about them."""

    def to(person: str, what: str, kind: Kind, because: Words | None = None) -> Owed:
        return Owed(_place(recorded, person), what, kind, because=because)

    match recorded.fact:
        case StakeholderInvited(invited=person):
            yield to(person, "notice", "notice")
        case StakeholderReminded(reminded=person):
            milestone = recorded.fact.milestone
            asked = milestone.startswith(ASKED)
            yield to(person, f"reminder {milestone}", "wished" if asked else "reminder")
        case ItemsHandedOn(handed_on_by=giver, to=taker):
            yield to(giver, f"handed on {recorded.version}", "handed-on")
            yield to(taker, f"handed on {recorded.version}", "taken-over")
        case InvitationEnded(ended_for=person) if person in _round(recorded, states).invited:
            yield to(person, f"released {recorded.version}", "released")
    yield from _of_a_request(recorded)


def _of_a_request(recorded: Recorded) -> Iterator[Owed]:
    """What a person is told who asked that a colleague answers instead, and did not get it at once."""

    def to(person: str, what: str, kind: Kind, because: Words | None = None) -> Owed:
        return Owed(_place(recorded, person), f"{what} {recorded.version}", kind, because=because)

    match recorded.fact:
        case HandOnDeclined(declined_to=person, because=because):
            yield to(person, "declined", "declined", because)
        case HandOnAgreed(agreed_to=person):
            yield to(person, "agreed on", "agreed-on")
        case HandOnLapsed(lapsed_for=person):
            yield to(person, "lapsed", "lapsed")


def _place(recorded: Recorded, person: str) -> InterviewKey:
    """A person's interview in the round of a fact."""
    return recorded.stream.assessment, recorded.stream.round or 0, person


def _round(recorded: Recorded, states: States) -> Round:
    """The round of a fact."""
    return states.rounds[recorded.stream.assessment, recorded.stream.round or 0]


def _to_everyone(recorded: Recorded, states: States) -> Iterator[Owed]:
    """What people are told of a decision about the round, where it concerns them."""
    version = recorded.version
    match recorded.fact:
        case DeadlineMoved():
            yield from _to_those(recorded, states, f"deadline {version}", "moved")
        case RoundReopened():
            yield from _to_those(recorded, states, f"reopened {version}", "reopened")
        case RoundClosed():
            yield from _to_those(recorded, states, "closed", "closed")
        case VoteOpened(item=item, put_to=people):
            yield from _in_the_room(recorded, states, people, f"vote {version}", "vote", item)
        case VoteShown(item=item):
            room, what = _round(recorded, states).room.present, f"votes {version}"
            yield from _in_the_room(recorded, states, room, what, "votes-shown", item)


def _in_the_room(
    recorded: Recorded, states: States, people: Iterable[str], what: str, kind: Kind, item: str
) -> Iterator[Owed]:
    """What people in a workshop are told of a vote; those who begin later see it when they do."""
    for person in people:
        place = _place(recorded, person)
        interview = states.interview(place)
        if interview.started and not (interview.paused or interview.withdrawn):
            yield Owed(place, what, kind, (item,))


def _to_those(recorded: Recorded, states: States, what: str, kind: Kind) -> Iterator[Owed]:
    round = _round(recorded, states)
    for person in round.invited:
        place = _place(recorded, person)
        interview = states.interview(place)
        is_asked = person not in round.released
        concerns = {
            "moved": is_asked and is_asked_still(interview),
            "reopened": is_asked and not interview.withdrawn,
            "closed": has_answered(interview),
        }
        if concerns[kind]:
            yield Owed(place, what, kind)


# -- those who are not asked themselves ------------------------------------------------------------
def stand_in_of(person: str) -> str:
    """The pseudonym of a person's stand-in."""
    return f"stand-in-of-{person}"


def _to_others(facts: Sequence[Recorded], recorded: Recorded, states: States) -> Iterator[Owed]:
    """What stand-ins and coordinators are told; several people come in one message."""
    match recorded.fact:
        case Escalated(to="manager" | "substitute", about=person, milestone=milestone):
            member = states.assessments[recorded.stream.assessment].panel[person]
            if member.backup and member.backup.addresses:
                place, what = _place(recorded, stand_in_of(person)), f"{person}/{milestone}"
                yield Owed(place, what, "stand-in-told", (person,))
        case Escalated(milestone=milestone):
            steps = ((f, f.fact) for f in facts if isinstance(f.fact, Escalated))
            silent = [(f, step.about) for f, step in steps if step.to == "coordinator"]
            yield from _once(silent, recorded, states, f"silent/{milestone}", "coordinator-told")
        case SurfaceFellBack():
            lost = [(f, f.fact.fell_back) for f in facts if isinstance(f.fact, SurfaceFellBack)]
            yield from _once(lost, recorded, states, "unreachable", "unreachable")
        case CoordinatorReminded(of=task):
            yield from _once([(recorded, task)], recorded, states, f"overdue {task}", "overdue")


def _announced(recorded: Recorded, fact: RetentionAnnounced, states: States) -> Iterator[Owed]:
    """What is told to coordinators before names and words are destroyed by themselves.

    It belongs to no round: one that was abandoned has none.
    """
    assessment, what = recorded.stream.assessment, f"retention {recorded.version}"
    numbers = [number for other, number in states.rounds if other == assessment]
    place, state = (assessment, max(numbers, default=0)), states.assessments[assessment]
    over = moment(fact.destroyed_from, time(0), state.policy.zone)
    for name, one in state.coordinators.items():
        if one.addresses:
            yield Owed(
                (*place, name), what, "retention", fact.people, until=None if numbers else over
            )


def _once(
    group: Sequence[tuple[Recorded, str]], recorded: Recorded, states: States, what: str, kind: Kind
) -> Iterator[Owed]:
    """One message to each coordinator for facts of a kind, when the last of them is folded."""
    if recorded is group[-1][0]:
        about = tuple(subject for _, subject in group)
        for name, one in states.assessments[recorded.stream.assessment].coordinators.items():
            if one.addresses:
                yield Owed(_place(recorded, name), what, kind, about)


# -- at the end --------------------------------------------------------------------------------
def _became(recorded: Recorded, states: States) -> Iterator[Owed]:
    """What became of their answers, to everyone who gave any and did not withdraw."""
    assessment = recorded.stream.assessment
    for person in states.assessments[assessment].panel:
        interviews = states.of(assessment, person)
        stayed = not any(interview.withdrawn for _, interview in interviews)
        if stayed and any(has_answered(interview) for _, interview in interviews):
            yield Owed(interviews[-1][0], f"signed off {recorded.version}", "became")
