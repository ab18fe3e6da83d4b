"""The formats that documents and sheets are written in, each by its own module, loaded when asked.

A document (`projections.documents.model`) is written by the function `write(document)` of its
format's module. A book of tables (`projections.tables.model`) likewise by `write(book)`.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ehsg_events.kernel import Refused

if TYPE_CHECKING:
    from projections.documents.model import Document
    from projections.facts.view import View
    from projections.tables.model import Book

DOCUMENTS = {
    "html": "projections.documents.html",
    "md": "projections.documents.markdown",
    "docx": "projections.documents.word",
    "pdf": "projections.documents.pdf",
}
SHEETS = {
    "xlsx": "projections.tables.xlsx",
    "zip": "projections.tables.package",  # CSV with its schema
    "json": "projections.tables.json",
}
FORMATS = (*DOCUMENTS, *SHEETS)


def format_of(out: Path, named: str | None, known: tuple[str, ...] = FORMATS) -> str:
    """The format that was named, or else the one that a file's ending stands for.

    Args:
        out: the file to be written.
        known: the formats to choose from.

    Raises:
        Refused: it cannot be written, or the name and the ending stand for different formats.
    """
    ending = out.suffix.removeprefix(".").casefold()
    form = (named or ending).casefold()
    if form not in known:
        what = f"the format {form}" if named else f"a file called {out.name}"
        raise Refused(
            f"There is no way to write {what}. The formats are {', '.join(known)}, where zip holds "
            f"CSV: end the file's name with one of them, or name it beside."
        )
    if ending in FORMATS and ending != form:
        raise Refused(
            f"{out.name} ends in {ending}, and the format asked for is {form}. Leave the format "
            f"out, or end the file's name in {form}.",
            field="format",
        )
    return form


def written(document: Document, form: str) -> bytes:
    """A document as a file of one of the formats in `DOCUMENTS`."""
    content: bytes = import_module(DOCUMENTS[form]).write(document)
    return content


def tabled(book: Book, form: str) -> bytes:
    """A book of tables as a file of one of the formats in `SHEETS`."""
    content: bytes = import_module(SHEETS[form]).write(book)
    return content


def report_as(view: View, form: str) -> bytes:
    """The report of a view as a file of one of the formats, document or sheet."""
    if form in SHEETS:
        from projections.tables.report import report_book

        return tabled(report_book(view), form)
    from projections.documents.board import board_report
    from projections.report.report import report

    return written(board_report(report(view)), form)
