"""A stakeholder's objection is kept beside an outcome."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Because, Form
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands import outcomes


class Dissented(Form):
    """Who objects, to which outcome, and why."""

    item: Annotated[str, Asked("Such as 9.5.", example="9.5", first=True)]
    who: Annotated[
        str,
        Asked("A stakeholder's id, as the panel lists it.", example="police-1", called="as"),
    ]
    because: Because


def do(doing: Doing, form: Dissented) -> Done:
    """Record the objection."""
    log, stamp, assessment = doing.log, doing.stamp, doing.assessment
    outcomes.dissent(log, stamp, assessment, form.item, form.who, form.because)
    document = {"item": form.item, "stakeholder": form.who}
    return Done(f"Dissent kept beside {form.item}.", document)


OPERATION = Operation(
    "dissent",
    "Keep a stakeholder's objection beside an outcome.",
    Dissented,
    do,
)
