"""An action is changed."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Form
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands import actions
from ehsg_events.commands.actions import Typed


class Changed(Form):
    """Which action, and what of it changes; a field left out stays as it is."""

    item: Annotated[str, Asked("Such as 9.5.", example="9.5", first=True)]
    number: Annotated[int, Asked("As the list of actions numbers it.", example="1", first=True)]
    words: Annotated[str | None, Asked("What is to be done, as reports print it.")] = None
    owner: Annotated[
        str | None, Asked("Who does it, as reports print it; empty for nobody yet.")
    ] = None
    due: Annotated[str | None, Asked("A day such as 2027-03-31; empty for no day.")] = None


def do(doing: Doing, form: Changed) -> Done:
    """Change it; the earlier words stay on the log."""
    log, stamp, assessment = doing.log, doing.stamp, doing.assessment
    typed = Typed(form.words, form.owner, form.due)
    actions.amend(log, stamp, assessment, form.item, form.number, typed)
    document = {"item": form.item, "action": form.number}
    return Done(f"Changed: action {form.number} for {form.item}.", document)


OPERATION = Operation(
    "action change",
    "Change an action's words, owner or day; the earlier ones stay on the log.",
    Changed,
    do,
)
