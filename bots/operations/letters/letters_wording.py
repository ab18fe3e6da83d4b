"""The area says in words of its own what its letters say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from bots.operations.form import Asked, Form, Upload
from bots.operations.letters.usual import usual
from bots.operations.operation import Doing, Done, Operation
from bots.phrases import stopped_in_form
from ehsg_events.commands import assessments
from ehsg_events.events import LetterWorded
from ehsg_events.interview.safeguarding import concern_in
from ehsg_events.policy.letters_file import Guard, read_letters
from ehsg_events.values.personal import personal_in


class Worded(Form):
    """The file with the area's own letters."""

    file: Annotated[
        Upload,
        Asked(
            "A YAML file with the letters that say something else.",
            example="letters.yaml",
            first=True,
        ),
    ]


def do(doing: Doing, form: Worded) -> Done:
    """Record what changed; a file with mistakes is refused with each at its place."""
    facts = read_letters(form.file.text(), form.file.name, usual(), _guard(doing))
    changed = assessments.word_letters(doing.log, doing.stamp, doing.assessment, facts)
    document = {
        "worded": [_named(fact) for fact in changed if fact.text],
        "as_usual": [_named(fact) for fact in changed if not fact.text],
    }
    return Done(" ".join(_says(document)) or "The letters say so already.", document)


def _says(document: dict[str, list[str]]) -> Iterator[str]:
    if document["worded"]:
        yield f"Worded by you from now on: {', '.join(document['worded'])}."
    if document["as_usual"]:
        yield f"Worded as usual again: {', '.join(document['as_usual'])}."


def _named(fact: LetterWorded) -> str:
    return f"{fact.letter} ({fact.language})"


def _guard(doing: Doing) -> Guard:
    """Looks at words as at those of any other form, and for whom they tell of."""
    names = list(_names(doing))

    def guard(part: str, text: str) -> str | None:
        concern, found = concern_in(text), personal_in(part, text, names)
        if concern is not None:
            return stopped_in_form(concern, doing.safeguarding())
        return found.says() if found else None

    return guard


def _names(doing: Doing) -> Iterator[str]:
    """The names of everybody who is known here: the panel, who stands in for them, coordinators."""
    state = doing.log.assessment(doing.assessment)
    sealed = [
        *(member.name for member in state.panel.values()),
        *(member.backup.name for member in state.panel.values() if member.backup),
        *(coordinator.name for coordinator in state.coordinators.values()),
    ]
    yield from filter(None, map(doing.log.text, sealed))


OPERATION = Operation(
    "letters wording",
    "Say in your own words what letters say; the newest words of each letter stand.",
    Worded,
    do,
)
