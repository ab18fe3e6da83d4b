"""What to work on next is chosen."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Form
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands import outcomes


class Chosen(Form):
    """The descriptors, and the data model."""

    items: Annotated[
        list[str],
        Asked("The descriptors to work on next.", example="5.1", stands_for="ITEM", first=True),
    ]
    data_model: Annotated[int | None, Asked("The area's data model.", stands_for="N")] = None


def do(doing: Doing, form: Chosen) -> Done:
    """Choose them; the guide's rule warns, it does not block."""
    log, stamp, assessment = doing.log, doing.stamp, doing.assessment
    warnings = outcomes.choose_priorities(log, stamp, assessment, form.items, form.data_model)
    document = {"priorities": form.items, "data_model": form.data_model, "warnings": warnings}
    return Done(f"Priorities: {', '.join(form.items)}.", document, warnings)


OPERATION = Operation(
    "priorities",
    "Choose what to work on next; the guide's rule warns, it does not block.",
    Chosen,
    do,
)
