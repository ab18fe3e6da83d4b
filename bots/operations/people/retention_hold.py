"""What is kept is put on hold: nothing of it is destroyed."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Form
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.rights import retention_hold


class OnHold(Form):
    """Why everything is kept."""

    because: Annotated[str, Asked("The reason, kept sealed.", example="an inquiry asks for it")]


def do(doing: Doing, form: OnHold) -> Done:
    """Keep everything, whatever the policy says."""
    retention_hold.hold(doing.log, doing.stamp, doing.assessment, form.because)
    says = "Nothing is destroyed, by itself or by hand, until you say that it may go on."
    return Done(says, {"held": True})


OPERATION = Operation(
    "retention hold",
    "Destroy nothing, as while an inquiry asks for what is kept.",
    OnHold,
    do,
)
