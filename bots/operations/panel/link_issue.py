"""Personal links to the web interview: said again, issued where there is none, or replaced."""

from __future__ import annotations

import os
from typing import Annotated

from bots.operations.form import Asked, Form
from bots.operations.operation import Doing, Done, Operation
from bots.phrases import by_hand as phrases
from bots.web_settings import is_on_loopback, read_settings
from ehsg_events.commands import links, telling
from ehsg_events.kernel import Refused, Way


class Linked(Form):
    """Whose link; if nobody is named, the links of everybody still asked whom no message reaches."""

    stakeholder: Annotated[
        str | None, Asked("Whose, by id or by name.", example="police-1", first=True)
    ] = None
    new: Annotated[bool, Asked("A new one: the earlier link opens nothing then.")] = False
    yes: Annotated[bool, Asked("Replace it, though they may hold the earlier one.")] = False


def do(doing: Doing, form: Linked) -> Done:
    """Say the link of one person, or of everybody who is to be given theirs."""
    settings, log = read_settings(os.environ), doing.log
    settings.refuse_unless_safe()
    if form.stakeholder:
        person = doing.person(form.stakeholder)
        tokens = {person: _token(doing, person, form)}
    else:
        people = telling.still_asked(log, doing.assessment, doing.writable)
        tokens = links.issue_all(log, doing.stamp, doing.assessment, people)
    panel = log.assessment(doing.assessment).panel
    rows = [
        {
            "stakeholder": person,
            "name": log.named(panel[person].name),
            "agency": panel[person].agency,
            "link": settings.link(token),
        }
        for person, token in tokens.items()
    ]
    notes = [phrases.only_here(settings.url)] if rows and is_on_loopback(settings.url) else []
    says = (f"{doing.called(row['stakeholder'])}: {row['link']}" for row in rows)
    return Done("\n".join(says) or phrases.NOBODYS_LINK, rows, notes)


def _token(doing: Doing, person: str, form: Linked) -> str:
    if not form.new:
        return links.issue(doing.log, doing.stamp, doing.assessment, person)
    if links.known(doing.log, doing.assessment, person) and not form.yes:
        raise Refused(
            f"{doing.called(person)} has a link, which they may have kept. A new one makes it open "
            f"nothing, at once, even in the middle of an answer.",
            Way("link", "say the one they have", {"stakeholder": person}),
            Way(
                "link",
                "replace it all the same",
                {"stakeholder": person, "new": "yes", "yes": "yes"},
            ),
        )
    return links.replace(doing.log, doing.stamp, doing.assessment, person)


OPERATION = Operation(
    "link",
    "Say somebody's personal link to the web interview, the same in every round.",
    Linked,
    do,
)
