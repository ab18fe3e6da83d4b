"""A stakeholder's objection is kept beside an outcome."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Because, By, Form
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands import outcomes


class Dissented(Form):
    """Who objects, to which outcome, and why."""

    item: Annotated[str, Asked("Such as 9.5.", example="9.5", first=True)]
    who: Annotated[
        str,
        Asked("A stakeholder, by id or by name.", example="police-1", called="as"),
    ]
    because: Because
    by: By = None


def do(doing: Doing, form: Dissented) -> Done:
    """Record the objection."""
    who = doing.person(form.who)
    stamp = doing.on_behalf_of(who, form.by)
    outcomes.dissent(doing.log, stamp, doing.assessment, form.item, who, form.because)
    document = {"item": form.item, "stakeholder": who, "by": stamp.by}
    return Done(f"Dissent of {who} kept beside {form.item}.", document)


OPERATION = Operation(
    "dissent",
    "Keep a stakeholder's objection beside an outcome.",
    Dissented,
    do,
)
