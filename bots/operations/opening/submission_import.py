"""A published form is brought onto the log."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Form, Upload
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands import submissions
from ehsg_events.log.published_guides import published
from ehsg_events.states.submission import Heading


class Brought(Form):
    """The form as a file, its area, its year and its guide."""

    file: Annotated[
        Upload, Asked("A form as .txt, .json or .xlsx.", example="form.txt", first=True)
    ]
    area: Annotated[str, Asked("The area that handed it in.", example="Northvale")]
    year: Annotated[int, Asked("The year it was handed in for.", example="2022")]
    guide: Annotated[str, Asked("The guide it is a form of.")] = "ehsg-2022@1"


def do(doing: Doing, form: Brought) -> Done:
    """Read it whole, or refuse it; blanks stay blank, and what was left out is listed."""
    from bots.forms import read_form

    guide = published(form.guide, doing.folder).guide
    contents = read_form(form.file.name, form.file.content, guide, form.area)
    version = submissions.import_submission(
        doing.log, doing.stamp, form.area, form.year, form.guide, contents, form.file.content
    )
    texts = [
        text
        for printed in contents.printed
        for entries in printed.entries.values()
        for text in entries
    ]
    headings = [text for text in texts if isinstance(text, Heading)]
    unscored = [printed.item for printed in contents.printed if printed.score is None]
    notes = [
        *contents.left_out,
        *([f"No score: {', '.join(unscored)}."] if unscored else []),
        *(f"Taken for a heading, not for an entry: “{text}”." for text in headings),
    ]
    descriptors, entry_count = len(contents.printed), len(texts) - len(headings)
    document = {
        "area": form.area,
        "year": form.year,
        "guide": form.guide,
        "version": version,
        "layout": contents.layout,
        "descriptors": descriptors,
        "entries": entry_count,
        "headings": len(headings),
        "left_out": list(contents.left_out),
    }
    what = f"version {version}: {descriptors} descriptors, {entry_count} entries"
    return Done(f"{form.area} {form.year}, {what}.", document, notes)


OPERATION = Operation(
    "submission import",
    "Read a published form into the log, whole or not at all; blanks stay blank.",
    Brought,
    do,
    begins=True,
)
