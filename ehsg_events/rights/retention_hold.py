"""What stands of the end of keeping: what was announced of it, and whether somebody put it on hold.

An inquiry, a court or a request for information may ask for what would be destroyed. Then nothing is,
by itself or by hand, until somebody says that it may go on; and the announcement stands anew.
"""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from ehsg_events.commands.outcomes import reason
from ehsg_events.events import (
    PolicyChosen,
    RetentionAnnounced,
    RetentionApplied,
    RetentionHeld,
    RetentionResumed,
    SignOffWithdrawn,
    TermsChosen,
)
from ehsg_events.kernel import COORDINATOR, Refused, Stamp, Way
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.streams import assessment_stream

TOPICS = tuple(
    fact.TOPIC
    for fact in (
        RetentionAnnounced, RetentionHeld, RetentionResumed, RetentionApplied,
        PolicyChosen, TermsChosen, SignOffWithdrawn,
    )
)  # fmt: skip
HELD = "What is kept is on hold, so nothing of it is destroyed. Say first that it may go on."
GO_ON = Way("retention resume", "let it go on")


class Standing(NamedTuple):
    """What was announced and stands still, and whether it is on hold."""

    announced: RetentionAnnounced | None = None
    held: bool = False


def standing(log: Log, assessment: UUID) -> Standing:
    """What stands of the end of keeping; another policy, or work that goes on, takes it back."""
    stands = Standing()
    for recorded in log.about(assessment, TOPICS):
        match recorded.fact:
            case RetentionAnnounced() as announced:
                stands = Standing(announced, stands.held)
            case RetentionHeld():
                stands = Standing(None, held=True)
            case RetentionResumed():
                stands = Standing()
            case _:
                stands = Standing(None, stands.held)
    return stands


def hold(log: Log, stamp: Stamp, assessment: UUID, because: str) -> None:
    """Keep everything, whatever the policy says, until that is taken back.

    Args:
        because: the reason, kept sealed as the coordinator's.

    Raises:
        Refused: it is on hold already.
    """

    def decide(tx: Transaction) -> None:
        stream = assessment_stream(assessment)
        tx.assessment(assessment)
        if standing(log, assessment).held:
            raise Refused("It is on hold already.", GO_ON)
        words = tx.seal(reason(because), stream, COORDINATOR)
        tx.decide(stream, RetentionHeld(because=words))

    log.record(stamp, decide)


def resume(log: Log, stamp: Stamp, assessment: UUID) -> None:
    """Let the policy hold again; what is destroyed by itself is announced anew first.

    Raises:
        Refused: it is not on hold.
    """

    def decide(tx: Transaction) -> None:
        tx.assessment(assessment)
        if not standing(log, assessment).held:
            raise Refused("It is not on hold.", Way("retention hold", "keep everything"))
        tx.decide(assessment_stream(assessment), RetentionResumed())

    log.record(stamp, decide)
