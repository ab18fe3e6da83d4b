"""What an area fills in of what its guide leaves open: the cells of a table, and evidence."""

from __future__ import annotations

from ehsg_events.kernel import Frozen, Words


class Cell(Frozen):
    """One cell of an area's own table: words, which are sealed, or a plain number."""

    column: str
    words: Words | None = None
    number: float | None = None


Row = tuple[Cell, ...]  # an empty cell is left out
