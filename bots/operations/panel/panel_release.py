"""Somebody leaves the panel; what they said stands."""

from __future__ import annotations

from typing import Annotated

from bots.operations import by_hand
from bots.operations.form import Asked, Because, Form
from bots.operations.operation import Doing, Done, Operation
from bots.operations.panel import partners
from ehsg_events.commands import panel


class Leaving(Form):
    """Who is asked nothing more, and why."""

    person: Annotated[str, Asked("By id or by name.", example="police-2", first=True)]
    because: Because


def do(doing: Doing, form: Leaving) -> Done:
    """Ask them nothing more."""
    person = doing.person(form.person)
    lacks = partners.watched(doing)
    panel.release(doing.log, doing.stamp, doing.assessment, person, form.because)
    says = f"{doing.called(person)} is asked nothing more; what they said stands."
    return Done(says, {"released": person}, [*by_hand.notes(doing), *lacks()])


OPERATION = Operation(
    "panel release",
    "Ask somebody nothing more, with the reason; what they said stands.",
    Leaving,
    do,
)
