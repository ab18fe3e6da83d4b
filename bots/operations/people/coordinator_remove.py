"""A coordinator is removed."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Form
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands import people


class Removed(Form):
    """Who no longer coordinates."""

    coordinator: Annotated[
        str, Asked("Such as coordinator-1.", example="coordinator-1", first=True)
    ]


def do(doing: Doing, form: Removed) -> Done:
    """Take the role back; what they did stays as it is."""
    people.remove_coordinator(doing.log, doing.stamp, doing.assessment, form.coordinator)
    return Done(f"{form.coordinator} no longer coordinates.", {"removed": form.coordinator})


OPERATION = Operation(
    "coordinator remove",
    "Take the role back; what this coordinator did stays as it is.",
    Removed,
    do,
)
