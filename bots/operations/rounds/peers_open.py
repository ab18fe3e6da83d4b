"""Peers of a second area are asked."""

from __future__ import annotations

from bots.operations.form import Deadline, Form
from bots.operations.operation import Doing, Done, Operation
from bots.operations.round_status import after
from ehsg_events.commands import workshop


class Asking(Form):
    """Until when they are asked."""

    deadline: Deadline = None


def do(doing: Doing, form: Asking) -> Done:
    """Ask the peers on the panel, in a round of their own."""
    until = doing.deadline(form.deadline) if form.deadline else None
    notes = workshop.open_peer_review(doing.log, doing.stamp, doing.assessment, until)
    return after(doing, "The peers are asked.", notes)


OPERATION = Operation(
    "peers open",
    "Ask the peers on the panel; what they say stands beside its figures, never among them.",
    Asking,
    do,
)
