"""The assessment is signed off."""

from __future__ import annotations

from typing import Annotated

from bots.operations import by_hand
from bots.operations.form import Asked, Form
from bots.operations.operation import Doing, Done, Operation
from bots.phrases import coordinator as phrases
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
    kept_back = _kept_back(doing)
    document |= {"not_shown": kept_back} if kept_back else {}
    notes = [*by_hand.notes(doing), *([phrases.kept_back(kept_back)] if kept_back else [])]
    return Done(f"Signed off by the {form.role}.", document, notes)


def _kept_back(doing: Doing) -> list[str]:
    """The descriptors whose outcome is handed in as a blank, in the guide's order."""
    from projections.access.closes import withheld_outcomes
    from projections.facts.view import view_at

    view = view_at(doing.log, doing.assessment)
    withheld = withheld_outcomes(view)
    return [item for item in view.guide.descriptors if item in withheld]


OPERATION = Operation(
    "sign-off",
    "Sign the assessment off in a named role, or withdraw the sign-off.",
    Signed,
    do,
)
