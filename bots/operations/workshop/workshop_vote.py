"""A descriptor is put to the vote."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Form
from bots.operations.operation import Doing, Done, Operation
from bots.operations.workshop_status import after
from ehsg_events.commands import workshop


class Put(Form):
    """What is voted on."""

    item: Annotated[str, Asked("Such as 6.4.", example="6.4", first=True)]


def do(doing: Doing, form: Put) -> Done:
    """Put it to the vote of everybody in the room, for the first time or again."""
    workshop.put_to_the_vote(doing.log, doing.stamp, doing.assessment, form.item)
    return after(doing, f"{form.item} is put to the vote.")


OPERATION = Operation(
    "workshop vote",
    "Put a descriptor to everybody in the room, or to the vote again.",
    Put,
    do,
)
