"""The invented form as DOCX, in the designs that areas give their tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

import docx

from guides.model import Section
from support.story.forms import GUIDE, LABELS, NEXT, PROMPT, WELL, Told
from support.story.invented import INVENTED
from support.story.renderings import closing, head, title

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

Cells = Sequence[Sequence[str]]
Design = Callable[["Document", str, Told], None]


def _fill(cell: _Cell, texts: Sequence[str], style: str | None = None) -> None:
    cell.paragraphs[0].text = texts[0] if texts else ""
    for text in texts[1:]:
        cell.add_paragraph(text, style=style)


def _table(document: Document, *rows: Cells) -> None:
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, texts in zip(row.cells, cells, strict=True):
            _fill(cell, texts)


def _boxes(own: Told) -> list[list[str]]:
    return [[own.score or ""], list(own.entries[WELL]), list(own.entries[NEXT])]


def rows_of(document: Document, item: str, own: Told) -> None:
    """Label on the left, words on the right."""
    document.add_paragraph(head(item))
    _table(
        document,
        *zip([[PROMPT], *([label] for label in LABELS.values())], _boxes(own), strict=True),
    )


def in_two(document: Document, item: str, own: Told) -> None:
    """The published design: score and evidence side by side, the plan below."""
    document.add_paragraph(head(item))
    score, well, plans = _boxes(own)
    _table(document, [[PROMPT], [LABELS[WELL]]], [score, well])
    document.add_paragraph(LABELS[NEXT])
    for text in plans:
        document.add_paragraph(text, style="List Bullet")


def in_three(document: Document, item: str, own: Told) -> None:
    """Score, evidence and plan side by side."""
    document.add_paragraph(head(item))
    _table(document, [[PROMPT], *([label] for label in LABELS.values())], _boxes(own))


def in_cells(document: Document, item: str, own: Told) -> None:
    """Everything of a descriptor in one table: its words, and each label in the cell of its box."""
    score, well, plans = _boxes(own)
    _table(
        document, [[head(item)], [PROMPT, *score]], [[LABELS[WELL], *well], [LABELS[NEXT], *plans]]
    )


def plain(document: Document, item: str, own: Told) -> None:
    """Without tables; the score beside its prompt."""
    document.add_paragraph(head(item))
    document.add_paragraph(f"{PROMPT}: {own.score or ''}".rstrip())
    for box, label in LABELS.items():
        document.add_heading(label, level=4)
        for text in own.entries[box]:
            document.add_paragraph(text, style="List Bullet")


@cache
def document_of(design: Design) -> bytes:
    """The whole form in one design."""
    document = docx.Document()
    document.add_heading(GUIDE.title, level=0)
    for section in GUIDE.sections:
        document.add_heading(title(section), level=1)
        for item in _items(section):
            design(document, item, INVENTED[item])
    return _saved(document)


@cache
def in_one_table() -> bytes:
    """One table for everything, a row for each descriptor."""
    document = docx.Document()
    heads = ["Descriptor", PROMPT, *LABELS.values()]
    _table(
        document,
        [[text] for text in heads],
        *([[head(item)], *_boxes(own)] for item, own in INVENTED.items()),
    )
    return _saved(document)


def _items(section: Section) -> list[str]:
    return [item.id for item in section.items if item.id in INVENTED]


def _saved(document: Document) -> bytes:
    for line in closing("after"):
        document.add_paragraph(line)
    held = BytesIO()
    document.save(held)
    return held.getvalue()


WORD: dict[str, Callable[[], bytes]] = {
    "label | words": lambda: document_of(rows_of),
    "score | evidence, plan below": lambda: document_of(in_two),
    "score | evidence | plan": lambda: document_of(in_three),
    "labels within cells": lambda: document_of(in_cells),
    "no tables": lambda: document_of(plain),
    "one table, a row each": in_one_table,
}
