"""A substitute answers what somebody has not answered, without that person's request."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked
from bots.operations.operation import Doing, Done, Operation
from bots.operations.panel.taker import Taker, handed, taker_of
from ehsg_events.commands import hand_over


class Substituted(Taker):
    """Whose questions are taken over, and by whom."""

    person: Annotated[
        str, Asked("Who does not answer, by id or by name.", example="police-2", first=True)
    ]


def do(doing: Doing, form: Substituted) -> Done:
    """Hand on what is not answered."""
    person = doing.person(form.person)
    taker = taker_of(doing, person, form)
    items = hand_over.hand_over(doing.log, doing.stamp, doing.assessment, person, taker)
    return handed(doing, person, taker, items)


OPERATION = Operation(
    "hand-over",
    "Let a colleague answer what somebody has not, who did not ask for it: gone, on leave, or silent.",
    Substituted,
    do,
)
