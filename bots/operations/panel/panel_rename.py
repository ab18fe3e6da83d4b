"""An agency is given another name."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Form
from bots.operations.operation import Doing, Done, Operation
from bots.operations.panel import partners
from ehsg_events.commands import panel


class Renamed(Form):
    """Which agency, and what it is called."""

    agency: Annotated[str, Asked("The agency as the panel has it.", example="Polcie", first=True)]
    to: Annotated[str, Asked("What it is called.", example="Police")]


def do(doing: Doing, form: Renamed) -> Done:
    """Rename it for everybody of it."""
    lacks = partners.watched(doing)
    people = panel.rename_agency(doing.log, doing.stamp, doing.assessment, form.agency, form.to)
    called = ", ".join(doing.called(person) for person in people)
    document = {"agency": form.to, "people": list(people)}
    return Done(f"{form.to} it is, for {called}.", document, lacks())


OPERATION = Operation(
    "panel rename", "Give an agency another name, for everybody of it.", Renamed, do
)
