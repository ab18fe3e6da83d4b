"""The workshop ends."""

from __future__ import annotations

from bots.operations import by_hand
from bots.operations.form import Nothing
from bots.operations.operation import Doing, Done, Operation
from bots.operations.workshop_status import workshop_of
from ehsg_events.commands import rounds


def do(doing: Doing, _: Nothing) -> Done:
    """End it: what is agreed is adopted, the rest goes on to moderation."""
    log, stamp, assessment = doing.log, doing.stamp, doing.assessment
    workshop_of(log.situation(assessment))
    rounds.close_round(log, stamp, assessment)
    measured = workshop_of(log.situation(assessment)).measured
    assert measured is not None, "it was just closed"
    settled, left = list(measured.settled), list(measured.unsettled)
    document = {"settled": settled, "unsettled": left, "then": measured.then}
    agreed, not_agreed = ", ".join(settled) or "none", ", ".join(left)
    says = f"The workshop is closed.\nAgreed: {agreed}.\n"
    says += f"Not agreed: {not_agreed}." if left else "All are settled."
    return Done(says, document, by_hand.notes(doing))


OPERATION = Operation(
    "workshop close",
    "End the workshop: what is agreed is adopted, the rest goes on to moderation.",
    Nothing,
    do,
)
