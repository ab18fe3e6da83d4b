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
from ehsg_events.commands.sitting import sit_down, undecided
from ehsg_events.events import (
    HandOnAgreed,
    HandOnDeclined,
    ItemsHandedOn,
)
from ehsg_events.kernel import COORDINATOR, Refused, Stamp, Way
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.panel.member import Member
from ehsg_events.rounds.lifecycle import invitation
from ehsg_events.rounds.requests import to_hand_on, waiting
from ehsg_events.states.assessment import member_of
from ehsg_events.states.interview import unanswered
from ehsg_events.states.round import Round, refuse_if_over
from ehsg_events.states.situation import left_to_ask, withdrawn
from ehsg_events.states.streams import interview_stream, round_stream


class Request(NamedTuple):
    """Who asked to hand on, whom they suggest, and what they have not answered."""

    stakeholder: str
    agency: str
    works_as: str
    colleague: str | None
    items: tuple[str, ...]


def asked(log: Log, assessment: UUID) -> list[Request]:
    """The requests that wait for the coordinator, oldest first; a close does not end them."""
    requests = undecided(log, assessment)
    if not requests:
        return []
    situation = log.situation(assessment)
    panel = situation.assessment.panel
    return [
        Request(
            person,
            panel[person].agency,
            panel[person].works_as,
            log.text(requests[person].colleague),
            items,
        )
        for person, items in waiting(situation, requests).items()
    ]


def agree(
    log: Log, stamp: Stamp, assessment: UUID, stakeholder: str, to: Member | str
) -> tuple[str, ...]:
    """Let a colleague take over what a person has not answered; after the close, in the next round.

    Args:
        to: somebody new, or the pseudonym of somebody who is on the panel already.

    Returns:
        The items that were handed on.

    Raises:
        Refused: nobody asked, nothing is left, or the colleague cannot.
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
        if round.closed:
            _agree_for_the_next(tx, assessment, round, stakeholder, to)
            return
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

    saved = log.record(stamp, decide)
    now, later = saved.every(ItemsHandedOn), saved.every(HandOnAgreed)
    return (now or later)[0].items


def _agree_for_the_next(
    tx: Transaction, assessment: UUID, round: Round, stakeholder: str, to: Member | str
) -> None:
    """Agree after the close: the next round asks the colleague instead."""
    situation, requests = tx.situation(assessment), undecided(tx.log, assessment)
    items = to_hand_on(situation, stakeholder, requests[stakeholder].round)
    if not items:
        raise Refused(f"{stakeholder} has nothing left to answer, so nothing can be handed on.")
    asked_again = left_to_ask(situation)
    person = taker(tx, None, assessment, stakeholder, to, items)
    if person in withdrawn(situation):
        raise Refused(f"{person} has withdrawn, so nothing more is asked of them.")
    if set(items) <= set(asked_again.get(person, ())):
        raise Refused(f"{person} is asked about {', '.join(items)} already. Name somebody else.")
    agreed = HandOnAgreed(agreed_to=stakeholder, to=person, items=items)
    tx.decide(round_stream(assessment, round.number), agreed)


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
    """The newest round, for a person whose request to hand on was not decided."""
    member_of(tx.assessment(assessment), stakeholder)
    round = tx.newest_round(assessment)
    if stakeholder not in undecided(log, assessment):
        raise Refused(
            f"{stakeholder} has not asked to hand anything on, or it was decided already.",
            Way("hand-on list", "see who waits"),
        )
    if not round.closed:
        refuse_if_over(round, tx.stamp.at)
    if stakeholder in round.invited:
        tx.read(interview_stream(assessment, round.number, stakeholder))
    return round
