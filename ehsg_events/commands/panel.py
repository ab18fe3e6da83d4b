"""People who join a panel during an assessment, and people who leave it; what they said stands."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from ehsg_events.commands.assessments import added
from ehsg_events.commands.colleague import refuse_unless_new
from ehsg_events.commands.outcomes import reason
from ehsg_events.events import InvitationEnded, StakeholderInvited, StakeholderReleased
from ehsg_events.kernel import COORDINATOR, Refused, Stamp
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.panel.member import Member
from ehsg_events.rounds.lifecycle import invitation
from ehsg_events.states.assessment import member_of, refuse_if_signed_off
from ehsg_events.states.round import Round
from ehsg_events.states.streams import assessment_stream, round_stream
from ehsg_events.workshop.peer_review import is_asked_in


def join(log: Log, stamp: Stamp, assessment: UUID, person: Member) -> bool:
    """Add somebody to the panel, and invite them to the open round if it asks any of their items.

    Returns:
        Whether they were invited at once.

    Raises:
        Refused: they are on the panel already, or the assessment is signed off.
    """

    def decide(tx: Transaction) -> None:
        state, stream = tx.assessment(assessment), assessment_stream(assessment)
        refuse_if_signed_off(state)
        refuse_unless_new(log, state, person)
        member = added(tx, stream, person)
        tx.decide(stream, member)
        open_round = next(_open(tx, assessment), None)
        fits = open_round and is_asked_in(open_round.kind, member)
        asks = open_round.items if open_round and fits else ()
        items = tuple(item for item in person.items if item in asks)
        if open_round and items and open_round.deadline > stamp.at:
            asked = invitation(person.id, items, member)
            tx.decide(round_stream(assessment, open_round.number), asked)

    return bool(log.record(stamp, decide).every(StakeholderInvited))


def release(log: Log, stamp: Stamp, assessment: UUID, stakeholder: str, because: str) -> None:
    """Ask a person nothing more, with the reason: they left, or moved on. What they said stands.

    Raises:
        Refused: nobody has this pseudonym, or they were released already.
    """

    def decide(tx: Transaction) -> None:
        state, stream = tx.assessment(assessment), assessment_stream(assessment)
        refuse_if_signed_off(state)
        member_of(state, stakeholder)
        if stakeholder in state.released:
            raise Refused(f"{stakeholder} was released already, and is asked nothing.")
        words = tx.seal(reason(because), stream, COORDINATOR)
        tx.decide(stream, StakeholderReleased(released=stakeholder, because=words))
        for round in _open(tx, assessment):
            if stakeholder in round.invited:
                tx.decide(
                    round_stream(assessment, round.number), InvitationEnded(ended_for=stakeholder)
                )

    log.record(stamp, decide)


def _open(tx: Transaction, assessment: UUID) -> Iterator[Round]:
    """The open round, if there is one."""
    return (round for round in tx.rounds(assessment) if not round.closed)
