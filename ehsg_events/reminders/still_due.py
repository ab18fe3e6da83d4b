"""One thing that somebody is to be told, and whether it still means anything to them. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

from ehsg_events.events import Matter
from ehsg_events.reminders.reminders import nothing_wanted
from ehsg_events.states.interview import Interview
from ehsg_events.states.round import Round
from ehsg_events.states.situation import Situation, over, withdrawn

Subject = Matter | Literal["link", "silence"]
INVITING: tuple[Subject, ...] = ("link", "invitation", "new-round", "workshop")
ASKING: tuple[Subject, ...] = (*INVITING, "reopening", "extension", "reminder")
OF_SILENCE: tuple[Subject, ...] = ("stand-in", "silence")
AFTERWARDS: tuple[Subject, ...] = ("close", "agreed-on", "lapsed", "outcome")


class Telling(NamedTuple):
    """One thing that a person is to be told since a time, and the key of the decision behind it.

    A `link` is for somebody whom Slack cannot reach; `silence` is for the coordinator, to talk to
    somebody. `failed` is whether a message said it in vain.
    """

    person: str
    of: Subject
    round: int
    since: datetime
    cause: str
    failed: bool = False


def comes_first(subject: Subject, other: Subject) -> bool:
    """Whether, of two things that wait, the first says the second too."""
    if subject in INVITING and other in INVITING:
        return INVITING.index(subject) < INVITING.index(other)
    return says_too(subject, other)


def says_too(subject: Subject, other: Subject) -> bool:
    """Whether somebody who is told one thing knows the other, if it was decided before."""
    if subject in INVITING:
        return other in ASKING
    if subject in ASKING and other in ASKING:
        return ASKING.index(subject) <= ASKING.index(other)
    return subject == other or (subject, other) in (("outcome", "close"), ("reminder", "silence"))


def is_still_due(telling: Telling, situation: Situation, now: datetime) -> bool:
    """Whether somebody still is to be told, as things stand."""
    person = telling.person
    if telling.of == "outcome":
        signed = situation.assessment.signed_off is not None
        return signed and person not in withdrawn(situation)
    if telling.of in AFTERWARDS:
        return _has_just_closed(telling, situation)
    newest = situation.newest
    if newest is None or newest.number != telling.round or not _is_open(newest, now):
        return False
    interview = situation.interviews.get((newest.number, person), Interview())
    if telling.of in INVITING:
        begun = interview.started or bool(interview.answers) or person in newest.room.present
        return _is_wanted(newest, situation, person) and (telling.of == "link" or not begun)
    if telling.of in ("extension", "reminder", *OF_SILENCE):
        return _is_wanted(newest, situation, person)
    if telling.of == "release":
        return person in newest.released and not interview.withdrawn
    return not interview.withdrawn and person not in newest.released


def _is_open(round: Round, now: datetime) -> bool:
    return not round.closed and (round.paused or now < round.deadline)


def _is_wanted(round: Round, situation: Situation, person: str) -> bool:
    """Whether anything more is wanted of a person in the newest round."""
    wanted = not any(nothing_wanted(round, over(situation), person).values())
    return wanted and (round.kind == "workshop" or bool(round.invited.get(person)))


def _has_just_closed(telling: Telling, situation: Situation) -> bool:
    """Whether the newest round is closed, and the person answered or asked something in it."""
    newest, state = situation.newest, situation.assessment
    assert newest is not None, "a round was closed"
    interview = situation.interviews.get((newest.number, telling.person), Interview())
    asked = telling.of != "close" or bool(interview.answers)
    stayed = asked and telling.person not in withdrawn(situation)
    is_newest = newest.closed and newest.number == telling.round
    return is_newest and stayed and state.signed_off is None
