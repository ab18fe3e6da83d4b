"""Somebody leaves the panel; what they said stands."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Because, Form
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands import panel


class Leaving(Form):
    """Who is asked nothing more, and why."""

    person: Annotated[
        str, Asked("Their id, as the panel lists it.", example="police-2", first=True)
    ]
    because: Because


def do(doing: Doing, form: Leaving) -> Done:
    """Ask them nothing more."""
    panel.release(doing.log, doing.stamp, doing.assessment, form.person, form.because)
    says = f"{form.person} is asked nothing more; what they said stands."
    return Done(says, {"released": form.person})


OPERATION = Operation(
    "panel release",
    "Ask somebody nothing more, with the reason; what they said stands.",
    Leaving,
    do,
)
