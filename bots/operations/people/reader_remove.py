"""A reader is removed."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Form
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands import people


class Removed(Form):
    """Who no longer reads."""

    reader: Annotated[str, Asked("Such as reader-1.", example="reader-1", first=True)]


def do(doing: Doing, form: Removed) -> Done:
    """Take the right to read back; whoever is signed in is signed out at once."""
    people.remove_reader(doing.log, doing.stamp, doing.assessment, form.reader)
    return Done(f"{form.reader} no longer reads.", {"removed": form.reader})


OPERATION = Operation(
    "reader remove",
    "Take the pages back; whoever is signed in is out at once.",
    Removed,
    do,
)
