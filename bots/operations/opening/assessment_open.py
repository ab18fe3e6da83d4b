"""An assessment is opened: with its area and its guide, and with what is known of the rest."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Form, Upload
from bots.operations.opening.panel_sheet import table
from bots.operations.operation import Doing, Done, Operation
from bots.operations.policy_status import meaning_here
from bots.phrases import coordinator as phrases
from ehsg_events.commands import assessments
from ehsg_events.log.published_guides import published
from ehsg_events.panel.panel_file import Panel, read_panel
from ehsg_events.policy.rules_file import read_rules, usual
from guides import library


class Opening(Form):
    """Which guide is put to which area; to whom and under which terms may be said later."""

    guide: Annotated[str, Asked("Such as ehsg-2022@1.", example="ehsg-2022@1")]
    area: Annotated[str, Asked("The area that assesses itself.", example="Northvale")]
    panel: Annotated[
        Upload | None,
        Asked("CSV or XLSX: name, agency, works_as, asked, and more; or later."),
    ] = None
    rules: Annotated[Upload | None, Asked("YAML: rule and policy; as usual if none.")] = None
    yes: Annotated[bool, Asked("Names there twice, and agencies, are meant as typed.")] = False
    again: Annotated[bool, Asked("Though one of this area and guide is open this year.")] = False


def do(doing: Doing, form: Opening) -> Done:
    """Open it; a panel file is read whole, or refused with every mistake."""
    members, read_as = _panel(doing, form)
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
        coordinator=doing.opener,
    )
    people = [{"id": member.id, "agency": member.agency} for member in members]
    assessment = str(doing.assessment)
    means = meaning_here(doing.log, doing.assessment, doing.stamp.at) if members else {}
    document = {
        "assessment": assessment,
        "guide": form.guide,
        "panel": people,
        "warnings": warnings,
        "read_as": read_as,
        "means": means,
    }
    then = phrases.OPENED_NEXT if members else phrases.OPENED_EMPTY
    notes = [*read_as, *warnings, *means.values(), then]
    return Done(f"The assessment of {form.area.strip()} is open.", document, notes, assessment)


def _panel(doing: Doing, form: Opening) -> Panel:
    if form.panel is None:
        return Panel([], [])
    guide = published(form.guide, doing.folder).guide
    languages = library.languages(form.guide, doing.folder)
    return read_panel(table(form.panel), guide, languages, meant=form.yes)


OPERATION = Operation(
    "assessment open",
    "Open an assessment, with its panel and its rules or without.",
    Opening,
    do,
    begins=True,
)
