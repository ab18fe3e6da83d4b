"""Tables that were printed as text, their columns side by side: put one under the other again.

Labels that stand beside each other are the heads of columns, and what stands under each is its own.
Where a column begins is seen in its head; text between the columns may be off by a few characters,
since letters of different widths were set in characters of one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from bots.forms.headers import NUMBERED
from bots.forms.labels import marks_of
from bots.forms.lines import Line
from bots.forms.wording import Label, is_ending, is_section, letters
from ehsg_events.kernel import Refused
from guides.model import Guide

NEAR, AROUND = 3, 7  # characters by which a word, and a word after a gap, may miss its column
EXACT = 1  # characters by which it may where the file itself says in which column it begins
TAB = 8  # characters that a tab at the beginning of a line stands for
TALLEST = 16  # lines of the heads of a table
SEGMENT = re.compile(r"\S+(?: \S+)*")


@dataclass
class Column:
    """One column of a table: the character at which it begins, its label, the lines under it."""

    begins: int
    head: str = ""
    label: Label | None = None
    lines: list[Line] = field(default_factory=list)


def unfolded(lines: Sequence[Line], labels: Sequence[Label], guide: Guide) -> list[Line]:
    """The lines with every table in one column: each label, and under it what is its own.

    Raises:
        Refused: the columns of a table cannot be told apart.
    """
    own = [label for label in labels if label.kind in ("score", "field")]
    out: list[Line] = []
    at = 0
    while at < len(lines):
        columns, until = _tabbed_heads(lines, at, own) or _heads(lines, at, own)
        if columns:
            split = _by_tabs if "\t" in lines[at].text else split_at
            until = _fill(columns, split, lines, until, labels, guide)
            out += _one_by_one(columns, lines[at])
            at = until
        else:
            out.append(lines[at])
            at += 1
    return _with_margins(out)


def _heads(lines: Sequence[Line], at: int, labels: Sequence[Label]) -> tuple[list[Column], int]:
    """The columns whose heads begin in a line, and where the heads end; none if none do.

    Of the spellings of a label the longest is taken: it may go on in the next line.
    """
    columns: list[Column] = []
    named, until = list[Column](), at
    for index in range(at, min(at + TALLEST, len(lines))):
        grown = _grown(columns, lines[index], labels)
        if grown is None:
            break
        columns = grown
        if _named(columns, labels):
            if len(columns) == 1 and _stops(columns[0], lines, index, labels):
                break
            named, until = columns, index + 1
    return (sorted(named, key=lambda column: column.begins), until) if len(named) > 1 else ([], at)


def _tabbed_heads(
    lines: Sequence[Line], at: int, labels: Sequence[Label]
) -> tuple[list[Column], int] | None:
    """The columns of a table whose cells are parted by tabs, if a line holds their heads."""
    line = lines[at]
    cells = line.text.split("\t")
    columns = [Column(index, letters(cell)) for index, cell in enumerate(cells)]
    if line.whole or len(cells) < 2 or not _named(columns, labels):
        return None
    return columns, at + 1


def _by_tabs(line: Line, begins: Sequence[int]) -> list[Line | None] | None:
    """The cells of a line that are parted by tabs; none if there are more than columns."""
    cells = [*[""] * (line.indent // TAB), *line.text.split("\t")]
    cells += [""] * (len(begins) + 1 - len(cells))
    if len(cells) > len(begins) + 1:
        return None
    return [
        replace(line, text=cell.strip(), indent=0, whole=True) if cell.strip() else None
        for cell in cells
    ]


def _stops(column: Column, lines: Sequence[Line], index: int, labels: Sequence[Label]) -> bool:
    """Whether a single head does not go on in the next line: then it is a label, and no column."""
    return index + 1 == len(lines) or _grown([column], lines[index + 1], labels) is None


def _grown(columns: Sequence[Column], line: Line, labels: Sequence[Label]) -> list[Column] | None:
    """The columns with one more line of their heads; none if the line is none of them."""
    grown = [replace(column, lines=[]) for column in columns]
    for begins, text in _segments(line):
        near = [column for column in grown if abs(column.begins - begins) <= NEAR]
        column = near[0] if near else Column(begins)
        column.head += letters(text)
        if not _begins(column.head, labels):
            return None
        grown += [] if near else [column]
    return grown if _segments(line) else None


def _segments(line: Line) -> list[tuple[int, str]]:
    if line.whole:
        return []
    return [(line.column_of(match.start()), match[0]) for match in SEGMENT.finditer(line.text)]


def _begins(head: str, labels: Sequence[Label]) -> bool:
    return any(spelled.startswith(head) for label in labels for spelled in label.spellings)


def _named(columns: Sequence[Column], labels: Sequence[Label]) -> bool:
    """Whether every column's head is a label, each a different one; remembers which."""
    found = [
        next((label for label in labels if column.head in label.spellings), None)
        for column in columns
    ]
    if None in found or len({(label.kind, label.which) for label in found if label}) < len(found):
        return False
    for column, label in zip(columns, found, strict=True):
        column.label = label
    return True


