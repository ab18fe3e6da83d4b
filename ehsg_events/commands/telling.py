"""The coordinator tells people herself whom no message reaches, and says that she did."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from ehsg_events.commands.links import for_letter, known
from ehsg_events.events import (
    Matter,
    Means,
    PersonalLinkIssued,
    PersonalLinkShown,
    ToldByHand,
)
from ehsg_events.kernel import Refused, Stamp, Surface, Way
from ehsg_events.log.log import Log
from ehsg_events.log.state_reader import StateReader
from ehsg_events.log.transaction import Transaction
from ehsg_events.reminders import tellings
from ehsg_events.reminders.given import NONE, TOPICS, Given, reminders_given
from ehsg_events.reminders.reminders import are_due
from ehsg_events.reminders.still_due import Subject, Telling, is_still_due
from ehsg_events.states.assessment import member_of
from ehsg_events.states.round import Round
from ehsg_events.states.situation import Situation
from ehsg_events.states.streams import assessment_stream, interview_stream, round_stream
from ehsg_events.values.address import WRITABLE, reached_at

SEE = Way("waiting", "see what waits to be told")


def by_hand(
    log: Log, assessment: UUID, now: datetime, writable: Collection[Surface]
) -> list[Telling]:
    """What waits for the coordinator to tell people, in the order it was decided.

    Args:
        writable: the surfaces that are set up to write to people.
    """
    situation = log.situation(assessment)
    if situation.newest is None:
        return []
    facts = log.about(assessment, tellings.topics(situation, writable))
    return tellings.by_hand(facts, situation, now, writable)


def told(
    log: Log,
    stamp: Stamp,
    assessment: UUID,
    person: str,
    means: Means,
    of: Matter | None = None,
    writable: Collection[Surface] = (),
) -> tuple[Matter, ...]:
    """Record that the coordinator told a person something by hand; it counts as a delivery.

    Args:
        of: of what; everything that waits for the coordinator to tell them, if not said.
        writable: the surfaces that are set up to write to people.

    Returns:
        Of what they were told.

    Raises:
        Refused: nobody has this pseudonym, or there is nothing of that kind to tell them.
    """

    def decide(tx: Transaction) -> None:
        situation = tx.situation(assessment)
        member_of(situation.assessment, person)
        if situation.newest is None:
            raise Refused("No round was opened yet, so there is nothing to tell anybody.")
        facts = list(log.about(assessment, tellings.topics(situation, writable)))
        if of is None:
            waiting = tellings.by_hand(facts, situation, stamp.at, writable)
            subjects = _subjects(person, waiting)
        else:
            due = tellings.due(facts, situation, stamp.at)
            _refuse_unless_so(situation, due, person, of, stamp.at)
            subjects = (of,)
        stream = round_stream(assessment, situation.newest.number)
        new = (ToldByHand(spoken_to=person, of=subject, means=means) for subject in subjects)
        tx.decide(stream, *new)

    return tuple(fact.of for fact in log.record(stamp, decide).every(ToldByHand))


class ByHand(NamedTuple):
    """What a coordinator told a person, and how."""

    person: str
    of: Matter
    means: Means


def all_told(
    log: Log, stamp: Stamp, assessment: UUID, told: Sequence[ByHand], writable: Collection[Surface]
) -> list[ToldByHand]:
    """Record that the coordinator told several people things by hand, all or nothing.

    What does not wait any more is left out: it was told before, or means nothing now.

    Args:
        writable: the surfaces that are set up to write to people.

    Returns:
        What was recorded.
    """

    def decide(tx: Transaction) -> None:
        situation = tx.situation(assessment)
        if situation.newest is None:
            return
        facts = list(log.about(assessment, tellings.topics(situation, writable)))
        waits = {(one.person, matter(one.of)) for one in tellings.due(facts, situation, stamp.at)}
        new = (one for one in dict.fromkeys(told) if (one.person, one.of) in waits)
        stream = round_stream(assessment, situation.newest.number)
        tx.decide(
            stream,
            *(ToldByHand(spoken_to=one.person, of=one.of, means=one.means) for one in new),
        )

    return log.record(stamp, decide).every(ToldByHand)


def links_to_tell(tx: Transaction, assessment: UUID, people: Collection[str]) -> dict[str, str]:
    """People's links for letters that a coordinator sends; that she was given one is said once."""
    given: set[str] = set()
    for one in tx.log.about(assessment, (PersonalLinkIssued.TOPIC, PersonalLinkShown.TOPIC)):
        match one.fact:
            case PersonalLinkIssued(issued_to=person) | PersonalLinkShown(shown_for=person):
                given |= {person} if one.stamp.role == "coordinator" else set()
    shown = [person for person in people if person not in given and known(tx, assessment, person)]
    facts = (PersonalLinkShown(shown_for=person) for person in shown)
    tx.decide(assessment_stream(assessment), *facts)
    return {person: for_letter(tx, assessment, person) for person in people}


def _subjects(person: str, waiting: Collection[Telling]) -> tuple[Matter, ...]:
    """Everything that waits for the coordinator to tell a person."""
    mine = [matter(telling.of) for telling in waiting if telling.person == person]
    if not mine:
        raise Refused(
            f"Nothing waits for you to tell {person}. If you told them something all the same, "
            f"say of what.",
            SEE,
            field="of",
        )
    return tuple(dict.fromkeys(mine))


def matter(subject: Subject) -> Matter:
    """What is told when a subject waits: a link is given with the invitation."""
    if subject == "link":
        return "invitation"
    return "reminder" if subject == "silence" else subject


def _refuse_unless_so(
    situation: Situation, due: Collection[Telling], person: str, of: Matter, now: datetime
) -> None:
    """Refuse to record that somebody was told what nobody decided, or what is no longer so."""
    decided = {telling.of for telling in due if telling.person == person}
    newest = situation.newest
    assert newest is not None, "there is nothing to tell before a round"
    asked = is_still_due(Telling(person, "reminder", newest.number, now, ""), situation, now)
    if of in decided or (asked and of in ("reminder", "invitation")):
        return
    raise Refused(
        f"There is nothing of that kind to tell {person} now, so it is not recorded.",
        SEE,
        field="of",
    )


def given_in(log: Log, assessment: UUID, number: int) -> Given:
    """The reminders of a round by number that reached somebody."""
    return reminders_given(log.about(assessment, TOPICS), number)


def given_now(log: Log, assessment: UUID, situation: Situation, at: datetime) -> Given:
    """The reminders of the newest round that reached somebody, where one is due to anybody."""
    newest = situation.newest
    if newest is None or newest.closed or newest.paused or not are_due(newest, at):
        return NONE
    return given_in(log, assessment, newest.number)


def still_asked(
    reading: StateReader, assessment: UUID, writable: Collection[Surface] = WRITABLE
) -> list[str]:
    """Everybody in the newest round whom no message reaches and who has not finished.

    Args:
        writable: the surfaces that are set up to write to people.
    """
    panel, round = reading.assessment(assessment).panel, reading.newest_round(assessment)
    return [
        person
        for person, items in round.invited.items()
        if (items or round.kind == "workshop")
        and person not in round.released
        and (person in round.fell_back or not reached_at(panel[person].addresses, writable))
        and not _has_finished(reading, assessment, round, person)
    ]


def _has_finished(reading: StateReader, assessment: UUID, round: Round, person: str) -> bool:
    """Whether nothing more is wanted of a person; a withdrawal in any round is for good."""
    interviews = [
        reading.read(interview_stream(assessment, number, person))
        for number in range(1, round.number + 1)
    ]
    return interviews[-1].completed or any(interview.withdrawn for interview in interviews)
