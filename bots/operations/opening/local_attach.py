"""Evidence is attached to the assessment as a whole."""

from __future__ import annotations

from typing import Annotated

from bots.interview.evidence import Handed, enclosed
from bots.operations.form import Asked, Form, Upload
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands import assessments
from ehsg_events.dates import calendar


class Attached(Form):
    """What it is, and what comes with it: a file, where it is from, the day it is of."""

    words: Annotated[
        str, Asked("What it is, or a link to it.", example="Our strategy 2026 to 2029", first=True)
    ]
    asked_as: Annotated[
        str | None, Asked("What the guide asks for, such as strategy.", called="as")
    ] = None
    source: Annotated[str, Asked("Where it is from, such as the partnership board.")] = ""
    dated: Annotated[str | None, Asked("The day it is of, such as 2026-03-31.")] = None
    file: Annotated[Upload | None, Asked("The file itself; kept sealed.", kept=True)] = None


def do(doing: Doing, form: Attached) -> Done:
    """Attach it; it stands in the report beside no item."""
    dated = calendar.read_any_day(form.dated) if form.dated else None
    handed = Handed(form.file.name, form.file.content) if form.file else None
    number = assessments.attach_evidence(
        doing.log,
        doing.stamp,
        doing.assessment,
        form.asked_as,
        form.words,
        lambda seal: enclosed(form.words, form.source, dated, handed, seal),
    )
    return Done(f"Attached to the whole, as evidence {number}.", {"attached": number})


OPERATION = Operation(
    "local attach",
    "Attach evidence to the assessment as a whole, such as your strategy.",
    Attached,
    do,
)