def _fill(
    columns: Sequence[Column],
    split: Callable[[Line, Sequence[int]], list[Line | None] | None],
    lines: Sequence[Line],
    at: int,
    labels: Sequence[Label],
    guide: Guide,
) -> int:
    """Sort the lines below the heads into the columns; return where the table ends."""
    begins = [column.begins for column in columns[1:]]
    while at < len(lines) and not _ends(lines, at, labels, guide):
        pieces = split(lines[at], begins)
        if pieces is None or (pieces[0] and _is_past(columns[0], pieces[0])):
            if len(lines[at].text.split()) > 1 and not lines[at].after_blank:
                raise Refused(
                    f"{lines[at].where}: the columns of the table run into each other at "
                    f"“{lines[at].text[:60]}”, and nothing shows what belongs to which. Hand in "
                    f"the document itself, as DOCX or PDF."
                )
            break
        for column, piece in zip(columns, pieces, strict=True):
            blank = lines[at].after_blank and bool(column.lines)
            column.lines += [replace(piece, after_blank=blank)] if piece else []
        at += 1
    return at


def _is_past(first: Column, piece: Line) -> bool:
    """Whether text stands under a score that is there already: a score takes one line."""
    return bool(first.label and first.label.kind == "score" and first.lines and piece.text)


def _ends(lines: Sequence[Line], at: int, labels: Sequence[Label], guide: Guide) -> bool:
    line = lines[at]
    numbered = NUMBERED.match(line.text)
    return (
        bool(numbered and numbered[1] in guide.items)
        or is_section(line.text, guide)
        or is_ending(line.text, guide)
        or any(mark.at == 0 for mark in marks_of(lines[at : at + TALLEST], labels))
    )


def split_at(line: Line, begins: Sequence[int]) -> list[Line | None] | None:
    """The pieces of a line in each column; none if a word runs over where a column begins."""
    cuts: list[int] = []
    for column in begins:
        cut = _cut(line, column, cuts[-1] if cuts else 0)
        if cut is None:
            return None
        cuts.append(cut)
    bounds = pairwise([0, *cuts, len(line.text)])
    return [
        _piece(line, start, end, column)
        for (start, end), column in zip(bounds, [0, *begins], strict=True)
    ]


def _piece(line: Line, start: int, end: int, column: int) -> Line | None:
    text = line.text[start:end]
    left = start + len(text) - len(text.lstrip())
    indent = max(line.column_of(left) - column, 0)
    words = len(line.text[:left].split())
    return (
        replace(
            line,
            text=text.strip(),
            indent=indent if indent > NEAR else 0,
            full=None,
            places=line.places[words : words + len(text.split())],
        )
        if text.strip()
        else None
    )


def _cut(line: Line, column: int, since: int) -> int | None:
    """Where in a line's text a column begins."""
    near = EXACT if line.places else NEAR
    if line.indent >= column - near:
        return since
    starts = [
        (abs(line.column_of(word.start()) - column), word.start())
        for word in re.compile(r"(?<=\s)\S+").finditer(line.text, since)
        if _may_begin(line, word, column, near)
    ]
    if starts:
        return min(starts)[1]
    beyond = [
        word.start()
        for word in re.compile(r"\S+").finditer(line.text)
        if line.column_of(word.start()) > column
    ]
    if not beyond:
        return len(line.text) if line.places or line.edge <= column else None
    start = beyond[0]
    return start if line.text[:start].endswith("  ") or not start else None  # an empty cell


def _may_begin(line: Line, word: re.Match[str], column: int, near: int) -> bool:
    """Whether a word may be the first of a column: near its head and past where it begins."""
    begins = line.column_of(word.start())
    off = abs(begins - column)
    apart = line.text[max(word.start() - 2, 0) : word.start()].isspace() and word.start() > 1
    if line.places:
        return off <= near
    return off <= (AROUND if apart else near) and (apart or begins + len(word[0]) > column)


def _one_by_one(columns: Sequence[Column], first: Line) -> Iterator[Line]:
    for column in columns:
        assert column.label is not None
        yield Line(first.number, 0, column.label.printed, after_blank=True, whole=True)
        yield from (replace(line, source=column.label) for line in column.lines)


def _with_margins(lines: Sequence[Line]) -> list[Line]:
    """Give the lines of each column the margin that its longest line shows."""
    widest: dict[str, int] = {}
    for line in lines:
        if isinstance(line.source, Label):
            which = line.source.which
            widest[which] = max(widest.get(which, 0), line.edge)
    return [
        replace(line, margin=widest[line.source.which], source=None)
        if isinstance(line.source, Label)
        else line
        for line in lines
    ]
