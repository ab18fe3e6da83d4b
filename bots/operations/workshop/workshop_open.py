"""A workshop is opened on what is unsettled."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Deadline, Form
from bots.operations.operation import Doing, Done, Operation
from bots.operations.workshop_status import after, listed
from ehsg_events.commands import workshop


class Opened(Form):
    """What is voted on, and who is there."""

    items: Annotated[str, Asked("Such as 6.4,9.5; everything unsettled if none.")] = ""
    present: Annotated[str, Asked("Who is there: police-1,health-1.")] = ""
    deadline: Deadline = None


def do(doing: Doing, form: Opened) -> Done:
    """Open it, and record who is there."""
    until = doing.deadline(form.deadline) if form.deadline else None
    log, stamp, assessment = doing.log, doing.stamp, doing.assessment
    notes = workshop.open_workshop(log, stamp, assessment, listed(form.items), until)
    if form.present:
        again = stamp.model_copy(update={"key": f"{stamp.key}/present"})
        workshop.attend(log, again, assessment, listed(form.present))
    return after(doing, "The workshop is open.", notes)


OPERATION = Operation(
    "workshop open",
    "Open a workshop on what is unsettled.",
    Opened,
    do,
)
