"""An action is agreed."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Form
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands import actions
from ehsg_events.commands.actions import Typed


class Agreed(Form):
    """What is to be done about which descriptor, by whom and by when."""

    item: Annotated[str, Asked("Such as 9.5.", example="9.5", first=True)]
    words: Annotated[
        str, Asked("What is to be done, as reports print it.", example="Train all leads")
    ]
    owner: Annotated[
        str | None, Asked("Who does it, as reports print it; empty for nobody yet.")
    ] = None
    due: Annotated[str | None, Asked("A day such as 2027-03-31; empty for no day.")] = None


def do(doing: Doing, form: Agreed) -> Done:
    """Agree it."""
    log, stamp, assessment = doing.log, doing.stamp, doing.assessment
    number = actions.agree(
        log, stamp, assessment, form.item, Typed(form.words, form.owner, form.due)
    )
    document = {"item": form.item, "action": number}
    return Done(f"Agreed: action {number} for {form.item}.", document)


OPERATION = Operation(
    "action agree",
    "Agree what is to be done about a descriptor.",
    Agreed,
    do,
)
