"""The form of an operation as boxes on a page, and what was filled in as the operation takes it."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Collection, Mapping
from typing import Any, Literal, NamedTuple, get_args, get_origin

from bots.operations.form import NEEDED, By, Upload, asked
from bots.operations.form import Asked as How
from bots.operations.operation import Operation
from bots.phrases.pages import operations as phrases
from bots.phrases.pages.forms import nothing
from bots.web.desk.operations.choice import Choice
from bots.web.desk.operations.choices import choices, is_chosen
from bots.web.desk.operations.offered import INSISTING
from bots.web.desk.operations.together import box_of, chosen, is_second, split
from bots.web.desk.page import Asked
from bots.web.forms import Filled, Mistake
from bots.web.typed import KEPT, WAS, digest_of
from ehsg_events.commands.panel import NO_ADDRESS as NOBODYS
from projections.facts.view import View

Kind = Literal["line", "words", "tick", "one", "list", "several", "file"]
LONG = ("because", "comment", "means", "words")  # what takes a sentence or more
FEW = 7  # choices that are shown side by side
WHOM = ("person", "stakeholder", "who")  # whom a form is about
IN_A_LINE = ("items", "present")  # several, which the operation takes as one line
NOTHING_KNOWN: Mapping[str, str] = {}
ADDRESSES = ("email", "slack")  # of which an emptied one is nobody's any more


class Box(NamedTuple):
    """One field: how it is asked for, what stands in it, and what that means, if anything is known of it."""

    name: str
    label: str
    hint: str
    kind: Kind
    needed: bool
    value: str
    choices: tuple[Choice, ...]
    mistakes: tuple[str, ...]
    means: str = ""

    @property
    def chosen(self) -> list[str]:
        """The values of a box that takes several."""
        return self.value.split("\n")


def boxes(
    view: View,
    operation: Operation[Any],
    filled: Asked,
    mistakes: Collection[Mistake],
    means: Mapping[str, str] = NOTHING_KNOWN,
) -> list[Box]:
    """Every field of an operation's form: whom it is about, then the rest in its order.

    Args:
        filled: what stands in it.
        mistakes: what was wrong with that.
        means: what it means as it stands in the assessment, by field.
    """
    is_something_wrong = any(not is_empty(one) for one in mistakes)  # that can be insisted on
    every = [
        _box(view, operation, name, how, filled, mistakes)._replace(means=means.get(name, ""))
        for name, how in _fields(operation).items()
        if (name not in INSISTING or is_something_wrong or filled.get(name))
        and not is_second(operation.name, name)
    ]
    every = [box for box in every if box.choices or not is_chosen(operation.name, box.name)]
    return sorted(every, key=lambda box: box.name not in WHOM or box.kind == "several")


def is_empty(mistake: Mistake) -> bool:
    """Whether all that is wrong with a box is that it was left empty."""
    return mistake.words.startswith(NEEDED)


def _at_its_box(mistake: Mistake) -> str:
    """What is wrong, where the hint beside it says already what is meant."""
    return NEEDED if is_empty(mistake) else mistake.words


def nothing_to_choose(view: View, operation: Operation[Any], filled: Asked) -> str:
    """Why a form is not offered, where nothing is there that could be chosen in it."""
    empty = (
        nothing.why(operation.name, name, needed=field.is_required())
        for name, field in operation.form.model_fields.items()
        if is_chosen(operation.name, name) and not choices(view, operation.name, name, filled)
    )
    return next(filter(None, empty), "")


def _fields(operation: Operation[Any]) -> dict[str, How]:
    """The fields that a page asks: who does it is known there."""
    by = get_args(By)[1]
    return {name: how for name, how in asked(operation.form).items() if how is not by}


def _box(
    view: View,
    operation: Operation[Any],
    name: str,
    how: How,
    filled: Asked,
    mistakes: Collection[Mistake],
) -> Box:
    field = operation.form.model_fields[name]
    known = choices(view, operation.name, name, filled)
    if values := of_a_choice(field.annotation):
        known = tuple(Choice(one, phrases.value_of(name, one)) for one in values)
    hint = "" if known and not _is_tick(field.annotation) else how.says
    return Box(
        name,
        phrases.label_of(operation.name, name),
        hint,
        _kind(name, field.annotation, known),
        field.is_required(),
        chosen(operation.name, name, filled),
        known,
        tuple(_at_its_box(one) for one in mistakes if box_of(operation.name, one.field) == name),
    )


def _kind(name: str, annotation: Any, known: tuple[Choice, ...]) -> Kind:
    if _is_file(annotation):
        return "file"
    if _is_tick(annotation):
        return "tick"
    if known and (_is_several(annotation) or name in IN_A_LINE):
        return "several"
    if known:
        return "one" if len(known) <= FEW else "list"
    return "words" if name in LONG or _is_several(annotation) else "line"


def given(operation: Operation[Any], filled: Filled) -> dict[str, Any]:
    """What was filled in, by field; what was left empty is not there."""
    filled = Filled(split(operation.name, filled.fields), filled.files)
    values = {name: _value(operation, name, filled) for name in _fields(operation)}
    return {name: value for name, value in values.items() if value is not None}


def _value(operation: Operation[Any], name: str, filled: Filled) -> Any:
    """One field as the operation takes it; none where it was left empty, or as it stood."""
    field, text = operation.form.model_fields[name], filled.text(name)
    if _is_file(field.annotation):
        return _file(name, filled)
    if _is_tick(field.annotation):
        return True if text else None
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if _is_several(field.annotation):
        return lines or None
    stood = filled.text(WAS + name)
    if stood and not field.is_required() and stood == digest_of(text):
        return None
    if stood and not lines:
        return NOBODYS if name in ADDRESSES else ""
    words = ",".join(lines) if name in IN_A_LINE else text.strip()
    return words if lines else None


def _file(name: str, filled: Filled) -> Upload | None:
    """A file that was handed in with this form, or with the one before, which was looked at."""
    if file := filled.files.get(name):
        return Upload(file.name, file.content)
    kept = filled.text(KEPT + name)
    named, _, content = kept.partition("\n")
    try:
        return Upload(named, b64decode(content, validate=True)) if content else None
    except ValueError:
        return None


def keeping_files(sent: Filled) -> dict[str, str]:
    """The files of a form as fields of the next one, so that they are not asked for again."""
    return {
        KEPT + name: f"{file.name}\n{b64encode(file.content).decode()}"
        for name, file in sent.files.items()
    }


def in_words(shown: list[Box]) -> Mapping[str, str]:
    """What was filled in as it is read back: each label with its value."""
    return {box.label: said for box in shown if (said := _said(box))}


def _said(box: Box) -> str:
    if box.kind == "tick":
        return phrases.YES_WORD if box.value else ""
    labels = dict(box.choices)
    return ", ".join(labels.get(one, one) for one in box.chosen) if box.choices else box.value


def of_a_choice(annotation: Any) -> tuple[str, ...]:
    """The values of a field that takes one of a few, needed or not."""
    parts = (annotation, *get_args(annotation))
    return next((get_args(part) for part in parts if get_origin(part) is Literal), ())


def _is_file(annotation: Any) -> bool:
    return Upload in (annotation, *get_args(annotation))


def _is_tick(annotation: Any) -> bool:
    return annotation is bool


def _is_several(annotation: Any) -> bool:
    parts = (annotation, *get_args(annotation))
    return any(part is list or get_origin(part) is list for part in parts)
