"""What was put on hold goes on: it is kept no longer than the policy says."""

from __future__ import annotations

from bots.operations.form import Nothing
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.rights import retention_hold


def do(doing: Doing, _: Nothing) -> Done:
    """Let the policy hold again."""
    retention_hold.resume(doing.log, doing.stamp, doing.assessment)
    says = "It goes on. What is destroyed by itself is announced anew first, two weeks before."
    return Done(says, {"held": False})


OPERATION = Operation(
    "retention resume",
    "Let the policy hold again after a hold.",
    Nothing,
    do,
)
