"""Who takes over from somebody: a colleague on the panel, or somebody new."""

from __future__ import annotations

from typing import Annotated

from bots.operations import by_hand
from bots.operations.form import Asked, Email, Form, Slack
from bots.operations.operation import Doing, Done
from bots.phrases import coordinator as phrases
from ehsg_events.commands.colleague import colleague
from ehsg_events.kernel import Refused
from ehsg_events.panel.member import Member


class Taker(Form):
    """Somebody on the panel, or somebody new, with the first person's work and agency if none."""

    name: Annotated[str, Asked("A new colleague's name; kept sealed.", example="Jane Smith")] = ""
    to: Annotated[str | None, Asked("Or somebody on the panel, by id or by name.")] = None
    slack: Slack = None
    email: Email = None
    works_as: Annotated[str, Asked("Their work; as the first person if none.")] = ""
    agency: Annotated[str, Asked("Their agency; the first person's if none.")] = ""
    id: Annotated[str, Asked("Their id on the log.")] = ""


def taker_of(doing: Doing, person: str, form: Taker) -> Member | str:
    """Who takes over.

    Raises:
        Refused: nobody was named, or two people were.
    """
    if bool(form.name) == bool(form.to):
        raise Refused(phrases.NOBODY_NAMED, field="name")
    return (
        doing.person(form.to)
        if form.to
        else colleague(
            doing.log,
            doing.assessment,
            person,
            form.name,
            form.slack or None,
            form.works_as,
            form.agency,
            form.id,
            form.email or None,
        )
    )


def handed(doing: Doing, person: str, taker: Member | str, items: tuple[str, ...]) -> Done:
    """The result of handing items over to the person who takes over, and who tells them."""
    to = taker if isinstance(taker, str) else taker.id
    document = {"handed_on_by": person, "to": to, "items": list(items)}
    stands = f"{doing.called(to)} is asked {', '.join(items)} now."
    return Done(phrases.handed(items, doing.called(to)), document, by_hand.notes(doing), stands)
