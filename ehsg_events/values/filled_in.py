"""What an area fills in of what its guide leaves open: the cells of a table, and evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ehsg_events.kernel import Frozen, Words
from guides.model import Guide


class Cell(Frozen):
    """One cell of an area's own table: words, which are sealed, or a plain number."""

    column: str
    words: Words | None = None
    number: float | None = None


Row = tuple[Cell, ...]  # an empty cell is left out


def digests(
    guide: Guide, item: str, terms: Mapping[str, Words], tables: Mapping[str, tuple[Row, ...]]
) -> tuple[str, ...]:
    """What stands beside an item as the area filled it in, for the stamp of an answer.

    Args:
        terms: what local terms mean in the area, by the guide's ids.
        tables: the area's tables, likewise.
    """
    return tuple(_digests(guide, item, terms, tables))


def _digests(
    guide: Guide, item: str, terms: Mapping[str, Words], tables: Mapping[str, tuple[Row, ...]]
) -> Iterator[str]:
    for term in guide.local_terms:
        if term.id in terms and guide.stands(item, term.beside):
            yield terms[term.id].sha256
    for table in guide.local_tables:
        if guide.stands(item, table.beside):
            for cell in (cell for row in tables.get(table.id, ()) for cell in row):
                yield cell.words.sha256 if cell.words else f"{cell.column} {cell.number}"
