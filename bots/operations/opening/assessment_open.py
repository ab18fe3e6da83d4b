"""An assessment is opened with its panel and its rules."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Form, Upload
from bots.operations.opening.panel_sheet import table
from bots.operations.operation import Doing, Done, Operation
from bots.phrases import coordinator as phrases
from ehsg_events.commands import assessments
from ehsg_events.log.published_guides import published
from ehsg_events.panel.panel_file import read_panel
from ehsg_events.policy.rules_file import read_rules, usual
from guides import library


class Opening(Form):
    """Whom a guide is put to, in which area, and under which terms."""

    guide: Annotated[str, Asked("Such as ehsg-2022@1.", example="ehsg-2022@1")]
    area: Annotated[str, Asked("The area that assesses itself.", example="Northvale")]
    panel: Annotated[
        Upload,
        Asked("CSV or XLSX: name, agency, works_as, asked, and more.", example="panel.csv"),
    ]
    rules: Annotated[Upload | None, Asked("YAML: rule and policy.")] = None
    yes: Annotated[bool, Asked("Names there twice, and agencies, are meant as typed.")] = False
    again: Annotated[bool, Asked("Though one of this area and guide is open this year.")] = False


def do(doing: Doing, form: Opening) -> Done:
    """Open it; the panel file is read whole, or refused with every mistake."""
    folder = doing.folder
    guide, languages = published(form.guide, folder).guide, library.languages(form.guide, folder)
    members, read_as = read_panel(table(form.panel), guide, languages, meant=form.yes)
    terms = read_rules(form.rules.text(), form.rules.name) if form.rules else usual()
    warnings = assessments.open_assessment(
        doing.log,
        doing.stamp,
        doing.assessment,
        form.area,
        form.guide,
        members,
        terms,
        ask=not form.again,
    )
    people = [{"id": member.id, "agency": member.agency} for member in members]
    assessment = str(doing.assessment)
    document = {
        "assessment": assessment,
        "guide": form.guide,
        "panel": people,
        "warnings": warnings,
        "read_as": read_as,
    }
    notes = [*read_as, *warnings, phrases.OPENED_NEXT]
    return Done(f"The assessment of {form.area.strip()} is open.", document, notes, assessment)


OPERATION = Operation(
    "assessment open",
    "Open an assessment with its panel and its rules; print its id.",
    Opening,
    do,
    begins=True,
    surfaces=("command",),
)
