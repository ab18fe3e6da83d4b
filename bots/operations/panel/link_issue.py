"""Personal links to the web interview are issued, to one person or to everybody still asked."""

from __future__ import annotations

import os
from typing import Annotated

from bots.operations.form import Asked, Form
from bots.operations.operation import Doing, Done, Operation
from bots.web_settings import read_settings
from ehsg_events.commands import links


class Linked(Form):
    """Whose link to issue; if nobody is named, the links of everybody still asked."""

    stakeholder: Annotated[
        str | None, Asked("As the panel lists them.", example="police-1", first=True)
    ] = None


def do(doing: Doing, form: Linked) -> Done:
    """Issue them, and give each out once with its person; earlier ones open nothing then."""
    settings, log = read_settings(os.environ), doing.log
    people = [form.stakeholder] if form.stakeholder else links.still_asked(log, doing.assessment)
    tokens = links.issue_all(log, doing.stamp, doing.assessment, people)
    panel = log.assessment(doing.assessment).panel
    rows = [
        {
            "stakeholder": person,
            "name": log.text(panel[person].name) or "forgotten",
            "agency": panel[person].agency,
            "link": settings.link(token),
        }
        for person, token in tokens.items()
    ]
    return Done("\n".join(row["link"] for row in rows), rows)


OPERATION = Operation(
    "link",
    "Issue a personal link to the web interview; an earlier one of that person opens nothing then.",
    Linked,
    do,
)
