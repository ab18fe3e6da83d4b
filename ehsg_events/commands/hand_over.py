"""Somebody is not the right person: with the coordinator's consent a colleague answers the rest.

Whoever handed on keeps what they answered; what they had not answered is asked of the colleague
and of nobody twice, in later rounds too.
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
    """Who asked to hand on, whom they would ask, and what they have not answered."""

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
    found = (_request(log, assessment, rounds[-1], person, words) for person, words in waits)
    return [request for request in found if request.items]


def _request(log: Log, assessment: UUID, one: Round, person: str, words: Words) -> Request:
    stream = interview_stream(assessment, one.number, person)
    interview = log.read(stream)
    items = () if interview.withdrawn else unanswered(one.invited[person], interview)
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
    """Let a substitute answer what a person has not, who did not ask: on leave, or silent.

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
        one = round_of(tx, log, assessment, stakeholder)
        if one.kind == "workshop":
            raise Refused(
                "In a workshop those in the room vote themselves.",
                Way("workshop present", "record who is there now"),
            )
        _, sitting, interview = sit_down(tx, assessment, stakeholder, tx.stamp.at)
        items = unanswered(sitting.items, interview)
        if not items or interview.withdrawn:
            raise Refused(f"{stakeholder} has nothing left to answer, so nothing can be handed on.")
        person = taker(tx, one, assessment, stakeholder, to, items)
        known = tx.assessment(assessment).panel.get(person)
        invited = () if person in one.invited else (invitation(person, items, known),)
        handed = ItemsHandedOn(handed_on_by=stakeholder, to=person, items=items)
        tx.decide(round_stream(assessment, one.number), *invited, handed)

    (handed,) = log.record(stamp, decide).every(ItemsHandedOn)
    return handed.items


def decline(log: Log, stamp: Stamp, assessment: UUID, stakeholder: str, because: str) -> None:
    """Ask a person to answer after all, with the reason."""

    def decide(tx: Transaction) -> None:
        one = _round_of(tx, log, assessment, stakeholder)
        stream = round_stream(assessment, one.number)
        words = tx.seal(reason(because), stream, COORDINATOR)
        tx.decide(stream, HandOnDeclined(declined_to=stakeholder, because=words))

    log.record(stamp, decide)


def _open_round_of(tx: Transaction, _: Log, assessment: UUID, stakeholder: str) -> Round:
    """The open round."""
    member_of(tx.assessment(assessment), stakeholder)
    one = tx.newest_round(assessment)
    refuse_if_over(one, tx.stamp.at)
    return one


def _round_of(tx: Transaction, log: Log, assessment: UUID, stakeholder: str) -> Round:
    """The open round in which a person has asked to hand on, and waits."""
    one = _open_round_of(tx, log, assessment, stakeholder)
    tx.read(interview_stream(assessment, one.number, stakeholder))
    if stakeholder not in _waiting(log, assessment, one.number):
        raise Refused(
            f"{stakeholder} has not asked to hand anything on, or it was decided already.",
            Way("hand-on list", "see who waits"),
        )
    return one


def _waiting(log: Log, assessment: UUID, number: int) -> dict[str, Words]:
    """Whom each person would ask, of those about whom nothing was decided since they asked."""
    found: dict[str, Words] = {}
    for recorded in log.about(assessment, HANDING_ON):
        if recorded.stream.round != number:
            continue
        match recorded.fact:
            case HandOnAsked(colleague=words):
                found[recorded.stream.stakeholder or ""] = words
            case HandOnDeclined(declined_to=person) | ItemsHandedOn(handed_on_by=person):
                found.pop(person, None)
    return found
