"""A request to hand on is agreed to: a colleague answers the rest."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked
from bots.operations.operation import Doing, Done, Operation
from bots.operations.panel.taker import Taker, handed, taker_of
from ehsg_events.commands import hand_over


class Agreed(Taker):
    """Whose questions are taken over, and by whom."""

    person: Annotated[str, Asked("Who asked to hand on.", example="police-2", first=True)]


def do(doing: Doing, form: Agreed) -> Done:
    """Hand on what is not answered."""
    person = doing.person(form.person)
    taker = taker_of(doing, person, form)
    items = hand_over.agree(doing.log, doing.stamp, doing.assessment, person, taker)
    return handed(doing, person, taker, items)


OPERATION = Operation(
    "hand-on agree",
    "Let a colleague take over what a person has not answered, and invite them.",
    Agreed,
    do,
    surfaces=("command", "slack", "web"),
)
