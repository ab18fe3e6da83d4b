"""Evidence for the assessment as a whole is taken back."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Because, Form
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands import assessments


class Detached(Form):
    """Which evidence, and why."""

    number: Annotated[int, Asked("Its number, as it is listed.", example="1", first=True)]
    because: Because


def do(doing: Doing, form: Detached) -> Done:
    """Take it back; it stays on the log."""
    assessments.detach_evidence(doing.log, doing.stamp, doing.assessment, form.number, form.because)
    return Done(f"Evidence {form.number} is taken back.", {"detached": form.number})


OPERATION = Operation(
    "local detach", "Take evidence for the whole back, with the reason.", Detached, do
)
