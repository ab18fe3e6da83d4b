"""An opening is planned."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Deadline, Form
from bots.operations.operation import Doing, Done, Operation
from bots.operations.round_status import opening_stands
from ehsg_events.commands import planning
from ehsg_events.dates import calendar


class Planned(Form):
    """When the next round opens by itself, and until when it lasts."""

    opens: Annotated[
        str,
        Asked("When it opens by itself, such as '2026-10-05 09:00'.", example="2026-10-05 09:00"),
    ]
    deadline: Deadline = None


def do(doing: Doing, form: Planned) -> Done:
    """Plan it."""
    policy = doing.log.assessment(doing.assessment).policy
    opens = calendar.read_deadline(form.opens, policy.zone, policy.feedback_at)
    until = doing.deadline(form.deadline) if form.deadline else None
    notes = planning.plan_opening(doing.log, doing.stamp, doing.assessment, opens, until)
    return opening_stands(doing, "The opening is planned.", notes)


OPERATION = Operation(
    "round plan",
    "Plan when the next round opens by itself, or take the plan back.",
    Planned,
    do,
)
