"""The console that answers are printed on: as wide as the terminal, unwrapped into a pipe."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.table import Column, Table
from rich.text import Text

SHORTENED = 16  # characters by which a longer text is still recognised
UNWRAPPED = 10_000  # columns: a program that reads a line wants the whole of it


def console() -> Console:
    """A console as wide as the terminal; into a pipe, as wide as the text needs."""
    out = Console(highlight=False)
    return out if out.is_terminal else Console(highlight=False, width=UNWRAPPED)


def headed(title: str, *columns: str) -> Table:
    """An empty table under a title; columns of figures are set to the right."""
    table = Table(title=Text(title), title_justify="left", title_style="bold", pad_edge=False)
    for column in columns:
        number = column in ("n", "Don't know", "Middle", "Range", "Within one", "Done")
        table.add_column(column, justify="right" if number else "left")
    return table


def draw(table: Table) -> None:
    """Show a table; where it does not fit without breaking words, each row is a paragraph."""
    out = console()
    if sum(map(_needs, table.columns)) + 3 * len(table.columns) + 1 <= out.width:
        out.print(table)
        return
    out.print(table.title or "", style="bold")
    for line in _paragraphs(table):
        out.print(line)


def _needs(column: Column) -> int:
    """How wide a column must be for its words to stay whole."""
    return max(map(_longest, [column.header, *column.cells]))


def _longest(cell: RenderableType) -> int:
    if isinstance(cell, Text) and cell.no_wrap:
        return min(len(cell), SHORTENED)
    return max(map(len, str(cell).split()), default=0)


def _paragraphs(table: Table) -> Iterator[RenderableType]:
    heads = [str(column.header) for column in table.columns]
    for row in zip(*(column.cells for column in table.columns), strict=True):
        cells = [cell.plain if isinstance(cell, Text) else str(cell) for cell in row]
        named = zip(heads, cells, strict=True)
        parts = [f"{head} {cell}".strip() for head, cell in named if cell]
        yield Text(f"{parts[0].removeprefix(heads[0]).strip()}: {'; '.join(parts[1:])}")
