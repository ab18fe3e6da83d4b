"""A round is opened, and the panel invited."""

from __future__ import annotations

from bots.operations.form import Deadline, Form
from bots.operations.operation import Doing, Done, Operation
from bots.operations.round_status import after
from ehsg_events.commands import rounds


class Opened(Form):
    """Until when it lasts."""

    deadline: Deadline = None


def do(doing: Doing, form: Opened) -> Done:
    """Open the first round, or the feedback round on what is unsettled."""
    until = doing.deadline(form.deadline) if form.deadline else None
    notes = rounds.open_round(doing.log, doing.stamp, doing.assessment, until)
    return after(doing, "The round is open.", notes)


OPERATION = Operation(
    "round open",
    "Open the first round, or the feedback round on what is unsettled, and invite the panel.",
    Opened,
    do,
)
