"""An open round's deadline is moved."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Because, Form, NewDeadline
from bots.operations.operation import Doing, Done, Operation
from bots.operations.round_status import after
from bots.phrases import coordinator as phrases
from ehsg_events.commands import rounds
from ehsg_events.dates import calendar


class Extended(Form):
    """The new deadline, and why."""

    because: Because
    deadline: NewDeadline
    earlier: Annotated[bool, Asked("Though it is earlier than people were told.")] = False


def do(doing: Doing, form: Extended) -> Done:
    """Move it; everyone still asked is told once."""
    until = doing.deadline(form.deadline)
    notes = rounds.extend_round(
        doing.log, doing.stamp, doing.assessment, until, form.because, ask=not form.earlier
    )
    zone = doing.log.assessment(doing.assessment).policy.zone
    return after(doing, phrases.extended(calendar.say(until, zone)), notes)


OPERATION = Operation(
    "round extend",
    "Move the open round's deadline, with the reason.",
    Extended,
    do,
    surfaces=("command", "slack", "web"),
)
