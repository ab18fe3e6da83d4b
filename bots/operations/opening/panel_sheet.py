"""A panel as offices keep it: CSV in their encodings and separators, or a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bots.forms.decoding import decoded
from bots.operations.form import Upload
from ehsg_events.kernel import Refused
from ehsg_events.panel.panel_table import Row, Table, table_of

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

WORKBOOK = b"PK\x03\x04"  # how every packed file begins
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
LARGEST = 5_000_000  # bytes; a panel of thousands is a tenth of it
UNPACKED = 60_000_000  # bytes of a workbook's content
ROWS, COLUMNS = 20_000, 60  # filled cells beyond are no panel's


def table(file: Upload) -> Table:
    """The rows of a panel file, whichever way it was saved.

    Raises:
        Refused: it is no table that can be read, or far too large for a panel.
    """
    if len(file.content) > LARGEST:
        raise Refused(f"{file.name} is larger than {LARGEST // 1_000_000} MB, which no panel is.")
    if file.content.startswith(OLD_WORKBOOK):
        raise Refused(f"{file.name} is a workbook of the old kind, or locked. Save it as XLSX.")
    if file.content.startswith(WORKBOOK):
        return _of_workbook(file)
    text, note = decoded(file.content, file.name)
    found = table_of(text, file.name)
    notes = (*([note] if note else []), *found.notes)
    return Table(found.file, found.rows, notes=notes)


def _of_workbook(file: Upload) -> Table:
    """The first sheet with anything on it, or the one that is called panel."""
    from openpyxl import load_workbook

    _refuse_bombs(file)
    try:
        book = load_workbook(io.BytesIO(file.content), data_only=True, keep_links=False)
    except Exception as trouble:  # noqa: BLE001 - a broken workbook can set off anything in its reader
        raise Refused(
            f"{file.name} is no workbook that can be read ({type(trouble).__name__}). Save it as "
            f"XLSX or CSV."
        ) from None
    filled = [(sheet, rows) for sheet in book.worksheets if (rows := tuple(_rows(sheet, file)))]
    if not filled:
        raise Refused(f"{file.name} is empty.")
    called = [one for one in filled if one[0].title.strip().casefold() == "panel"]
    sheet, rows = (called or filled)[0]
    others = [other.title for other, _ in filled if other is not sheet]
    note = f"{file.name}: sheet {sheet.title} is read, and not {', '.join(others)}."
    return Table(file.name, rows, sheet.title, (note,) if others else ())


def _refuse_bombs(file: Upload) -> None:
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(io.BytesIO(file.content)) as packed:
            size = sum(member.file_size for member in packed.infolist())
    except (BadZipFile, ValueError, RuntimeError):
        raise Refused(f"{file.name} is no workbook that can be read. Save it as XLSX.") from None
    if size > UNPACKED:
        raise Refused(f"{file.name} unpacks to far more than any panel holds.")


def _rows(sheet: Worksheet, file: Upload) -> Iterator[Row]:
    """The rows with anything in them; a cell that was only coloured holds nothing."""
    filled: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sorted(sheet._cells.items()):  # noqa: SLF001 - only what is there; a sheet can be a billion cells
        if cell.value is not None:
            filled.setdefault(row, {})[column - 1] = cell
    if len(filled) > ROWS or any(max(cells) >= COLUMNS for cells in filled.values()):
        raise Refused(f"{file.name}, sheet {sheet.title}: it is larger than any panel.")
    for number, cells in filled.items():
        texts = [_text(cells[n]) if n in cells else "" for n in range(max(cells) + 1)]
        wrong = {n: what for n, cell in cells.items() if (what := _unreadable(cell))}
        found = Row(number, tuple(texts), wrong)
        if not found.is_blank:
            yield found


def _text(cell: Any) -> str:
    """A cell as it is shown: a number with the places that its format gives it."""
    value = cell.value
    if isinstance(value, float) and not value.is_integer():
        places = len(cell.number_format.partition(".")[2].partition(";")[0].rstrip("_) "))
        fixed = set(cell.number_format) <= set("0.#")
        return f"{value:.{places}f}" if fixed and places else f"{value:.15g}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(int(value)) if float(value).is_integer() else str(value)
    return str(value)


def _unreadable(cell: Any) -> str:
    """What keeps a cell from being read; nothing if it holds text or a number."""
    if cell.data_type == "e":
        return f"the cell shows the error {cell.value}"
    if cell.is_date:
        return f"the cell holds a date ({cell.value:%d %B %Y}): format it as text and type it anew"
    if isinstance(cell.value, bool):
        return f"the cell holds {str(cell.value).upper()}, which is neither a word nor a number"
    return ""
