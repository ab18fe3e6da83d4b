"""One item is answered for a stakeholder."""

from __future__ import annotations

from typing import Annotated

from bots.interview import record
from bots.operations.form import Asked, By, Form
from bots.operations.operation import Doing, Done, Operation


class Answered(Form):
    """Whose answer it is, to which item, and with which words."""

    item: Annotated[str, Asked("Such as 5.1.", example="5.1", first=True)]
    value: Annotated[
        str, Asked("A level, dont-know, not-my-area or skip.", example="3", first=True)
    ]
    who: Annotated[
        str,
        Asked("A stakeholder, by id or by name.", example="police-1", called="as"),
    ]
    comment: Annotated[str | None, Asked("Words, kept sealed.")] = None
    by: By = None


def do(doing: Doing, form: Answered) -> Done:
    """Record it on their behalf, by the coordinator who typed it."""
    who = doing.person(form.who)
    stamp = doing.on_behalf_of(who, form.by)
    record.answer(doing.log, stamp, doing.assessment, who, form.item, form.value, form.comment)
    document = {"item": form.item, "value": form.value, "on_behalf_of": who, "by": stamp.by}
    says = f"Recorded on behalf of {who}, who is told: {form.item} {form.value}."
    return Done(says, document)


OPERATION = Operation(
    "answer", "Answer one item on behalf of a stakeholder, or change the answer.", Answered, do
)
