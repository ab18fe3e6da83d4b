"""A table as CSV: for programs as it is, for spreadsheets with nothing that they would run."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO

from projections.tables.model import Table, Value

RUN = tuple("=+-@\t\r\n＝＋－＠")
NUMBER = re.compile(r"-[0-9]{1,15}(?:\.[0-9]{1,15})?")
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # spreadsheets recognise UTF-8 by it


def for_programs(table: Table) -> bytes:
    """Names over the columns, and every value as it is."""
    names = [column.name for column in table.columns]
    return listed(names, table.rows)


def listed(names: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Rows under names."""
    return _written([names, *([_plain(value) for value in row] for row in rows)]).encode()


def for_spreadsheets(table: Table) -> bytes:
    """Titles over the columns, and a text that a spreadsheet would run begins with an apostrophe."""
    titles = [column.title for column in table.columns]
    rows = [[_harmless(value) for value in row] for row in table.rows]
    return (MARK + _written([titles, *rows])).encode()


def again_for_spreadsheets(content: bytes) -> bytes:
    """A table that was written for programs, with nothing that a spreadsheet would run."""
    rows = csv.reader(StringIO(content.decode(), newline=""))
    cells = [[cell if NUMBER.fullmatch(cell) else harmless(cell) for cell in row] for row in rows]
    return (MARK + _written(cells)).encode()


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(RUN) else text


def _harmless(value: Value) -> str:
    return harmless(value) if isinstance(value, str) else _plain(value)


def _plain(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case date():
            return value.isoformat()
    return str(value)


def _written(rows: Iterable[Sequence[str]]) -> str:
    buffer = StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()
