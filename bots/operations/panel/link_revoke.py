"""A person's link is taken back."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Form
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands import links


class Revoked(Form):
    """Whose link opens nothing any more."""

    stakeholder: Annotated[str, Asked("Whose, by id or by name.", example="police-1", first=True)]


def do(doing: Doing, form: Revoked) -> Done:
    """Revoke it."""
    person = doing.person(form.stakeholder)
    links.revoke(doing.log, doing.stamp, doing.assessment, person)
    document = {"stakeholder": person, "revoked": True}
    return Done(f"The link of {doing.called(person)} opens nothing any more.", document)


OPERATION = Operation("link revoke", "Take a personal link back.", Revoked, do)
