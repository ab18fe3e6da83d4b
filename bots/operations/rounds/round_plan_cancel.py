"""A planned opening is taken back."""

from __future__ import annotations

from bots.operations.form import Nothing
from bots.operations.operation import Doing, Done, Operation
from bots.operations.round_status import opening_stands
from ehsg_events.commands import planning


def do(doing: Doing, _: Nothing) -> Done:
    """Cancel it."""
    planning.cancel_opening(doing.log, doing.stamp, doing.assessment)
    return opening_stands(doing, "The plan is taken back.")


OPERATION = Operation(
    "round plan cancel",
    "Take the plan of an opening back.",
    Nothing,
    do,
)
