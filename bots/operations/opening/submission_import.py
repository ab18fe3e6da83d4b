"""A published form is brought onto the log."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Form, Upload
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands import submissions
from ehsg_events.log.published_guides import published
from ehsg_events.states.submission import Heading


class Brought(Form):
    """A form, whose it is and of which year."""

    file: Annotated[
        Upload, Asked("A form as .txt, .json or .xlsx.", example="form.txt", first=True)
    ]
    area: Annotated[str, Asked("The area that handed it in.", example="Northvale")]
    year: Annotated[int, Asked("The year it was handed in for.", example="2022")]
    guide: Annotated[str, Asked("The guide it is a form of.")] = "ehsg-2022@1"


def do(doing: Doing, form: Brought) -> Done:
    """Read it whole, or refuse it; blanks stay blank, and what was left out is said."""
    from bots.forms import read_form

    guide = published(form.guide, doing.folder).guide
    read = read_form(form.file.name, form.file.content, guide, form.area)
    version = submissions.import_submission(
        doing.log, doing.stamp, form.area, form.year, form.guide, read, form.file.content
    )
    said = [text for one in read.printed for texts in one.entries.values() for text in texts]
    headings = [text for text in said if isinstance(text, Heading)]
    unscored = [one.item for one in read.printed if one.score is None]
    notes = [
        *read.left_out,
        *([f"No score: {', '.join(unscored)}."] if unscored else []),
        *(f"Taken for a heading, not for an entry: “{text}”." for text in headings),
    ]
    descriptors, entries = len(read.printed), len(said) - len(headings)
    document = {
        "area": form.area,
        "year": form.year,
        "guide": form.guide,
        "version": version,
        "layout": read.layout,
        "descriptors": descriptors,
        "entries": entries,
        "headings": len(headings),
        "left_out": list(read.left_out),
    }
    what = f"version {version}: {descriptors} descriptors, {entries} entries"
    return Done(f"{form.area} {form.year}, {what}.", document, notes)


OPERATION = Operation(
    "submission import",
    "Read a published form into the log, whole or not at all; blanks stay blank.",
    Brought,
    do,
    begins=True,
)
