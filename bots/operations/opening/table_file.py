"""An area's own table as a file: written to be filled in, and read back with every mistake."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isfinite

from ehsg_events.kernel import Refused
from ehsg_events.panel.panel_table import Row, Table
from guides.terms import Column, LocalTable

MOST_ROWS, MOST_CELL = 500, 2000
SHOWN = 20  # mistakes named at once

Typed = dict[str, str | float]


def read_table(found: Table, table: LocalTable) -> list[Typed]:
    """The rows of a file, each value by its column's id; empty cells and rows are left out.

    Raises:
        Refused: a heading is not one of the table's, or a cell holds what it cannot.
    """
    columns = _columns(found.rows[0].cells if found.rows else (), table, found.file)
    mistakes = [
        f"{found.place(row, n)}: {wrong}."
        for row in found.rows[1:]
        for n, cell in enumerate(row.cells)
        if (wrong := row.unreadable.get(n) or _wrong(_at(columns, n), cell.strip()))
    ]
    if mistakes:
        raise Refused("\n".join(mistakes[:SHOWN]), field="file")
    if len(found.rows) > MOST_ROWS:
        raise Refused(f"{found.file} has more than {MOST_ROWS} rows.", field="file")
    return [dict(_valued(row, columns)) for row in found.rows[1:]]


def _at(columns: Sequence[Column | None], number: int) -> Column | None:
    return columns[number] if number < len(columns) else None


def _valued(row: Row, columns: Sequence[Column | None]) -> Iterator[tuple[str, str | float]]:
    for column, cell in zip(columns, row.cells, strict=False):
        if column and cell.strip():
            number = _number(cell) if column.kind == "number" else None
            yield column.id, cell.strip() if number is None else number


def written(table: LocalTable, rows: Sequence[Mapping[str, str | float]]) -> bytes:
    """A table as CSV: its headings, and what stands in it now."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(column.title for column in table.columns)
    for row in rows:
        writer.writerow(_plain(row.get(column.id, "")) for column in table.columns)
    return out.getvalue().encode("utf-8-sig")


def _plain(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def _columns(head: Iterable[str], table: LocalTable, file: str) -> list[Column | None]:
    """The column under each heading, by its title or its id; none under an empty one."""
    known = {
        name.casefold(): column for column in table.columns for name in (column.id, column.title)
    }
    columns = [(cell.strip(), known.get(cell.strip().casefold())) for cell in head]
    strange = [cell for cell, column in columns if cell and column is None]
    named = [column.id for _, column in columns if column]
    if strange or not named or len(set(named)) < len(named):
        heads = ", ".join(column.title for column in table.columns)
        wrong = f" Not known: {', '.join(strange)}." if strange else ""
        raise Refused(f"{file}: the headings are {heads}, each once.{wrong}", field="file")
    return [column for _, column in columns]


def _wrong(column: Column | None, cell: str) -> str | None:
    """What is wrong with a cell; none if nothing is."""
    if column is None:
        return f"{cell} stands under no heading" if cell else None
    if len(cell) > MOST_CELL:
        return f"{column.title} is longer than {MOST_CELL} letters"
    if column.kind == "number" and cell and _number(cell) is None:
        return f"{column.title} is a number, not {cell}"
    return None


def _number(cell: str) -> float | None:
    try:
        value = float(cell.replace(",", ""))
    except ValueError:
        return None
    return value if isfinite(value) else None
