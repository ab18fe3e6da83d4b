"""A submission as a document in the shape of its form: in the guide's order, with nothing added."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from bots.forms.scores import printed
from bots.forms.sources.documents import Headings, headings_of, key_of, with_headings
from bots.forms.wording import Wording, wording_of
from ehsg_events.states.submission import Heading as Titled
from guides.model import Guide
from projections.documents.model import (
    Block,
    Bullets,
    Document,
    Heading,
    Pair,
    Pairs,
    Prose,
    Words,
)


def form_document(document: dict[str, Any], guide: Guide) -> Document:
    """A submission's document as a form to be read; what was left blank stays blank."""
    return Document(
        language=guide.language,
        title=guide.title,
        subtitle=f"{document['area']} {document['year']}",
        blocks=(*_sections(document, guide), *_closing(document, guide)),
        at=datetime(document["year"], 1, 1, tzinfo=UTC),  # a form has a year, but no other time
    )


def _sections(document: dict[str, Any], guide: Guide) -> Iterator[Block]:
    rows = {row["item"]: row for row in document["descriptors"]}
    headings = headings_of(document.get("headings"))
    for section in guide.sections:
        if not any(item.id in rows for item in section.items):
            continue  # a section without descriptors is no part of a form
        yield Heading(level=2, text=f"{section.number or ''} {section.title}")
        for item in section.items:
            if item.id in rows:
                yield from _descriptor(rows[item.id], guide, headings)


def _descriptor(row: dict[str, Any], guide: Guide, headings: Headings) -> Iterator[Block]:
    item = guide.items[row["item"]]
    label = f"{item.label}: " if item.label and not item.label_is_ours else ""
    yield Heading(level=3, text=f"{item.id} {label}{item.statement}")
    yield Pairs(
        rows=(_pair(wording_of(guide).score[0], printed(row["score"], item.id, guide) or None),)
    )
    boxes = {box.id: box.label for box in guide.section_of(item.id).fields}
    for box, name in key_of(guide, item.id).items():
        yield Heading(level=4, text=boxes[box])
        yield from _entries(with_headings(tuple(row[name]), headings, item.id, name))


def _entries(entries: tuple[str, ...]) -> Iterator[Block]:
    """The entries of a field, with the headings that stand between them."""
    for titled, run in groupby(entries, key=lambda entry: isinstance(entry, Titled)):
        words = tuple(Words(text=entry) for entry in run)
        yield from words if titled else (Bullets(rows=words),)


def _closing(document: dict[str, Any], guide: Guide) -> Iterator[Block]:
    rows = tuple(_closing_rows(document, guide, wording_of(guide)))
    if rows:
        yield Pairs(rows=rows)


def _closing_rows(document: dict[str, Any], guide: Guide, wording: Wording) -> Iterator[Pair]:
    if guide.data_models:
        asked = wording.data_model[0].replace("{area}", document["area"])
        yield _pair(asked, document["data_model"])
    chosen = document["priorities"]
    for index, spellings in enumerate(wording.choices):
        yield _pair(spellings[0], chosen[index] if index < len(chosen) else None)
    for permission in guide.permissions:
        yield _pair(permission.text, (document["permissions"][permission.id] or "").capitalize())


def _pair(term: str, value: object) -> Pair:
    return Pair(term=term, told=Prose(text="" if value is None else str(value)))
