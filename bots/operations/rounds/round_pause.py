"""An open round rests."""

from __future__ import annotations

from bots.operations.form import Because, Form
from bots.operations.operation import Doing, Done, Operation
from bots.operations.round_status import after
from bots.phrases import coordinator as phrases
from ehsg_events.commands import rounds


class Paused(Form):
    """Why it rests."""

    because: Because


def do(doing: Doing, form: Paused) -> Done:
    """Pause it: nobody is chased, it does not close by itself."""
    notes = rounds.pause_round(doing.log, doing.stamp, doing.assessment, form.because)
    return after(doing, phrases.PAUSED_NOW, notes)


OPERATION = Operation(
    "round pause",
    "Let the open round rest, with the reason: nobody is chased, it does not close by itself.",
    Paused,
    do,
    surfaces=("command", "slack", "web"),
)
