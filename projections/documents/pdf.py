"""A document as tagged PDF (PDF/UA-1), set by Typst."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import typst
from pikepdf import Array, Dictionary, Name, Object

from projections.documents.model import CONTENTS, RECORD, Document, Pair, Prose
from projections.documents.typesetting import FONTS, MARK, drawable, plain, setter

HERE = Path(__file__).parent
NOT_DRAWN = f"{MARK} stands for a letter that this file's fonts lack; HTML and DOCX have it."


def write(document: Document) -> bytes:
    """A document as PDF; Typst gets its text as values, and refuses what is not accessible."""
    values = document.model_dump_json()
    drawn = drawable(values)
    if drawn != values:
        values = drawable(_with_note(document).model_dump_json())
    try:
        return _with_row_headings(_set(document.at, values))
    except typst.TypstError:  # characters that the fonts have one by one, and cannot join
        return _with_row_headings(_set(document.at, plain(_with_note(document).model_dump_json())))


def _with_note(document: Document) -> Document:
    """The document with a note in its record about characters that the fonts lack."""
    if not document.record:
        return document
    note = Pair(term="Letters", told=Prose(text=NOT_DRAWN))
    return document.model_copy(update={"record": (*document.record, note)})


def _set(at: datetime, values: str) -> bytes:
    content = setter().compile(
        input=HERE / "page.typ",
        root=HERE,
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=at.replace(microsecond=0),  # a PDF holds no fraction of a second
        sys_inputs={"document": values, "contents": CONTENTS, "record": RECORD, "fonts": FONTS},
    )
    assert isinstance(content, bytes)
    return content


def _with_row_headings(content: bytes) -> bytes:
    """Tag the first cell of each row as its heading; Typst does that for columns only."""
    buffer = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        for body in _tagged(pdf.Root.StructTreeRoot, Name.TBody):
            for row in _tagged(body, Name.TR):
                cell = next(_tagged(row, Name.TD))
                cell.S = Name.TH
                cell.A = Array([*_attributes(cell), Dictionary(O=Name.Table, Scope=Name.Row)])
        pdf.save(
            buffer, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
    return buffer.getvalue()


def _attributes(element: Object) -> Iterable[Object]:
    attributes: Any = element.get("/A", [])
    return attributes if isinstance(attributes, Array) else [attributes]


def _tagged(element: Object, kind: Name) -> Iterator[Object]:
    """The nearest elements of a kind below an element, in reading order."""
    below: Any = element.get("/K", [])
    for child in below if isinstance(below, Array) else [below]:
        if isinstance(child, Dictionary) and child.get("/S") == kind:
            yield child
        elif isinstance(child, Dictionary):
            yield from _tagged(child, kind)
