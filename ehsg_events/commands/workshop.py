"""Running a workshop and asking peers, each one decision, recorded once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from ehsg_events.commands.planning import with_holidays
from ehsg_events.dates import calendar
from ehsg_events.events import ItemRevisited, RoundOpened
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.rounds.lifecycle import refuse_unless_over
from ehsg_events.states.assessment import refuse_if_signed_off
from ehsg_events.states.round import RoundFact
from ehsg_events.states.situation import Situation
from ehsg_events.states.streams import interview_stream, round_stream
from ehsg_events.workshop import attendance, peer_review, votes

Decides = Callable[[Situation], tuple[RoundFact, ...]]


def open_workshop(
    log: Log,
    stamp: Stamp,
    assessment: UUID,
    items: Sequence[str] = (),
    deadline: datetime | None = None,
) -> list[str]:
    """Open the next round as a workshop.

    Args:
        items: what may be put to the vote; if empty, everything without an outcome.

    Returns:
        Warnings, in sentences.
    """
    return _open(
        log,
        stamp,
        assessment,
        lambda situation: attendance.open_workshop(situation, items, deadline, stamp.at),
    )


def open_peer_review(
    log: Log, stamp: Stamp, assessment: UUID, deadline: datetime | None = None
) -> list[str]:
    """Ask the peers on the panel, in a round of their own.

    Returns:
        Warnings, in sentences.
    """
    return _open(
        log,
        stamp,
        assessment,
        lambda situation: peer_review.peer_review(situation, deadline, stamp.at),
    )


def _open(log: Log, stamp: Stamp, assessment: UUID, decides: Decides) -> list[str]:

    def decide(tx: Transaction) -> list[str]:
        situation = with_holidays(tx, assessment)
        refuse_if_signed_off(situation.assessment)
        refuse_unless_over(situation.newest)
        opened, *invited = decides(situation)
        assert isinstance(opened, RoundOpened), "a round's first fact is that it was opened"
        tx.decide(round_stream(assessment, len(situation.rounds) + 1), opened, *invited)
        warned = calendar.deadline_warning(
            opened.deadline, opened.policy.zone, opened.policy.proclaimed
        )
        return [warned] if warned else []

    return log.record(stamp, decide).value or []


def attend(log: Log, stamp: Stamp, assessment: UUID, present: Sequence[str]) -> None:
    """Record who is in the room of the open workshop, as people come and go."""
    _decide(
        log, stamp, assessment, lambda situation: attendance.attend(situation, present, stamp.at)
    )


def put_to_the_vote(log: Log, stamp: Stamp, assessment: UUID, item: str) -> None:
    """Put an item to everybody in the room; people who have voted on it before are asked again."""

    def decide(tx: Transaction) -> None:
        situation = tx.situation(assessment)
        facts = votes.put_to_the_vote(situation, item, stamp.at)
        number = len(situation.rounds)
        tx.decide(round_stream(assessment, number), *facts)
        for person in votes.to_ask_again(situation, item) if facts else ():
            tx.decide(interview_stream(assessment, number, person), ItemRevisited(item=item))

    log.record(stamp, decide)


def show_votes(
    log: Log, stamp: Stamp, assessment: UUID, item: str, *, without_the_rest: bool = False
) -> None:
    """Show the votes on an item, once all in the room have voted or without the rest."""
    _decide(
        log,
        stamp,
        assessment,
        lambda situation: votes.show(situation, item, stamp.at, without_the_rest=without_the_rest),
    )


def _decide(log: Log, stamp: Stamp, assessment: UUID, decides: Decides) -> None:
    """Record a decision on the newest round."""

    def decide(tx: Transaction) -> None:
        situation = tx.situation(assessment)
        tx.decide(round_stream(assessment, len(situation.rounds)), *decides(situation))

    log.record(stamp, decide)
