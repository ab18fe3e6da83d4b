"""It is said what a word means in the area."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Form
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands import assessments


class Meaning(Form):
    """Which of the guide's local terms, and what it means here."""

    term: Annotated[str, Asked("The word, or its id.", example="Lead Practitioner", first=True)]
    means: Annotated[str, Asked("What it means in your area.", example="Family support worker")]


def do(doing: Doing, form: Meaning) -> Done:
    """Say it; it stands beside the questions that use the word."""
    assessments.explain_term(doing.log, doing.stamp, doing.assessment, form.term, form.means)
    says = f"{form.term} means here: {form.means.strip()}"
    return Done(says, {"term": form.term, "means": form.means.strip()})


OPERATION = Operation(
    "local term",
    "Say what one of the guide's words means in your area.",
    Meaning,
    do,
    surfaces=("command", "slack", "web"),
)
