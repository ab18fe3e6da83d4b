"""The sign-off is taken back."""

from __future__ import annotations

from bots.operations.form import Because, Form
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands import outcomes


class Withdrawn(Form):
    """Why the sign-off is withdrawn."""

    because: Because


def do(doing: Doing, form: Withdrawn) -> Done:
    """Take it back; what was signed stays on the log."""
    outcomes.withdraw_sign_off(doing.log, doing.stamp, doing.assessment, form.because)
    return Done("The sign-off is withdrawn.", {"signed_off": False})


OPERATION = Operation(
    "sign-off withdraw",
    "Take the sign-off back, with the reason.",
    Withdrawn,
    do,
)
