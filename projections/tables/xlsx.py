"""A book as a spreadsheet: a sheet for each table, and not one formula."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.xml.functions import tostring

from projections.tables.model import Book, Table, Value
from projections.tables.zipped import LONG_AGO, zipped

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

NARROW, WIDE = 8, 48  # characters
LINE, HIGHEST = 15, 409  # points: the height of one line, and of the highest row a sheet can have
CORE = "docProps/core.xml"
HEAD = Font(name="Calibri", size=11, bold=True)  # as the other cells, but bold
TEXT = "s"  # a cell of this type is text, whatever it begins with
MOST = 32_000  # of 32,767 units of UTF-16, which is all that a cell can hold
LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # its end may begin another
CONTINUED, CONTINUES = "(continued) ", " (continued in the next row)"
MANY = 6  # columns; beside more of them the name of a row is kept in sight
NAMES = ("label", "item", "name", "agency")  # columns that name a row


def write(book: Book) -> bytes:
    """A book as XLSX, the same bytes for the same content."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.title, workbook.properties.description = book.title, book.says
    for table in book.tables:
        _fill(workbook.create_sheet(table.title), table)
    return saved(workbook, book.at)


def saved(workbook: Workbook, at: datetime | None = None) -> bytes:
    """A workbook's bytes, with no time in them but the one given."""
    buffer = BytesIO()
    workbook.save(buffer)
    moment = (at or LONG_AGO).astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties = workbook.properties  # saving has set them to the clock's time
    properties.creator, properties.created, properties.modified = None, moment, moment
    with ZipFile(buffer) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    return zipped({**parts, CORE: tostring(properties.to_tree())})


def _fill(sheet: Worksheet, table: Table) -> None:
    widths = [_width(texts) for texts in _columns(table)]
    for place, column in enumerate(table.columns, start=1):
        put(sheet, 1, place, column.title).font = HEAD
        sheet.column_dimensions[get_column_letter(place)].width = widths[place - 1]
    rows = (part for row in table.rows for part in _parts(row))
    for number, row in enumerate(rows, start=2):
        for place, value in enumerate(row, start=1):
            put(sheet, number, place, value).alignment = Alignment(wrap_text=True, vertical="top")
        lines = max(_lines(str(value), width) for value, width in zip(row, widths, strict=True))
        sheet.row_dimensions[number].height = min(HIGHEST, lines * LINE)
    sheet.freeze_panes = f"{get_column_letter(_kept_in_sight(table) + 1)}2"
    _print_wide(sheet)


def _kept_in_sight(table: Table) -> int:
    """How many columns stay where they are when a wide table is moved sideways."""
    names = [column.name for column in table.columns]
    if len(names) <= MANY:
        return 0
    return next((names.index(name) + 1 for name in NAMES if name in names), 0)


def _parts(row: Sequence[Value]) -> Iterator[tuple[Value, ...]]:
    """A row, and below it what its cells cannot hold, with the short words said again."""
    cells = [list(_pieces(value)) if isinstance(value, str) else [value] for value in row]
    for place in range(max(map(len, cells))):
        yield tuple(_piece(pieces, place) for pieces in cells)


def _piece(pieces: Sequence[Value], place: int) -> Value:
    if len(pieces) == 1:
        return pieces[0] if place == 0 or isinstance(pieces[0], str) else None  # counted once
    return pieces[place] if place < len(pieces) else None


def _pieces(text: str) -> Iterator[str]:
    """A text in pieces that a cell can hold, each of which says that it goes on."""
    begin = ""
    while _units(text) > MOST:
        cut = MOST
        while _units(text[:cut]) > MOST:
            cut -= 1000
        yield begin + text[:cut] + CONTINUES
        begin, text = CONTINUED, text[cut:]
    yield begin + text


def _units(text: str) -> int:
    return len(escaped(text).encode("utf-16-le", "surrogatepass")) // 2


def _columns(table: Table) -> Iterator[list[str]]:
    """The texts in each column, its title first."""
    for place, column in enumerate(table.columns):
        yield [column.title, *(str(row[place] or "") for row in table.rows)]


def _width(texts: Sequence[str]) -> int:
    longest = max(len(line) for text in texts for line in (text.splitlines() or [""]))
    return min(WIDE, max(NARROW, longest + 2))


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column, allowing some room since words are not broken."""
    return sum(
        1 if len(line) <= width - 2 else 1 + len(line) // (width - 6)
        for line in text.splitlines() or [""]
    )


def _print_wide(sheet: Worksheet) -> None:
    """Print all columns side by side, under their headings on every page."""
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0


def escaped(text: str) -> str:
    """A text as a cell holds it: what looks like one of its escapes stays the letters it is."""
    return LIKE_AN_ESCAPE.sub("_x005F_", text).replace("\r", "_x000D_")


def put(sheet: Worksheet, row: int, place: int, value: Value) -> Cell:
    """Put a value into a cell; a text stays text, even one that begins with an equals sign.

    A text that looks like an escape of XLSX, such as `_x0041_`, stays the letters it is.
    """
    cell = sheet.cell(row, place)
    assert isinstance(cell, Cell), "no cells are merged"
    cell.value = escaped(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = TEXT
    return cell
