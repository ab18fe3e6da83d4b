"""A published form is brought onto the log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from bots.operations.form import Asked, Form, Upload
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands import submissions
from ehsg_events.log.published_guides import published
from ehsg_events.states.submission import Form as ReadForm
from ehsg_events.states.submission import Heading
from guides.model import Guide

SHOWN = 8  # broken words that are listed


class Brought(Form):
    """The form as a file, its area, its year and its guide."""

    file: Annotated[
        Upload,
        Asked("A form as .docx, .pdf, .txt, .md, .json or .xlsx.", example="form.txt", first=True),
    ]
    area: Annotated[str, Asked("The area that handed it in.", example="Northvale")]
    year: Annotated[int, Asked("The year it was handed in for.", example="2022")]
    guide: Annotated[str, Asked("The guide it is a form of.")] = "ehsg-2022@1"
    anyway: Annotated[bool, Asked("Though not everything in it could be read.")] = False


def do(doing: Doing, form: Brought) -> Done:
    """Read it whole, or refuse it; blanks stay blank, and what was left out is listed."""
    from bots.forms import read_form

    guide = published(form.guide, doing.folder).guide
    contents = read_form(form.file.name, form.file.content, guide, form.area)
    version = submissions.import_submission(
        doing.log,
        doing.stamp,
        form.area,
        form.year,
        form.guide,
        contents,
        form.file.content,
        anyway=form.anyway,
    )
    document = {
        "area": form.area,
        "year": form.year,
        "guide": form.guide,
        "version": version,
        "layout": contents.layout,
        **_counted(contents, guide),
    }
    what = f"{_count(document['descriptors'], 'descriptor', 'descriptors')}, " + _count(
        document["entries"], "entry", "entries"
    )
    says = f"{form.area} {form.year}, version {version}: {what}."
    return Done(says, document, list(_notes(contents, guide)))


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _counted(contents: ReadForm, guide: Guide) -> dict[str, Any]:
    texts = _texts(contents)
    headings = sum(isinstance(text, Heading) for text in texts)
    return {
        "descriptors": len(contents.printed),
        "entries": len(texts) - headings,
        "headings": headings,
        "left_out": list(contents.lost),
        "absent": _absent(contents, guide),
        "unscored": [printed.item for printed in contents.printed if printed.score is None],
        "kept_beside": len(contents.removed),
    }


def _texts(contents: ReadForm) -> list[str]:
    return [
        text
        for printed in contents.printed
        for entries in printed.entries.values()
        for text in entries
    ]


def _absent(contents: ReadForm, guide: Guide) -> list[str]:
    there = {printed.item for printed in contents.printed}
    return [item for item in guide.descriptors if item not in there]


def _notes(contents: ReadForm, guide: Guide) -> Iterator[str]:
    """What whoever hands the form in should know: first what was lost, then what is missing."""
    yield from (f"Left out: {lost}" for lost in contents.lost)
    absent, count = _absent(contents, guide), len(guide.descriptors)
    if absent:
        yield f"Not in the form, {len(absent)} of {count}: {', '.join(absent)}."
    unscored = [printed.item for printed in contents.printed if printed.score is None]
    if unscored:
        yield f"No score: {', '.join(unscored)}."
    for text in _texts(contents):
        if isinstance(text, Heading):
            yield f"Taken for a heading, not for an entry: “{text}”."
    if contents.joined:
        shown = ", ".join(contents.joined[:SHOWN])
        yield f"Words put together that were broken at line ends: {shown}" + (
            f" and {len(contents.joined) - SHOWN} more." if len(contents.joined) > SHOWN else "."
        )
    if contents.doubts:
        count = len(contents.doubts)
        yield (
            f"In {_count(count, 'place', 'places')} nothing shows whether a new paragraph begins; one "
            f"was taken to: {'; '.join(contents.doubts[:SHOWN])}"
            + (f" and {count - SHOWN} more." if count > SHOWN else ".")
        )
    if contents.removed:
        yield (
            f"Read as no answers, such as page numbers and the form's own words: "
            f"{_count(len(contents.removed), 'line', 'lines')}. They are kept with the import."
        )


OPERATION = Operation(
    "submission import",
    "Read a published form into the log, whole or not at all; blanks stay blank.",
    Brought,
    do,
    begins=True,
)
