"""A book as a spreadsheet: a sheet for each table, and not one formula."""

from __future__ import annotations

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
    for number, row in enumerate(table.rows, start=2):
        for place, value in enumerate(row, start=1):
            put(sheet, number, place, value).alignment = Alignment(wrap_text=True, vertical="top")
        lines = max(_lines(str(value), width) for value, width in zip(row, widths, strict=True))
        sheet.row_dimensions[number].height = min(HIGHEST, lines * LINE)
    sheet.freeze_panes = "A2"
    _print_wide(sheet)


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


def put(sheet: Worksheet, row: int, place: int, value: Value) -> Cell:
    """Put a value into a cell; a text stays text, even one that begins with an equals sign."""
    cell = sheet.cell(row, place)
    assert isinstance(cell, Cell), "no cells are merged"
    cell.value = value
    if isinstance(value, str):
        cell.data_type = TEXT
    return cell
