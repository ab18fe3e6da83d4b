"""A submission printed as plain text, in the layout with headings; it can be read back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bots.forms.sources.documents import Headings, headings_of, key_of, with_headings
from bots.forms.wording import wording_of
from ehsg_events.states.submission import Heading
from guides.model import Guide

BLANK = ""


def write_text(document: dict[str, Any], guide: Guide) -> str:
    """A submission's document as a form in plain text."""
    return "\n".join(_lines(document, guide)) + "\n"


def _lines(document: dict[str, Any], guide: Guide) -> Iterator[str]:
    yield from (f"{guide.title}", f"{document['area']} {document['year']}", BLANK)
    rows = {row["item"]: row for row in document["descriptors"]}
    headings = headings_of(document.get("headings"))
    for section in guide.sections:
        yield from (f"{section.number or ''} {section.title}".strip(), BLANK)
        for item in section.items:
            if item.id in rows:
                yield from _descriptor(rows[item.id], guide, headings)
    yield from _closing(document, guide)


def _descriptor(row: dict[str, Any], guide: Guide, headings: Headings) -> Iterator[str]:
    item = guide.items[row["item"]]
    label = f"{item.label}: " if item.label and not item.label_is_ours else ""
    yield from (f"{item.id} {label}{item.statement}", BLANK)
    score = "" if row["score"] is None else f" {row['score']}"
    yield from (f"{wording_of(guide).score[0]}{score}", BLANK)
    boxes = {box.id: box.label for box in guide.section_of(item.id).fields}
    for box, name in key_of(guide, item.id).items():
        yield from (boxes[box], BLANK)
        for entry in with_headings(tuple(row[name]), headings, item.id, name):
            first, *more = entry.split("\n")
            yield first if isinstance(entry, Heading) else f"• {first}"
            yield from (f"    {line}" for line in more)
            yield BLANK


def _closing(document: dict[str, Any], guide: Guide) -> Iterator[str]:
    wording = wording_of(guide)
    if guide.data_models:
        model = document["data_model"]
        yield from (wording.data_model[0].replace("{area}", document["area"]), BLANK)
        yield from (("", "") if model is None else (str(model), BLANK))
    chosen = document["priorities"]
    for index, spellings in enumerate(wording.choices):
        yield f"{spellings[0]}  {chosen[index] if index < len(chosen) else ''}".rstrip()
    for permission in guide.permissions:
        yield from (
            BLANK,
            permission.text,
            (document["permissions"][permission.id] or "").capitalize(),
        )
