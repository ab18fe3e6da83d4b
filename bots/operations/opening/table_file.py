"""An area's own table as a CSV file: written to be filled in, and read back with every mistake."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isfinite

from ehsg_events.kernel import Refused
from guides.terms import Column, LocalTable

MOST_ROWS, MOST_CELL = 500, 2000
SHOWN = 20  # mistakes named at once

Typed = dict[str, str | float]


def read_table(text: str, table: LocalTable, file: str) -> list[Typed]:
    """The rows of a file, each value by its column's id; empty cells and rows are left out.

    Raises:
        Refused: a heading is not one of the table's, or a cell holds what it cannot.
    """
    (_, head), *rows = _rows(text.removeprefix("\ufeff"), file)
    columns = _columns(head, table, file)
    filled, mistakes = [], []
    for line, row in rows:
        cells = [(n, column, row[n].strip()) for n, column in enumerate(columns) if n < len(row)]
        mistakes += [
            f"{file}, line {line}, column {n + 1}: {wrong}."
            for n, column, cell in cells
            if (wrong := _wrong(column, cell))
        ]
        mistakes += [
            f"{file}, line {line}, column {n + 1}: {row[n].strip()} stands under no heading."
            for n in range(len(columns), len(row))
            if row[n].strip()
        ]
        filled.append({column.id: cell for _, column, cell in cells if column and cell})
    if mistakes:
        raise Refused("\n".join(mistakes[:SHOWN]), field="file")
    kept = [row for row in filled if row]
    if len(kept) > MOST_ROWS:
        raise Refused(f"{file} has {len(kept)} rows; at most {MOST_ROWS} are kept.", field="file")
    return [dict(_valued(row, table)) for row in kept]


def _rows(text: str, file: str) -> list[tuple[int, list[str]]]:
    """Each row with the line it begins on; a quoted cell may go over several lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows, line = [], 1
    try:
        for row in reader:
            rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error as mistake:
        raise Refused(f"{file}, line {line}: this is not CSV ({mistake}).", field="file") from None
    return rows or [(1, [])]


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


def _delimiter(text: str) -> str:
    """What stands between the cells, as the first line has it."""
    first = text.partition("\n")[0]
    return max((",", ";", "\t"), key=first.count)


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
        raise Refused(f"{file}, line 1: the headings are {heads}, each once.{wrong}", field="file")
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


def _valued(row: Mapping[str, str], table: LocalTable) -> Iterator[tuple[str, str | float]]:
    kinds = {column.id: column.kind for column in table.columns}
    for column, cell in row.items():
        number = _number(cell) if kinds[column] == "number" else None
        yield column, cell if number is None else number
