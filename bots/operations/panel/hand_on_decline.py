"""A request to hand on is declined."""

from __future__ import annotations

from typing import Annotated

from bots.operations import by_hand
from bots.operations.form import Asked, Because, Form
from bots.operations.operation import Doing, Done, Operation
from bots.phrases import coordinator as phrases
from ehsg_events.commands import hand_over


class Declined(Form):
    """Whose request is declined, and why."""

    person: Annotated[str, Asked("Who asked to hand on.", example="police-2", first=True)]
    because: Because


def do(doing: Doing, form: Declined) -> Done:
    """Ask them to answer themselves."""
    person = doing.person(form.person)
    hand_over.decline(doing.log, doing.stamp, doing.assessment, person, form.because)
    called = doing.called(person)
    stands = f"{called} is asked to answer themselves."
    return Done(phrases.declined(called), {"declined_to": person}, by_hand.notes(doing), stands)


OPERATION = Operation(
    "hand-on decline",
    "Ask a person to answer after all, with the reason.",
    Declined,
    do,
    surfaces=("command", "slack", "web"),
)
