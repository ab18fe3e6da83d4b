"""The assessment is signed off."""

from __future__ import annotations

from typing import Annotated

from bots.operations import by_hand
from bots.operations.form import Asked, Form
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands import outcomes


class Signed(Form):
    """In which role, and by whom."""

    role: Annotated[
        str,
        Asked("Such as 'Senior Responsible Officer'.", example="Senior Responsible Officer"),
    ]
    name: Annotated[str, Asked("Who signs; kept sealed.", example="Jane Smith")]
    with_blanks: Annotated[bool, Asked("Though something is still blank.")] = False


def do(doing: Doing, form: Signed) -> Done:
    """Sign it, in a named role."""
    ask = not form.with_blanks
    outcomes.sign_off(doing.log, doing.stamp, doing.assessment, form.role, form.name, ask=ask)
    document = {"signed_off": True, "role": form.role}
    return Done(f"Signed off by the {form.role}.", document, by_hand.notes(doing))


OPERATION = Operation(
    "sign-off",
    "Sign the assessment off in a named role, or withdraw the sign-off.",
    Signed,
    do,
)
