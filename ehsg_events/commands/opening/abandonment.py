"""An assessment that was opened by mistake is abandoned, as long as nobody was asked."""

from __future__ import annotations

from uuid import UUID

from ehsg_events.commands.outcomes import reason
from ehsg_events.events import AssessmentAbandoned
from ehsg_events.kernel import COORDINATOR, Refused, Stamp, Way
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.assessment import refuse_if_abandoned, refuse_if_signed_off
from ehsg_events.states.round import Round
from ehsg_events.states.streams import assessment_stream

SIGN = Way("sign-off", "end it by signing it off")
CLOSE = Way("round close", "close the round")


def abandon(log: Log, stamp: Stamp, assessment: UUID, because: str) -> None:
    """Abandon an assessment, with the reason: nothing more is done in it, and all of it stays.

    Raises:
        Refused: a round has opened, or it was abandoned or signed off already.
    """

    def decide(tx: Transaction) -> None:
        state = tx.assessment(assessment)
        refuse_if_abandoned(state)
        refuse_if_signed_off(state)
        _refuse_if_asked(tx.rounds(assessment))
        words = tx.seal(reason(because), assessment_stream(assessment), COORDINATOR)
        tx.decide(assessment_stream(assessment), AssessmentAbandoned(because=words))

    log.record(stamp, decide)


def _refuse_if_asked(rounds: list[Round]) -> None:
    """Refuse once people were asked: what they said is not put aside by a click."""
    if rounds:
        ways = [CLOSE, SIGN] if not rounds[-1].closed else [SIGN]
        raise Refused(
            "A round has opened, so people were asked, and what they say stands. It cannot be "
            "abandoned any more.",
            *ways,
        )
