"""The coordinator says that they told somebody something themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, get_args

from bots.operations.form import Asked, Form
from bots.operations.operation import Doing, Done, Operation
from bots.phrases import by_hand as phrases
from ehsg_events.commands import telling
from ehsg_events.events import Matter, Means
from ehsg_events.kernel import Refused


class Told(Form):
    """Whom, how, and of what if not of all that waits."""

    person: Annotated[str, Asked("Who was told, by id or by name.", example="police-1", first=True)]
    by: Annotated[
        str,
        Asked("telephone, letter, e-mail or in-person.", example="telephone", stands_for="HOW"),
    ]
    of: Annotated[
        str | None, Asked("Of what, such as reminder; of all that waits for you if none.")
    ] = None


def do(doing: Doing, form: Told) -> Done:
    """Record it; what waited waits no longer, and a reminder counts as given."""
    person = doing.person(form.person)
    means: Means = _one_of(get_args(Means), form.by, "by")
    of: Matter | None = _one_of(get_args(Matter), form.of, "of") if form.of else None
    subjects = telling.told(
        doing.log, doing.stamp, doing.assessment, person, means, of, doing.writable
    )
    document = {"told": person, "by": means, "of": list(subjects)}
    return Done(phrases.told(doing.called(person), subjects, means), document)


def _one_of(known: Sequence[Any], typed: str, field: str) -> Any:
    """What was typed, if it is one of those that are known."""
    if typed not in known:
        raise Refused(f"{typed} is none of these: {', '.join(known)}.", field=field)
    return typed


OPERATION = Operation(
    "told",
    "Record that you told somebody yourself what no message tells them.",
    Told,
    do,
)
