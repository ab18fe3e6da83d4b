"""A reader of the pages is named."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Email, Form
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands import people
from ehsg_events.events import Reads
from ehsg_events.kernel import Refused

READS: dict[str, Reads] = {"auditor": "auditor", "board": "board"}


class Named(Form):
    """Who reads, and as what."""

    name: Annotated[str, Asked("The reader's name; kept sealed.", example="Jane Smith")]
    reads_as: Annotated[str, Asked("auditor or board.", example="auditor", called="as")]
    email: Email = None


def do(doing: Doing, form: Named) -> Done:
    """Name them: an auditor sees what the coordinator sees, the board what is published."""
    if form.reads_as not in READS:
        raise Refused(f"Nobody reads as {form.reads_as}. Say auditor or board.", field="reads_as")
    log, stamp, assessment = doing.log, doing.stamp, doing.assessment
    reads_as, email = READS[form.reads_as], form.email or None
    reader = people.name_reader(log, stamp, assessment, form.name, reads_as, email)
    document = {"reader": reader, "reads_as": form.reads_as}
    return Done(f"{form.name} reads as {reader}.", document)


OPERATION = Operation(
    "reader name",
    "Name a reader: an auditor sees what the coordinator sees, the board what is published.",
    Named,
    do,
)
