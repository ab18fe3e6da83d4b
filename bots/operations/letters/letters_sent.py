"""The coordinator says that she has sent letters herself."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Form, Upload
from bots.operations.letters.table import read_back
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands import telling


class Sent(Form):
    """The table that was written with the letters."""

    file: Annotated[
        Upload, Asked("The table beside the letters.", example="letters.csv", first=True)
    ]


def do(doing: Doing, form: Sent) -> Done:
    """Record all of them at once; what was told before, or means nothing now, is left out."""
    rows = read_back(form.file, doing.log.assessment(doing.assessment))
    told = telling.all_told(doing.log, doing.stamp, doing.assessment, rows, doing.writable)
    left = len({(row.person, row.of) for row in rows}) - len(told)
    document = {
        "told": [{"person": fact.spoken_to, "of": fact.of, "by": fact.means} for fact in told],
        "waited_no_more": left,
    }
    letters = f"{len(told)} letter{'' if len(told) == 1 else 's'}"
    rest = f" {left} waited no more: told before, or of no use now." if left else ""
    return Done(f"Recorded as sent by you: {letters}.{rest}", document)


OPERATION = Operation(
    "letters sent",
    "Record that you sent letters yourself: what they tell waits no more.",
    Sent,
    do,
)
