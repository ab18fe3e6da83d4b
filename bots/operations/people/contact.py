"""Where a coordinator or a reader is written to is changed."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Form
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands import people


class Changed(Form):
    """Whom it is about, and where they are written to now."""

    person: Annotated[str, Asked("By their id.", example="coordinator-1", first=True)]
    email: Annotated[
        str | None,
        Asked("Their e-mail address; none if they have none any more.", example="jo@example.org"),
    ] = None
    slack: Annotated[
        str | None, Asked("Team and person in Slack; none for somebody no longer in it.")
    ] = None


def do(doing: Doing, form: Changed) -> Done:
    """Change it."""
    contact = people.Contact(form.slack or None, form.email or None)
    people.change_contact(doing.log, doing.stamp, doing.assessment, form.person, contact)
    changed = [name for name, typed in contact._asdict().items() if typed]
    says = f"{form.person} is written to at the new address from now on."
    return Done(says, {"contact_of": form.person, "changed": changed})


OPERATION = Operation(
    "contact",
    "Change where a coordinator or a reader is written to, and sent their way in.",
    Changed,
    do,
)
