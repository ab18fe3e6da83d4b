"""A descriptor is settled by hand."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Because, Form
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands import outcomes


class Moderated(Form):
    """Which descriptor, at which level, and why."""

    item: Annotated[str, Asked("Such as 9.5.", example="9.5", first=True)]
    score: Annotated[str, Asked("A level of the item's scale.", example="3", stands_for="N")]
    because: Because


def do(doing: Doing, form: Moderated) -> Done:
    """Settle it; the panel's figures stay beside it."""
    log, stamp, assessment = doing.log, doing.stamp, doing.assessment
    warnings = outcomes.moderate(
        log, stamp, assessment, form.item, form.score, form.because, doing.seen
    )
    document = {"item": form.item, "score": form.score, "warnings": warnings}
    return Done(f"{form.item} stands at {form.score}.", document, warnings)


OPERATION = Operation(
    "moderate",
    "Settle a descriptor, with the reason; the panel's figures stay beside it.",
    Moderated,
    do,
)
