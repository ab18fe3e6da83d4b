"""A form as DOCX: its paragraphs and the cells of its tables, as the document itself parts them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bots.forms.lines import Line
from bots.forms.sources.cells import in_one_column
from bots.forms.sources.package import HEADING, Package, local, marked, opened
from bots.forms.text import form_of
from bots.forms.wording import Label, labels_of, possessives
from ehsg_events.kernel import Refused
from ehsg_events.states.submission import Form, Heading
from guides.model import Guide

BULLET = "•"
BLANK = "…"  # stands for a blank paragraph: a box that holds no more is empty
HIDDEN = "Entry."  # stands for words that this program marked as such: they are no label or head
DEEPEST = 4  # tables within tables
CHARACTERS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}
NO_WORDS = (  # properties, what was deleted, and drawings, whose text boxes are read by themselves
    *("pPr", "rPr", "sdtPr", "moveFrom", "del", "drawing", "pict", "object", "AlternateContent"),
)
WRAPPED = ("sdt", "sdtContent", "ins", "smartTag", "customXml")  # what only holds other things


def read_word(content: bytes, guide: Guide, area: str) -> Form:
    """Read a form from a DOCX file.

    Raises:
        Refused: it is no DOCX file, or far too large for a form.
    """
    package = opened(content)
    text = "\n".join(node.text or "" for node in package.body.iter() if local(node) == "t")
    labels = labels_of(guide, possessives(text, area))
    form = form_of(lines_in(package, labels, guide), text, guide, area)
    notes = tuple(f"The document has {kind}, which are not read." for kind in package.beside)
    return replace(form, template=content, lost=(*form.lost, *notes))


def lines_in(
    package: Package, labels: Sequence[Label], guide: Guide, *, blanks: bool = False
) -> list[Line]:
    """Every paragraph of a document in the order in which it is to be read, tables unfolded.

    Args:
        blanks: whether blank paragraphs are among them, as places where something can be written.
    """
    return list(_Walk(package, labels, guide, blanks=blanks).lines(package.body, ""))


@dataclass
class _Walk:
    """The way through a document; what only wraps other things is looked through."""

    package: Package
    labels: Sequence[Label]
    guide: Guide
    blanks: bool = False
    paragraphs: int = 0
    tables: int = 0

    def lines(self, parent: Any, place: str, deep: int = 0) -> Iterator[Line]:
        """The lines of everything that stands in a part of the document."""
        for node in parent:
            match local(node):
                case "p":
                    yield from self._paragraph(node, place, deep)
                case "tbl":
                    yield from self._table(node, place, deep)
                case name if name in WRAPPED:
                    yield from self.lines(node, place, deep)

    def _paragraph(self, node: Any, place: str, deep: int) -> Iterator[Line]:
        self.paragraphs += not place
        text, ours = written(node), marked(node)
        if text.strip() or self.blanks:
            yield Line(
                0,
                0,
                HIDDEN if ours else text.strip() or BLANK,
                whole=True,
                mark=BULLET if self.package.is_bullet(node) else "",
                place=place or f"paragraph {self.paragraphs}",
                exact=Heading(text) if ours == HEADING else text if ours else None,
                source=node,
            )
        for box in boxes_in(node):
            yield from self.lines(box, place or f"a text box at paragraph {self.paragraphs}", deep)

    def _table(self, node: Any, place: str, deep: int) -> Iterator[Line]:
        if deep > DEEPEST:
            raise Refused(f"{place}: there are more tables within each other than a form has.")
        self.tables += not place
        rows = [
            [
                list(self.lines(cell, place or f"table {self.tables}, row {number}", deep + 1))
                for cell in inside(row, "tc")
            ]
            for number, row in enumerate(inside(node, "tr"), start=1)
        ]
        yield from in_one_column(rows, self.labels, self.guide)


def inside(parent: Any, name: str) -> Iterator[Any]:
    """The rows of a table, or the cells of a row, also those that a control wraps."""
    for node in parent:
        if local(node) == name:
            yield node
        elif local(node) in WRAPPED:
            yield from inside(node, name)


def written(paragraph: Any) -> str:
    """The text of a paragraph with its line breaks; what was taken out is none of it."""
    return "".join(_texts(paragraph))


def _texts(parent: Any) -> Iterator[str]:
    for node in parent:
        name = local(node)
        if name == "t":
            yield node.text or ""
        elif name == "ddList":
            yield _picked(node)
        elif name in CHARACTERS:
            yield CHARACTERS[name] if local(parent) == "r" else ""
        elif name not in NO_WORDS:
            yield from _texts(node)


def _picked(choices: Any) -> str:
    """What was picked from a list of the older kind, which keeps the number of its entry."""
    entries = [node for node in choices if local(node) == "listEntry"]
    picked = next((node for node in choices if local(node) == "result"), None)
    number = 0 if picked is None else int(next(iter(picked.attrib.values()), "0"))
    return str(next(iter(entries[number].attrib.values()))) if number < len(entries) else ""


def boxes_in(paragraph: Any) -> Iterator[Any]:
    """The text boxes that hang at a paragraph, each once, though a document keeps it twice."""
    for node in paragraph.iter():
        if local(node) == "txbxContent" and not any(
            local(up) == "Fallback" for up in node.iterancestors()
        ):
            yield node
