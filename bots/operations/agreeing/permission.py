"""A question on sharing is answered."""

from __future__ import annotations

from typing import Annotated

from bots.operations.form import Asked, Form
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.commands import outcomes
from ehsg_events.kernel import Refused
from ehsg_events.log.published_guides import guide_of


class Permitted(Form):
    """Which question, and yes or no."""

    permission: Annotated[str, Asked("Such as dfe.", example="dfe", first=True)]
    answer: Annotated[str, Asked("Yes or no.", example="yes", stands_for="yes|no", first=True)]


def do(doing: Doing, form: Permitted) -> Done:
    """Answer it; a question that was not answered is blank, never yes."""
    if form.answer not in ("yes", "no"):
        raise Refused(
            f"A permission is yes or no, not {form.answer}. Leave it out to keep it blank.",
            field="answer",
        )
    log, stamp, assessment = doing.log, doing.stamp, doing.assessment
    granted = form.answer == "yes"
    outcomes.set_permission(log, stamp, assessment, form.permission, granted=granted)
    document = {"permission": form.permission, "granted": granted}
    return Done(f"Sharing, {_with_whom(doing, form.permission)}: {form.answer}.", document)


def _with_whom(doing: Doing, permission: str) -> str:
    guide = guide_of(doing.log.assessment(doing.assessment), doing.folder)
    return next(one.recipient for one in guide.permissions if one.id == permission)


OPERATION = Operation(
    "permission",
    "Answer a question on sharing; what was not answered is blank, never yes.",
    Permitted,
    do,
)
