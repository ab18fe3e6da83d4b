"""An action ends."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Because, Form
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.agreement.actions import How
from ehsg_events.commands import actions


class Ended(Form):
    """Which action ends, how, and why."""

    item: Annotated[str, Asked("Such as 9.5.", example="9.5", first=True)]
    number: Annotated[int, Asked("As the list of actions numbers it.", example="1", first=True)]
    because: Because
    how: Annotated[How, Asked("One of the two: it was done, or it is dropped.", example="done")]


def do(doing: Doing, form: Ended) -> Done:
    """End it, done or dropped."""
    log, stamp, assessment = doing.log, doing.stamp, doing.assessment
    actions.end(log, stamp, assessment, form.item, form.number, form.how, form.because)
    document = {"item": form.item, "action": form.number}
    return Done(f"Ended: action {form.number} for {form.item}.", document)


OPERATION = Operation(
    "action end",
    "End an action, done or dropped, with the reason.",
    Ended,
    do,
)
