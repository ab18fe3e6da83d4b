"""A closed round takes answers again."""

from __future__ import annotations

from bots.operations.form import Because, Form, NewDeadline
from bots.operations.operation import Doing, Done, Operation
from bots.operations.round_status import after
from ehsg_events.commands import rounds


class Reopened(Form):
    """Until when it takes answers, and why."""

    because: Because
    deadline: NewDeadline


def do(doing: Doing, form: Reopened) -> Done:
    """Reopen it; outcomes it led to by rule are set aside."""
    until = doing.deadline(form.deadline)
    notes = rounds.reopen_round(doing.log, doing.stamp, doing.assessment, until, form.because)
    return after(doing, "The round takes answers again.", notes)


OPERATION = Operation(
    "round reopen",
    "Take answers again after the end, with the reason; those before and after are told apart.",
    Reopened,
    do,
)
