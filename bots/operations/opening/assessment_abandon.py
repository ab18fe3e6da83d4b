"""An assessment that was opened by mistake is abandoned."""

from __future__ import annotations

from bots.operations.form import Because, Form
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands.opening import abandonment


class Abandoned(Form):
    """Why it is."""

    because: Because


def do(doing: Doing, form: Abandoned) -> Done:
    """Abandon it; whoever opens another has the field to themselves."""
    abandonment.abandon(doing.log, doing.stamp, doing.assessment, form.because)
    area = doing.log.assessment(doing.assessment).area
    says = (
        f"The assessment of {area} is abandoned. Nobody was asked, nothing more is recorded in it, "
        f"and what was recorded stays."
    )
    return Done(says, {"assessment": str(doing.assessment), "abandoned": True})


OPERATION = Operation(
    "assessment abandon",
    "Abandon an assessment that was opened by mistake, as long as no round has opened.",
    Abandoned,
    do,
)
