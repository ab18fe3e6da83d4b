"""A DOCX file, opened: its body, which paragraphs are bullets, and what stands beside the body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from bots.forms.decoding import LONGEST
from ehsg_events.kernel import Refused

BIGGEST = 10 * LONGEST  # bytes of a document with pictures in it
UNPACKED = 50 * LONGEST  # bytes inside the file: a small file may hold a very large one
ENTRY, HEADING = "ehsg_entry_", "ehsg_heading_"  # how the bookmarks of this program begin
BESIDE = {"footnotes": "footnotes", "endnotes": "endnotes"}


@dataclass(frozen=True)
class Package:
    """A DOCX file.

    Args:
        document: as the library opened it.
        formats: how each level of each numbering is marked, such as "bullet".
        beside: the kinds of notes that stand beside the body and hold words.
    """

    document: Any
    formats: Mapping[tuple[str, str], str]
    beside: tuple[str, ...]

    @property
    def body(self) -> Any:
        """The element that holds the paragraphs and tables."""
        return self.document.element.body

    def is_bullet(self, paragraph: Any) -> bool:
        """Whether a paragraph is a bullet, by its own numbering or by its style's."""
        for properties in (child(paragraph, "pPr"), child(self._style(paragraph), "pPr")):
            numbering = child(properties, "numPr")
            if numbering is not None:
                number, level = (value(child(numbering, name)) for name in ("numId", "ilvl"))
                return self.formats.get((number, level or "0")) == "bullet"
        return False

    def _style(self, paragraph: Any) -> Any:
        name = value(child(child(paragraph, "pPr"), "pStyle"))
        styles = self.document.styles.element
        return next(
            (style for style in styles if name and attribute(style, "styleId") == name), None
        )


def marked(paragraph: Any) -> str:
    """How this program marked a paragraph: `ENTRY`, `HEADING`, or nothing."""
    names = [attribute(node, "name") for node in paragraph if local(node) == "bookmarkStart"]
    return next((mark for mark in (ENTRY, HEADING) for name in names if name.startswith(mark)), "")


def local(node: Any) -> str:
    """An element's name without its namespace; nothing for a comment."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def child(node: Any, name: str) -> Any:
    """The first child of that name; none if there is none, or no element."""
    return None if node is None else next((own for own in node if local(own) == name), None)


def attribute(node: Any, name: str) -> str:
    """An attribute's value, whatever its namespace."""
    return next((str(text) for key, text in node.attrib.items() if key.endswith(f"}}{name}")), "")


def value(node: Any) -> str:
    """The value that an element states; nothing where there is no element."""
    return "" if node is None else attribute(node, "val")


def opened(content: bytes) -> Package:
    """Open a DOCX file.

    Raises:
        Refused: it is none, or far too large for a form.
    """
    import docx

    if len(content) > BIGGEST:
        raise Refused(f"The file has {len(content)} bytes; a form has at most {BIGGEST}.")
    try:
        with ZipFile(BytesIO(content)) as packed:
            size = sum(part.file_size for part in packed.infolist())
        if size > UNPACKED:
            raise Refused(f"The file unpacks to {size} bytes; a form has at most {UNPACKED}.")
        document = docx.Document(BytesIO(content))
    except (BadZipFile, KeyError, ValueError, OSError, SyntaxError) as mistake:
        raise Refused(f"The file is not a DOCX document: {mistake}.") from None
    return Package(document, _formats(document), tuple(_beside(document)))


def _formats(document: Any) -> dict[tuple[str, str], str]:
    parts = [rel for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")]
    if not parts:
        return {}
    numbering = parts[0].target_part.element
    kinds = {
        (attribute(own, "abstractNumId"), attribute(level, "ilvl")): value(child(level, "numFmt"))
        for own in numbering
        if local(own) == "abstractNum"
        for level in own
        if local(level) == "lvl"
    }
    return {
        (attribute(number, "numId"), level): kind
        for number in numbering
        if local(number) == "num"
        for (own, level), kind in kinds.items()
        if own == value(child(number, "abstractNumId"))
    }


def _beside(document: Any) -> list[str]:
    """The kinds of notes that hold words."""
    from docx.oxml import parse_xml

    named = []
    for part in document.part.rels.values():
        kind = part.reltype.rpartition("/")[2]
        if kind in BESIDE and not part.is_external:
            root = parse_xml(part.target_part.blob)
            if any((node.text or "").strip() for node in root.iter() if local(node) == "t"):
                named.append(BESIDE[kind])
    return named
