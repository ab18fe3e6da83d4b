"""Tables of cells put into one column: each label, and under it the words that belong to it.

A row of labels heads the columns below it. Elsewhere a cell's words belong to the label that stands
to the left of them, or at the top of the same cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bots.forms.headers import NUMBERED
from bots.forms.lines import Line
from bots.forms.wording import Label, letters, wording_of, words
from guides.model import Guide

Cell = Sequence[Line]
Row = Sequence[Cell]


def in_one_column(rows: Sequence[Row], labels: Sequence[Label], guide: Guide) -> Iterator[Line]:
    """The lines of a table in the order in which they are to be read."""
    heads: Row = ()
    columns: list[list[Line]] = []  # none before the first row under the heads
    for row in rows:
        anew = any(is_head(cell, labels, guide) for cell in row)
        if _are_heads(row, labels, guide):
            yield from _emptied(heads, columns, labels, guide)
            heads, columns = row, []
        elif heads and len(row) == len(heads) and not anew:
            if _names_a_descriptor(row, heads, labels, guide):
                yield from _emptied(heads, columns, labels, guide)
                columns = []
            columns = columns or [[] for _ in row]
            columns = [[*column, *cell] for column, cell in zip(columns, row, strict=True)]
        else:
            yield from _emptied(heads, columns, labels, guide)
            heads, columns = (), []
            yield from (line for cell in row for line in _apart(cell))
    yield from _emptied(heads, columns, labels, guide)


def _emptied(
    heads: Row, columns: Sequence[Sequence[Line]], labels: Sequence[Label], guide: Guide
) -> Iterator[Line]:
    """What stands under no label, such as the descriptor; then each label and its column."""
    pairs = [
        (head, column, is_head(head, labels, guide))
        for head, column in zip(heads, columns, strict=False)
    ]
    yield from (line for _, column, labelled in pairs if not labelled for line in column)
    for head, column, labelled in pairs:
        yield from [*_apart(head), *column] if labelled else ()


def _apart(cell: Cell) -> list[Line]:
    return [replace(line, after_blank=line.after_blank or not i) for i, line in enumerate(cell)]


def _are_heads(row: Row, labels: Sequence[Label], guide: Guide) -> bool:
    """Whether every filled cell is a label or another known head, and two or more are labels."""
    filled = [cell for cell in row if cell]
    found = [cell for cell in filled if is_head(cell, labels, guide)]
    known = {letters(head) for head in wording_of(guide).heads}
    return len(found) > 1 and all(
        is_head(cell, labels, guide) or letters(_text(cell)) in known for cell in filled
    )


def is_head(cell: Cell, labels: Sequence[Label], guide: Guide) -> bool:
    """Whether a cell holds a label and nothing else but what is printed with it."""
    if not cell:
        return False
    printed = {letters(text) for text in wording_of(guide).furniture}
    rest = [line for line in cell[1:] if letters(line.text) not in printed]
    return is_label(_text(cell), labels) or (is_label(cell[0].text, labels) and not rest)


def is_label(text: str, labels: Sequence[Label]) -> bool:
    """Whether a text is a label of a descriptor and nothing else."""
    own = letters(text)
    return any(own in label.spellings for label in labels if label.kind in ("score", "field"))


def _text(cell: Cell) -> str:
    return " ".join(line.text for line in cell)


def _names_a_descriptor(row: Row, heads: Row, labels: Sequence[Label], guide: Guide) -> bool:
    """Whether a row is another descriptor's: one of its cells, under no label, names it."""
    own = [cell for cell, head in zip(row, heads, strict=True) if not is_head(head, labels, guide)]
    return any(
        (match := NUMBERED.match(_text(cell))) and match[1] in guide.items
        for cell in own
        if words(_text(cell))
    )
