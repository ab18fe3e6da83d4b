"""Who is in the room is recorded."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Form
from bots.operations.operation import Doing, Done, Operation
from bots.operations.workshop_status import after, listed
from ehsg_events.commands import workshop


class Present(Form):
    """Everybody in the room."""

    people: Annotated[
        list[str],
        Asked("Everybody in the room: police-1 health-1.", example="police-1", first=True),
    ]


def do(doing: Doing, form: Present) -> Done:
    """Record them; it is called again as people come and go."""
    workshop.attend(doing.log, doing.stamp, doing.assessment, listed(",".join(form.people)))
    return after(doing, "Recorded who is in the room.")


OPERATION = Operation(
    "workshop present",
    "Record who is in the room now; again as people come and go.",
    Present,
    do,
)
