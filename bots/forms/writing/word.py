"""A submission as DOCX: as this program sets it, or filled into the form that the area has.

Each entry is one paragraph, its lines parted by line breaks, and bears a bookmark, so that it is
read back letter for letter whatever stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from io import BytesIO
from itertools import count
from typing import Any

from bots.forms.sources.package import ENTRY, HEADING, child, local
from bots.forms.writing.parts import Part, parts_of
from ehsg_events.states.submission import Heading
from guides.model import Guide
from projections.documents.model import Document

STYLES = {"section": "Heading 1", "item": "Heading 2", "field": "Heading 3", "entry": "List Bullet"}
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def write_word(document: dict[str, Any], guide: Guide, frame: Document) -> bytes:
    """A submission as a document of its own.

    Args:
        frame: its title, language and date, without a block.
    """
    import docx

    from projections.documents.word import packed, write

    file = docx.Document(BytesIO(write(frame)))
    numbers = count(1)
    for part in parts_of(document, guide):
        if part.kind not in ("title", "subtitle"):
            _add(file, part, numbers)
    return packed(file)


def _add(file: Any, part: Part, numbers: Iterator[int]) -> None:
    paragraph = file.add_paragraph(style=STYLES.get(part.kind))
    if part.kind == "asked":
        paragraph.add_run(f"{part.text} ").bold = True
        paragraph.add_run(part.value)
        return
    put(paragraph._p, part.text)  # noqa: SLF001 - the same element as in an area's own form
    if part.kind in ("entry", "heading"):
        bookmark(paragraph._p, next(numbers), heading=part.kind == "heading")  # noqa: SLF001


def put(paragraph: Any, text: str) -> None:
    """Set the text of a paragraph, as its first words were set; lines become line breaks."""
    from docx.oxml import OxmlElement

    runs = [node for node in paragraph.iter() if local(node) == "r"]
    worded = [run for run in runs if any(local(node) in ("t", "br", "tab") for node in run)]
    first = next(iter(worded or runs), None)
    for run in runs:
        if run is not first and run in worded:
            run.getparent().remove(run)
    if first is None:
        first = OxmlElement("w:r")
        paragraph.append(first)
    for node in [node for node in first if local(node) in ("t", "br", "tab", "cr")]:
        first.remove(node)
    first.text = UNWRITABLE.sub("", text)
    _show_as_typed(paragraph)


def _show_as_typed(paragraph: Any) -> None:
    """Say of a control around a paragraph, or within it, that it holds words and no prompt."""
    controls = [node for node in paragraph.iter() if local(node) == "sdt"]
    controls += [node for node in paragraph.iterancestors() if local(node) == "sdt"]
    for control in controls:
        properties = child(control, "sdtPr")
        prompt = child(properties, "showingPlcHdr")
        if prompt is not None:
            properties.remove(prompt)
            for style in [node for node in paragraph.iter() if local(node) == "rStyle"]:
                style.getparent().remove(style)


def bookmark(paragraph: Any, number: int, *, heading: bool = False) -> None:
    """Mark a paragraph as an entry, or as a heading among entries."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(90_000 + number))
    start.set(qn("w:name"), f"{HEADING if heading else ENTRY}{number}")
    properties = child(paragraph, "pPr")
    paragraph.insert(0 if properties is None else 1, start)
    paragraph.append(end)


def refill(old: Sequence[Any], texts: Sequence[str], numbers: Iterator[int]) -> None:
    """Put entries in the place of a field's paragraphs, each set like the first of them.

    Args:
        old: the paragraphs of the field; there is at least one, blank if the box is.
    """
    first = old[0]
    for paragraph in old[1:]:
        paragraph.getparent().remove(paragraph)
    _unmark(first)
    model = deepcopy(first)
    put(first, texts[0] if texts else "")
    last = first
    for index, text in enumerate(texts):
        if index:
            fresh = deepcopy(model)
            last.addnext(fresh)
            put(fresh, text)
            last = fresh
        bookmark(last, next(numbers), heading=isinstance(text, Heading))


def _unmark(paragraph: Any) -> None:
    for node in [
        node for node in paragraph.iter() if local(node) in ("bookmarkStart", "bookmarkEnd")
    ]:
        node.getparent().remove(node)
