"""A file of people joins the panel."""

from __future__ import annotations

from typing import Annotated

from bots.operations import by_hand
from bots.operations.form import Asked, Form, Upload
from bots.operations.opening.panel_sheet import table
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands.opening import panel_upload
from ehsg_events.log.published_guides import guide_of
from ehsg_events.panel.coverage import panel_warnings
from ehsg_events.panel.panel_file import read_panel
from guides import library
from projections.figures.agreement import people


class Handed(Form):
    """The file, as offices keep it."""

    file: Annotated[
        Upload,
        Asked(
            "CSV or XLSX with the columns name, agency, works_as (their role) and asked (numbers such as "
            "5.1, 7.2, or 7 for a whole section). Others, such as email, may be left out.",
            example="panel.csv",
            first=True,
        ),
    ]
    yes: Annotated[bool, Asked("Names there twice, and agencies, are meant as typed.")] = False


def do(doing: Doing, form: Handed) -> Done:
    """Add whoever is new, all or none; the file is read whole, or refused with every mistake."""
    log, folder, where = doing.log, doing.folder, doing.assessment
    state = log.assessment(where)
    guide, languages = guide_of(state, folder), library.languages(state.guide, folder)
    there = panel_upload.on_panel(log, state)
    found = read_panel(table(form.file), guide, languages, meant=form.yes, there=there)
    invited = panel_upload.upload(log, doing.stamp, where, found.members)
    now = log.assessment(where)
    asked = [now.panel[person] for person in now.panel if person not in now.released]
    warnings = list(panel_warnings(guide, asked, now.rule))
    document = {
        "assessment": str(where),
        "panel": [{"id": member.id, "agency": member.agency} for member in found.members],
        "invited": list(invited),
        "warnings": warnings,
        "read_as": found.notes,
    }
    says = f"{people(len(found.members))} joined the panel."
    return Done(says, document, [*found.notes, *by_hand.notes(doing), *warnings])


OPERATION = Operation(
    "panel upload",
    "Add a file of people to the panel; whoever is on it already is left as they are.",
    Handed,
    do,
)
