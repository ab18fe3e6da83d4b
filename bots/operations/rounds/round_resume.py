"""A paused round goes on."""

from __future__ import annotations

from bots.operations.form import Nothing
from bots.operations.operation import Doing, Done, Operation
from bots.operations.round_status import after
from bots.phrases import coordinator as phrases
from ehsg_events.commands import rounds


def do(doing: Doing, _: Nothing) -> Done:
    """Resume it; what fell due meanwhile is done now."""
    notes = rounds.resume_round(doing.log, doing.stamp, doing.assessment)
    number = doing.log.newest_round(doing.assessment).number
    return after(doing, phrases.resumed(number), notes)


OPERATION = Operation(
    "round resume",
    "Let a paused round go on; what fell due meanwhile is done.",
    Nothing,
    do,
    surfaces=("command", "slack", "web"),
)
