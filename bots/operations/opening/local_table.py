"""A table that the guide leaves to the area is filled in."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Form, Upload
from bots.operations.opening.panel_sheet import table as read_sheet
from bots.operations.opening.table_file import Typed, read_table
from bots.operations.operation import Doing, Done, Operation
from bots.phrases import stopped_in_form
from ehsg_events.commands import assessments
from ehsg_events.interview.safeguarding import concern_in
from ehsg_events.kernel import Refused
from ehsg_events.log.published_guides import guide_of
from ehsg_events.states.filled_in import table_of


class Filled(Form):
    """Which table, and the file it was filled in in."""

    table: Annotated[str, Asked("The table, by its id.", example="workforce", first=True)]
    file: Annotated[
        Upload,
        Asked("CSV or XLSX with the table's own headings.", example="workforce.csv"),
    ]


def do(doing: Doing, form: Filled) -> Done:
    """Fill it in as a whole; a file with mistakes is refused with each at its place."""
    guide = guide_of(doing.log.assessment(doing.assessment), doing.folder)
    table = table_of(guide, form.table)
    found = read_sheet(form.file)
    rows = read_table(found, table)
    _refuse_worries(doing, rows)
    assessments.fill_table(doing.log, doing.stamp, doing.assessment, table.id, rows)
    count = f"{len(rows)} row{'' if len(rows) == 1 else 's'}"
    return Done(
        f"{table.title} has {count} now.", {"table": table.id, "rows": len(rows)}, found.notes
    )


def _refuse_worries(doing: Doing, rows: list[Typed]) -> None:
    """Refuse words that must not be kept, as the words of any other form are."""
    words = [value for row in rows for value in row.values() if isinstance(value, str)]
    concern = concern_in("\n".join(words))
    if concern is not None:
        raise Refused(stopped_in_form(concern, doing.safeguarding()), field="file")


OPERATION = Operation(
    "local table", "Fill in a table that the guide leaves to your area.", Filled, do
)
