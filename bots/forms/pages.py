"""A submission as the document its form is: the guide's order, what was handed in, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from bots.forms.documents import Headings, headings_of, key_of, with_headings
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
    """A submission's document as a form to read; what was left blank stays blank."""
    return Document(
        language=guide.language,
        title=guide.title,
        subtitle=f"{document['area']} {document['year']}",
        blocks=(*_sections(document, guide), *_closing(document, guide)),
        at=datetime(document["year"], 1, 1, tzinfo=UTC),  # a form carries its year, no other time
    )


def _sections(document: dict[str, Any], guide: Guide) -> Iterator[Block]:
    rows = {row["item"]: row for row in document["descriptors"]}
    over = headings_of(document.get("headings"))
    for section in guide.sections:
        yield Heading(level=2, text=f"{section.number or ''} {section.title}")
        for item in section.items:
            if item.id in rows:
                yield from _descriptor(rows[item.id], guide, over)


def _descriptor(row: dict[str, Any], guide: Guide, over: Headings) -> Iterator[Block]:
    asked = guide.items[row["item"]]
    label = f"{asked.label}: " if asked.label and not asked.label_is_ours else ""
    yield Heading(level=3, text=f"{asked.id} {label}{asked.statement}")
    yield Pairs(rows=(_pair(wording_of(guide).score[0], row["score"]),))
    boxes = {box.id: box.label for box in guide.section_of(asked.id).fields}
    for box, name in key_of(guide, asked.id).items():
        yield Heading(level=4, text=boxes[box])
        yield from _entries(with_headings(tuple(row[name]), over, asked.id, name))


def _entries(entries: tuple[str, ...]) -> Iterator[Block]:
    """The entries of a field, and between them the headings that stand over some."""
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
    for place, spellings in enumerate(wording.choices):
        yield _pair(spellings[0], chosen[place] if place < len(chosen) else None)
    for one in guide.permissions:
        yield _pair(one.text, (document["permissions"][one.id] or "").capitalize())


def _pair(term: str, value: object) -> Pair:
    return Pair(term=term, told=Prose(text="" if value is None else str(value)))
