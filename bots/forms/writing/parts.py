"""A submission as the parts of its form, in order: what every written form is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from bots.forms.scores import printed
from bots.forms.sources.documents import headings_of, key_of, with_headings
from bots.forms.wording import wording_of
from ehsg_events.states.submission import Heading
from guides.model import Guide, Item

Kind = Literal["title", "subtitle", "section", "item", "asked", "field", "entry", "heading"]


class Part(NamedTuple):
    """One part of a form: a line of its own, what somebody wrote, or a box with its value."""

    kind: Kind
    text: str
    value: str = ""


def parts_of(document: dict[str, Any], guide: Guide) -> Iterator[Part]:
    """Every part of a submission's form; what was left blank stays blank."""
    yield Part("title", guide.title)
    yield Part("subtitle", f"{document['area']} {document['year']}")
    rows = {row["item"]: row for row in document["descriptors"]}
    headings = headings_of(document.get("headings"))
    for section in guide.sections:
        if not any(item.id in rows for item in section.items):
            continue  # a section without descriptors is no part of a form
        yield Part("section", f"{section.number or ''} {section.title}".strip())
        for item in section.items:
            if item.id not in rows:
                continue
            row = rows[item.id]
            yield Part("item", named(item))
            yield Part("asked", wording_of(guide).score[0], printed(row["score"], item.id, guide))
            boxes = {box.id: box.label for box in section.fields}
            for box, name in key_of(guide, item.id).items():
                yield Part("field", boxes[box])
                for text in with_headings(tuple(row[name]), headings, item.id, name):
                    yield Part("heading" if isinstance(text, Heading) else "entry", text)
    yield from closing_of(document, guide)


def closing_of(document: dict[str, Any], guide: Guide) -> Iterator[Part]:
    """The boxes after the last descriptor."""
    wording = wording_of(guide)
    if guide.data_models:
        asked = wording.data_model[0].replace("{area}", document["area"])
        yield Part("asked", asked, _said(document["data_model"]))
    changed = document.get("data_model_changed")
    if changed and wording.data_model_changed:
        asked = wording.data_model_changed[0].replace("{area}", document["area"])
        yield Part("asked", asked, changed.capitalize())
    chosen = document["priorities"]
    for index, spellings in enumerate(wording.choices):
        yield Part("asked", spellings[0], chosen[index] if index < len(chosen) else "")
    for permission in guide.permissions:
        answer = document["permissions"][permission.id] or ""
        yield Part("asked", permission.text, answer.capitalize())


def named(item: Item) -> str:
    """An item as its form prints it: with its label if the label is the guide's own."""
    label = f"{item.label}: " if item.label and not item.label_is_ours else ""
    return f"{item.id} {label}{item.statement}"


def _said(value: object) -> str:
    return "" if value is None else str(value)
