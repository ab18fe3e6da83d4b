"""The open round is closed and measured."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Form
from bots.operations.operation import Doing, Done, Operation
from bots.operations.round_status import after
from bots.phrases import coordinator as phrases
from ehsg_events.commands import rounds


class Closing(Form):
    """Whether to close it even though something waits."""

    all_the_same: Annotated[bool, Asked("Though a request to hand on is undecided.")] = False


def do(doing: Doing, form: Closing) -> Done:
    """Close it now; a button in Slack, which can ask nothing, closes it all the same."""
    ask = not form.all_the_same and doing.stamp.surface != "slack"
    rounds.close_round(doing.log, doing.stamp, doing.assessment, ask=ask)
    newest = doing.log.newest_round(doing.assessment)
    measured = newest.measured
    agreed, left = (measured.settled, measured.unsettled) if measured else ((), ())
    return after(doing, phrases.closed_now(newest.number, len(agreed), len(left)))


OPERATION = Operation(
    "round close",
    "Close the open round now, and measure it.",
    Closing,
    do,
    surfaces=("command", "slack", "web"),
)
