"""A guide read back from an untrusted spreadsheet; what is not plain text is read as shown, or refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import ValidationError

from guides.base import Part
from guides.contradictions import Path as At
from guides.contradictions import contradictions
from guides.mistakes import sentence
from guides.sheets import KEY, OF, TEXT, VALUE, Sheet, all_rows, columns, sheets, unescaped
from guides.yaml_text import Unreadable

LARGEST = 5_000_000  # bytes of a workbook as it lies on the disk
UNPACKED = 40_000_000  # bytes of its unpacked content
MEMBERS, ROWS, COLUMNS = 200, 20_000, 40
SHOWN_AS = re.compile(r"(0+)(?:\.(0+))?")  # formats such as 0.00 and 000


class Row(dict[str, Any]):
    """A row by its headings, and the cell of each."""

    def __init__(self, sheet: str, line: int) -> None:
        super().__init__()
        self.sheet, self.line = sheet, line
        self.cells: dict[str, str] = {}

    def place(self, column: object) -> str:
        """Where a column of the row stands, or the row if it has no such cell."""
        cell = self.cells.get(str(column))
        return f"sheet {self.sheet}, " + (f"cell {cell}" if cell else f"row {self.line}")


def load(file: Path) -> dict[str, Any]:
    """The plain values of a guide in a workbook, not yet checked.

    Raises:
        Unreadable: the file is no workbook of this shape, holds what is no text, or is far too
            large.
    """
    tables = _tables(file)
    known = {sheet.name: sheet for sheet in sheets()}
    for name in tables:
        if name != "guide" and name not in known:
            raise Unreadable(f"no sheet is called {name}; known are guide, {', '.join(known)}")
    if "guide" not in tables:
        raise Unreadable("the sheet called guide is missing")
    plain = Row("guide", 1)
    for row in tables["guide"]:
        if KEY in row:
            plain[row[KEY]] = row.get(VALUE, "")
            plain.cells[row[KEY]] = row.cells.get(VALUE, row.cells[KEY])
    for sheet in sheets():
        _refuse_unknown(sheet, tables.get(sheet.name, []))
        _take(plain, sheet, tables.get(sheet.name, []))
    return plain


def _refuse_unknown(sheet: Sheet, rows: list[Row]) -> None:
    """Refuse a heading that no row of the sheet can have, since it would be lost."""
    known = {OF, KEY, VALUE} if sheet.keyed else {OF, TEXT}
    known = {OF, *columns(sheet.part)} if sheet.part else known
    for row in rows:
        for name, cell in row.items():
            if name not in known:
                raise Unreadable(
                    f"{row.place(name)}: no column is called {name} here ({cell[:40]}); known are "
                    f"{', '.join(sorted(known))}"
                )


def _take(plain: Row, sheet: Sheet, rows: list[Row]) -> None:
    owners = dict(all_rows(plain, sheet.owner))
    for row in rows:
        owner = owners.get(row.pop(OF, ""))
        if owner is None:
            raise Unreadable(f"{row.place(OF)}: the row belongs to nothing: check its column {OF}")
        if sheet.keyed:
            owner.setdefault(sheet.field, {})[row.get(KEY, "")] = row.get(VALUE, "")
        elif sheet.part is None:
            owner.setdefault(sheet.field, []).append(row.get(TEXT, ""))
        else:
            for name in _needed(sheet.part):
                row.setdefault(name, "")
            owner[sheet.field] = row if sheet.one else [*owner.get(sheet.field, []), row]
    if not sheet.one:
        for owner in owners.values():
            owner.setdefault(sheet.field, {} if sheet.keyed else [])


def _needed(part: type[Part]) -> list[str]:
    """Texts that a piece must have but may be empty: an empty cell is an empty text."""
    return [name for name in ("statement",) if name in part.model_fields]


def _tables(file: Path) -> dict[str, list[Row]]:
    _refuse_bombs(file)
    try:
        book = load_workbook(file, data_only=False, keep_links=False)
    except Exception as trouble:  # noqa: BLE001 - a broken workbook can set off anything in its reader
        raise Unreadable(
            f"it is not a workbook that can be read ({type(trouble).__name__})"
        ) from None
    return {sheet.title: list(_read(sheet)) for sheet in book.worksheets}


def mistakes(plain: dict[str, Any], trouble: ValidationError, file: str) -> list[str]:
    """The mistakes in the content of a workbook, each at its sheet and cell."""
    said = [
        (_place(plain, error["loc"]), sentence(error, _name(error["loc"])))
        for error in trouble.errors()
        if error["loc"]
    ]
    said += [(_place(plain, at), what) for at, what in contradictions(plain)]
    return [f"{file}, {place}: {what}." for place, what in dict.fromkeys(said)]


def _name(at: At) -> str:
    return next((str(part) for part in reversed(at) if isinstance(part, str)), "this")


def _place(plain: dict[str, Any], at: At) -> str:
    """The cell of a path, or the nearest row above it."""
    within: Any = plain
    place, column = "sheet guide", None
    for part in at:
        if isinstance(within, Row):
            place, column = within.place(part), part
        try:
            within = within[part]
        except (KeyError, IndexError, TypeError):
            break
    return place if column is None or not isinstance(within, Row) else within.place("")


def _refuse_bombs(file: Path) -> None:
    try:
        if file.stat().st_size > LARGEST:
            raise Unreadable(f"it is larger than {LARGEST // 1_000_000} MB, which no guide is")
        with ZipFile(file) as packed:
            members = packed.infolist()
            if len(members) > MEMBERS or sum(member.file_size for member in members) > UNPACKED:
                raise Unreadable("it unpacks to far more than any guide holds")
            if any(b"<!DOCTYPE" in packed.read(member)[:2000] for member in members):
                raise Unreadable("it holds a document type, which no guide needs")
    except (OSError, BadZipFile, ValueError, RuntimeError) as trouble:
        if isinstance(trouble, Unreadable):
            raise
        raise Unreadable("it is not a workbook (.xlsx)") from None


def _read(sheet: Worksheet) -> Iterator[Row]:
    # only what is there: a format alone, or a cell far away, must not cost a million rows
    cells = [cell for cell in sheet._cells.values() if cell.value is not None]  # noqa: SLF001
    lines: dict[int, list[Cell]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        lines.setdefault(cell.row, []).append(cell)
    if len(lines) > ROWS or any(cell.column > COLUMNS for cell in cells):
        raise Unreadable(f"sheet {sheet.title} is larger than any guide's")
    head = {cell.column: _text(sheet, cell).strip() for cell in lines.pop(1, [])}
    for line, row in lines.items():
        values = Row(sheet.title, line)
        for cell in row:
            if name := head.get(cell.column):
                values[name] = _text(sheet, cell)
                values.cells[name] = cell.coordinate
            elif str(cell.value).strip():
                raise Unreadable(
                    f"sheet {sheet.title}, cell {cell.coordinate}: its column has no heading in the "
                    f"first row"
                )
        if values:
            yield values


def _text(sheet: Worksheet, cell: Cell) -> str:
    """A cell's text, as it is shown.

    Raises:
        Unreadable: what is shown is worked out, or cannot be told from what is held.
    """
    here = f"sheet {sheet.title}, cell {cell.coordinate}"
    value: object = cell.value
    if cell.data_type == "f":
        raise Unreadable(f"{here}: a formula. It is not worked out: type its result")
    if cell.data_type == "e":
        raise Unreadable(f"{here}: the error {value}. Type what should stand there")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return _shown(value, str(cell.number_format), here)
    if not isinstance(value, str):
        raise Unreadable(f"{here}: a date or a time. Type it as text, with an apostrophe before it")
    return unescaped(value)


def _shown(value: float, form: str, here: str) -> str:
    """A number as its cell shows it."""
    if form in ("General", "@"):
        return f"{value:.15g}" if isinstance(value, float) else str(value)
    shape = SHOWN_AS.fullmatch(form)
    if shape is None:
        raise Unreadable(
            f"{here}: a number shown as “{form}”. Type it as text, with an apostrophe before it"
        )
    decimals = len(shape[2] or "")
    width = len(shape[1]) + (decimals + 1 if decimals else 0)
    return f"{value:0{width}.{decimals}f}"
