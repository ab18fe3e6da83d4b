"""A coordinator is named."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Email, Form, Slack
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands import people


class Named(Form):
    """Who coordinates, and where they are written to."""

    name: Annotated[str, Asked("The coordinator's name; kept sealed.", example="Jane Smith")]
    slack: Slack = None
    email: Email = None


def do(doing: Doing, form: Named) -> Done:
    """Name them; from then on they may run the rounds from Slack, if they are in it."""
    contact = people.Contact(form.slack or None, form.email or None)
    log, stamp, assessment = doing.log, doing.stamp, doing.assessment
    coordinator = people.name_coordinator(log, stamp, assessment, form.name, contact)
    return Done(f"{form.name} coordinates as {coordinator}.", {"coordinator": coordinator})


OPERATION = Operation(
    "coordinator add",
    "Name a coordinator, who may then run the rounds from Slack and sign in by e-mail.",
    Named,
    do,
)
