"""A panel as a table of plain cells, each with its place in the file it came from. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from types import MappingProxyType
from typing import NamedTuple

from ehsg_events.kernel import Refused

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
NOTHING: Mapping[int, str] = MappingProxyType({})


class Row(NamedTuple):
    """One row: its number as the file counts, its cells, and what cannot be read in which."""

    number: int
    cells: tuple[str, ...]
    unreadable: Mapping[int, str] = NOTHING

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.unreadable and not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """A file's rows without the blank ones, the first with the headings.

    `sheet` is the sheet of a workbook that was read, whose cells are named by letters; `notes` say
    how the file was understood.
    """

    file: str
    rows: tuple[Row, ...]
    sheet: str = ""
    notes: tuple[str, ...] = ()

    def place(self, row: Row, column: int) -> str:
        """Where a cell stands, as a spreadsheet or an editor counts.

        Args:
            column: from 0.
        """
        if self.sheet:
            return f"{self.file}, sheet {self.sheet}, cell {letters(column)}{row.number}"
        return f"{self.file}, line {row.number}, column {column + 1}"


def letters(column: int) -> str:
    """A column, counted from 0, as spreadsheets name it: A, B … Z, AA."""
    before, last = divmod(column, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def table_of(text: str, file: str) -> Table:
    """The table in a text whose cells are separated by commas, semicolons or tabs.

    Raises:
        Refused: it is no such text.
    """
    if "\0" in text:
        raise Refused(f"{file} is not a text file. Save the panel as CSV or as XLSX.")
    body, named = _without_sep(text.removeprefix("\ufeff"))
    delimiter = named or _delimiter(body)
    rows = tuple(row for row in _rows(body, file, delimiter, bool(named)) if not row.is_blank)
    note = f"{file}: its cells are separated by {DELIMITERS.get(delimiter, delimiter)}."
    return Table(file, rows, notes=() if delimiter == "," else (note,))


def _without_sep(text: str) -> tuple[str, str]:
    """The text without the line by which Excel is told the separator, and that separator."""
    first, _, rest = text.partition("\n")
    line = first.strip("\r\"' ")
    return (rest, line[4:]) if line[:4].lower() == "sep=" and len(line) == 5 else (text, "")


def _delimiter(text: str) -> str:
    """What separates the headings: of the three the one that stands there most often."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=first.count)


def _rows(text: str, file: str, delimiter: str, has_sep: bool) -> Iterator[Row]:  # noqa: FBT001
    """Each row with the line it begins on; a quoted cell may go over several lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = line = 1 + has_sep
    for _ in count():
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as mistake:
            raise Refused(f"{file}, line {line}: this is not CSV ({mistake}).") from None
        yield Row(line, tuple(cells))
        line = reader.line_num + before
