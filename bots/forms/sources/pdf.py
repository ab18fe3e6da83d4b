"""A form as PDF: its words with their places, sorted into the cells of its tables and into lines.

Cells are known by the rules around them. Where a table has none, its columns are found as in text,
by the places of their heads. What cannot be told apart is refused: no score is ever guessed.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import groupby
from typing import Any

from bots.forms.decoding import LONGEST
from bots.forms.lines import OFTEN, PAGE_NUMBER, Line, kept, masked
from bots.forms.sources.cells import in_one_column
from bots.forms.sources.typeset import (
    Printed,
    Word,
    apart,
    as_lines,
    letter_width,
    lines_from,
    pitch_of,
    text_of,
)
from bots.forms.text import form_of
from bots.forms.wording import Label, labels_of, possessives
from ehsg_events.kernel import Refused
from ehsg_events.states.submission import Form
from guides.model import Guide

BIGGEST = 10 * LONGEST  # bytes of a file with pictures in it
MOST = 150  # pages; a form has about forty
WORDS = 100_000  # words on all pages
LETTERS, RULES = 50_000, 5_000  # on one page; a full one has about 4,000 letters
FEWEST = 20  # words of a form
EDGE = 2  # lines at the top and at the foot of a page that may be its head or foot
RAGGED = 1.5  # letters by which lines outside of tables may end before the right edge
ALIKE = 4.0  # points by which the columns of a table may be off on its next page

Box = tuple[float, float, float, float]


@dataclass
class Page:
    """One page: its lines outside of tables, and the cells of its tables, from top to bottom."""

    number: int
    words: list[Word]
    tables: list[list[list[Box]]]
    lines: list[Printed] = field(default_factory=list)
    cells: dict[Box, list[Printed]] = field(default_factory=dict)
    furniture: list[Printed] = field(default_factory=list)


def read_pdf(content: bytes, guide: Guide, area: str) -> Form:
    """Read a form from a PDF file.

    Raises:
        Refused: it is no PDF, holds no text, or far more than a form does.
    """
    pages = _pages(content)
    words = [word for page in pages for word in page.words]
    if len(words) < FEWEST:
        raise Refused(
            "The PDF holds next to no text: it is a picture of the form. Hand in the document that "
            "it was made from, or a PDF that a word processor wrote."
        )
    width = letter_width(words)
    text = "\n".join(text_of(line, 0.0, width) for page in pages for line in page.lines)
    labels = labels_of(guide, possessives(text, area))
    _take_out_furniture(pages, labels)
    form = form_of(_lines(pages, width, labels, guide), text, guide, area)
    removed = [
        f"page {page.number}: {text_of(line, 0.0, width)}"
        for page in pages
        for line in page.furniture
    ]
    return replace(form, removed=(*form.removed, *removed))


def _pages(content: bytes) -> list[Page]:
    import pdfplumber

    if len(content) > BIGGEST:
        raise Refused(f"The file has {len(content)} bytes; a form has at most {BIGGEST}.")
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # its warnings quote what it reads
    try:
        with pdfplumber.open(BytesIO(content)) as file:
            return list(_pages_of(file))
    except Refused:
        raise
    except Exception as mistake:  # noqa: BLE001 - a broken file may break its reader anywhere
        kind = type(mistake).__name__
        raise Refused(
            f"The file cannot be read as a PDF ({kind}). Is it damaged, or locked with a password?"
        ) from None


def _pages_of(file: Any) -> Iterator[Page]:
    if len(file.pages) > MOST:
        raise Refused(f"The PDF has {len(file.pages)} pages; a form has at most {MOST}.")
    _refuse_fields(file)
    words = 0
    for number, page in enumerate(file.pages, start=1):
        made = _page(number, page)
        words += len(made.words)
        if words > WORDS:
            raise Refused(f"The PDF has more than {WORDS} words, far more than a form.")
        page.close()
        yield made


def _refuse_fields(file: Any) -> None:
    """Refuse a PDF with fields that are filled in: what they hold is not on its pages."""
    filled = [
        field
        for page in file.pages
        for field in page.annots
        if field["data"].get("FT") is not None and field["data"].get("V")
    ]
    if filled:
        raise Refused(
            f"The PDF has {len(filled)} fields that were filled in on a screen, and what they hold "
            f"is not printed on its pages. Print it into a new PDF, and hand that in."
        )


def _page(number: int, page: Any) -> Page:
    if len(page.chars) > LETTERS or len(page.edges) > RULES:
        raise Refused(f"page {number}: it has far more letters or lines drawn on it than a form.")
    words = [
        Word(word["text"], word["x0"], word["x1"], word["top"], word["bottom"])
        for word in page.extract_words(x_tolerance_ratio=0.15, keep_blank_chars=False)
        if word["upright"]
    ]
    tables = [
        [[cell for cell in row.cells if cell] for row in table.rows]
        for table in sorted(page.find_tables(), key=lambda table: table.bbox[1])
    ]
    made = Page(number, words, [rows for rows in tables if sum(map(len, rows)) > 1])
    cells = [cell for rows in made.tables for row in rows for cell in row]
    sorted_words: dict[Box | None, list[Word]] = {}
    for word in words:
        sorted_words.setdefault(_cell_of(word, cells), []).append(word)
    made.lines = lines_from(sorted_words.pop(None, []))
    made.cells = {cell: lines_from(own) for cell, own in sorted_words.items() if cell is not None}
    return made


def _cell_of(word: Word, cells: Sequence[Box]) -> Box | None:
    x, y = word.middle
    return next(
        (cell for cell in cells if cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]), None
    )


def _take_out_furniture(pages: Sequence[Page], labels: Sequence[Label]) -> None:
    """Take the heads and feet of pages out: what stands at their edges again and again."""
    own = [label for label in labels if label.kind in ("score", "field")]
    spelled = [spelling for label in own for spelling in label.spellings]
    width = letter_width([word for page in pages for word in page.words])
    edges = [(page, line) for page in pages for line in {*map(_Same, _edges(page))}]
    times = Counter(masked(_plain(same.line)) for _, same in edges)
    for page, same in edges:
        text = _plain(same.line)
        often = times[masked(text)] >= max(2, OFTEN * len(pages))
        label = kept(text_of(same.line, 0.0, width), spelled) and not PAGE_NUMBER.fullmatch(text)
        if often and not label and (not PAGE_NUMBER.fullmatch(text) or _counts(text, page.number)):
            page.furniture.append(same.line)
            page.lines = [line for line in page.lines if line is not same.line]


@dataclass(frozen=True, eq=False)
class _Same:
    """A line that equals nothing but itself."""

    line: Printed


def _edges(page: Page) -> list[Printed]:
    lines = page.lines
    return lines if len(lines) <= 2 * EDGE else [*lines[:EDGE], *lines[-EDGE:]]


def _counts(text: str, number: int) -> bool:
    """Whether a number at the edge of a page is that of the page, or near it: a few may lie before."""
    digits = next((int(part) for part in text.replace("/", " ").split() if part.isdigit()), None)
    return digits is not None and abs(digits - number) <= FEWEST


def _plain(line: Printed) -> str:
    return " ".join(word.text for word in line.words)


def _lines(
    pages: Sequence[Page], width: float, labels: Sequence[Label], guide: Guide
) -> Iterator[Line]:
    """Every line in the order in which it is to be read, the tables in one column."""
    pitch = pitch_of([*(page.lines for page in pages), *_cells(pages)])
    left = min(line.words[0].left for page in pages for line in page.lines or [Printed(page.words)])
    right = max(word.right for page in pages for word in page.words)
    open_rows: list[list[list[Line]]] = []
    edges: list[float] = []
    for page in pages:
        for index, (rows, printed) in enumerate(_blocks(page)):
            place, turned = f"page {page.number}", index == 0 and page.number > 1
            if rows is None:
                yield from in_one_column(open_rows, labels, guide)
                open_rows = []
                room = right - RAGGED * width
                lines = as_lines(
                    printed, left=left, right=room, width=width, pitch=pitch, place=place
                )
                yield from _turned(lines, turned=turned)
                continue
            own = [cell[0] for cell in max(rows, key=len)]
            if not _same_columns(own, edges) or len(rows[0]) != len(own):
                yield from in_one_column(open_rows, labels, guide)
                open_rows = []
            edges = own
            open_rows += [
                [
                    _turned(_cell(page, cell, width, pitch), turned=turned and row is rows[0])
                    for cell in row
                ]
                for row in rows
            ]
    yield from in_one_column(open_rows, labels, guide)


def _turned(lines: list[Line], *, turned: bool) -> list[Line]:
    """Lines of which the first is the first on its page."""
    return [replace(line, turned=turned and not index) for index, line in enumerate(lines)]


def _cells(pages: Sequence[Page]) -> Iterator[list[Printed]]:
    for page in pages:
        yield from page.cells.values()


def _same_columns(own: Sequence[float], edges: Sequence[float]) -> bool:
    return len(own) == len(edges) and all(
        abs(one - other) <= ALIKE for one, other in zip(own, edges, strict=True)
    )


def _blocks(page: Page) -> list[tuple[list[list[Box]] | None, list[Printed]]]:
    """The tables of a page and the runs of lines between them, from top to bottom."""
    items: list[tuple[float, list[list[Box]] | None, Printed | None]] = [
        *((rows[0][0][1], rows, None) for rows in page.tables),
        *((line.top, None, line) for line in page.lines),
    ]
    items.sort(key=lambda item: item[0])
    blocks: list[tuple[list[list[Box]] | None, list[Printed]]] = []
    for is_table, run in groupby(items, key=lambda item: item[1] is not None):
        held = list(run)
        if is_table:
            blocks += [(rows, []) for _, rows, _ in held]
        else:
            blocks.append((None, [line for _, _, line in held if line]))
    return blocks


def _cell(page: Page, cell: Box, width: float, pitch: float) -> list[Line]:
    printed = page.cells.get(cell, [])
    if not printed:
        return []
    left = min(line.words[0].left for line in printed)
    right = cell[2] - max(left - cell[0], 0.0)
    return apart(
        as_lines(
            printed, left=left, right=right, width=width, pitch=pitch, place=f"page {page.number}"
        )
    )
