"""The open round is closed and measured."""

from __future__ import annotations

from bots.operations.form import Nothing
from bots.operations.operation import Doing, Done, Operation
from bots.operations.round_status import after
from bots.phrases import coordinator as phrases
from ehsg_events.commands import rounds


def do(doing: Doing, _: Nothing) -> Done:
    """Close it now."""
    rounds.close_round(doing.log, doing.stamp, doing.assessment)
    newest = doing.log.newest_round(doing.assessment)
    measured = newest.measured
    agreed, left = (measured.settled, measured.unsettled) if measured else ((), ())
    return after(doing, phrases.closed_now(newest.number, len(agreed), len(left)))


OPERATION = Operation(
    "round close",
    "Close the open round now, and measure it.",
    Nothing,
    do,
    surfaces=("command", "slack"),
)
