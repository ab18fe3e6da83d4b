"""Handing on: with the coordinator's consent a colleague answers what a person has not.

People who hand on keep what they answered. The rest is asked of the colleague only, in later rounds
too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

from ehsg_events.commands.colleague import taker
from ehsg_events.commands.outcomes import reason
from ehsg_events.commands.sitting import HANDING_ON, sit_down
from ehsg_events.events import (
    HandOnAsked,
    HandOnDeclined,
    ItemsHandedOn,
)
from ehsg_events.kernel import COORDINATOR, Refused, Stamp, Way, Words
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.panel.member import Member
from ehsg_events.rounds.lifecycle import invitation
from ehsg_events.states.assessment import member_of
from ehsg_events.states.interview import unanswered
from ehsg_events.states.round import Round, refuse_if_over
from ehsg_events.states.streams import interview_stream, round_stream


class Request(NamedTuple):
    """Who asked to hand on, whom they suggest, and what they have not answered."""

    stakeholder: str
    agency: str
    works_as: str
    colleague: str | None
    items: tuple[str, ...]


def asked(log: Log, assessment: UUID) -> list[Request]:
    """The requests that wait for the coordinator in the newest round, oldest first."""
    rounds = log.rounds(assessment)
    if not rounds or rounds[-1].closed:
        return []
    waits = _waiting(log, assessment, len(rounds)).items()
    requests = (_request(log, assessment, rounds[-1], person, words) for person, words in waits)
    return [request for request in requests if request.items]


def _request(log: Log, assessment: UUID, round: Round, person: str, words: Words) -> Request:
    stream = interview_stream(assessment, round.number, person)
    interview = log.read(stream)
    items = () if interview.withdrawn else unanswered(round.invited[person], interview)
    first = log.assessment(assessment).panel[person]
    return Request(person, first.agency, first.works_as, log.text(words), items)


def agree(
    log: Log, stamp: Stamp, assessment: UUID, stakeholder: str, to: Member | str
) -> tuple[str, ...]:
    """Let a colleague take over what a person has not answered.

    Args:
        to: somebody new, or the pseudonym of somebody who is on the panel already.

    Returns:
        The items that were handed on.

    Raises:
        Refused: nobody asked, nothing is left, the round is closed, or the colleague cannot.
    """
    return _hand(log, stamp, assessment, stakeholder, to, _round_of)


def hand_over(
    log: Log, stamp: Stamp, assessment: UUID, stakeholder: str, to: Member | str
) -> tuple[str, ...]:
    """Let a substitute answer what a person has not, though that person did not ask for it.

    Args:
        to: somebody new, or the pseudonym of somebody who is on the panel already.

    Returns:
        The items that were handed on.

    Raises:
        Refused: nothing is left, the round is closed, or the substitute cannot.
    """
    return _hand(log, stamp, assessment, stakeholder, to, _open_round_of)


def _hand(
    log: Log,
    stamp: Stamp,
    assessment: UUID,
    stakeholder: str,
    to: Member | str,
    round_of: Callable[[Transaction, Log, UUID, str], Round],
) -> tuple[str, ...]:

    def decide(tx: Transaction) -> None:
        round = round_of(tx, log, assessment, stakeholder)
        if round.kind == "workshop":
            raise Refused(
                "In a workshop those in the room vote themselves.",
                Way("workshop present", "record who is there now"),
            )
        _, sitting, interview = sit_down(tx, assessment, stakeholder, tx.stamp.at)
        items = unanswered(sitting.items, interview)
        if not items or interview.withdrawn:
            raise Refused(f"{stakeholder} has nothing left to answer, so nothing can be handed on.")
        person = taker(tx, round, assessment, stakeholder, to, items)
        known = tx.assessment(assessment).panel.get(person)
        invited = () if person in round.invited else (invitation(person, items, known),)
        handed = ItemsHandedOn(handed_on_by=stakeholder, to=person, items=items)
        tx.decide(round_stream(assessment, round.number), *invited, handed)

    (handed,) = log.record(stamp, decide).every(ItemsHandedOn)
    return handed.items


def decline(log: Log, stamp: Stamp, assessment: UUID, stakeholder: str, because: str) -> None:
    """Decline a request to hand on, with the reason."""

    def decide(tx: Transaction) -> None:
        round = _round_of(tx, log, assessment, stakeholder)
        stream = round_stream(assessment, round.number)
        words = tx.seal(reason(because), stream, COORDINATOR)
        tx.decide(stream, HandOnDeclined(declined_to=stakeholder, because=words))

    log.record(stamp, decide)


def _open_round_of(tx: Transaction, _: Log, assessment: UUID, stakeholder: str) -> Round:
    """The open round, for a person on the panel."""
    member_of(tx.assessment(assessment), stakeholder)
    round = tx.newest_round(assessment)
    refuse_if_over(round, tx.stamp.at)
    return round


def _round_of(tx: Transaction, log: Log, assessment: UUID, stakeholder: str) -> Round:
    """The open round, for a person whose request to hand on waits in it."""
    round = _open_round_of(tx, log, assessment, stakeholder)
    tx.read(interview_stream(assessment, round.number, stakeholder))
    if stakeholder not in _waiting(log, assessment, round.number):
        raise Refused(
            f"{stakeholder} has not asked to hand anything on, or it was decided already.",
            Way("hand-on list", "see who waits"),
        )
    return round


def _waiting(log: Log, assessment: UUID, number: int) -> dict[str, Words]:
    """The suggested colleague of each person whose request to hand on was not decided yet."""
    waiting: dict[str, Words] = {}
    for recorded in log.about(assessment, HANDING_ON):
        if recorded.stream.round != number:
            continue
        match recorded.fact:
            case HandOnAsked(colleague=words):
                waiting[recorded.stream.stakeholder or ""] = words
            case HandOnDeclined(declined_to=person) | ItemsHandedOn(handed_on_by=person):
                waiting.pop(person, None)
    return waiting
