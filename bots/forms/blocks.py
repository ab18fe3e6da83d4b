"""A form's lines sorted into descriptors, and within each by the label they stand under."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from bots.forms.headers import Header
from bots.forms.labels import RIGHT, Mark
from bots.forms.lines import Line
from bots.forms.scores import is_bare, is_blank, read_score
from bots.forms.wording import CONTINUED, is_ending, is_section, letters, title_of, words
from guides.model import Guide

SCORED = 40  # letters within which a score has its number
OWN = ("score", "field")  # the labels under each descriptor


@dataclass
class Block:
    """One descriptor's score and lines; `astray` are the lines under no label."""

    header: Header
    line: Line
    score: str | None = None
    score_at: Line | None = None
    box: Line | None = None  # where its score stands or would stand
    fields: dict[str, list[Line]] = field(default_factory=dict)
    astray: list[Line] = field(default_factory=list)
    labelled: tuple[str, ...] = ()  # its labels in their order
    mixed: list[Line] = field(default_factory=list)  # cells that nothing parts from each other
    first: int = 0
    end: int = 0

    def take(self, mark: Mark, lines: Sequence[Line]) -> None:
        """Keep lines as those of a mark's field."""
        self.fields.setdefault(mark.which, []).extend(lines)


def blocks_of(
    lines: Sequence[Line], marks: Sequence[Mark], headers: Sequence[Header], guide: Guide
) -> list[Block]:
    """Every descriptor's block, in order."""
    blocks: list[Block] = []
    heads = heads_of(lines, marks)
    for index, header in enumerate(headers):
        following = headers[index + 1] if index + 1 < len(headers) else None
        end = _end(lines, marks, header, following, guide)
        own = [mark for mark in marks if header.at <= mark.at < end and mark.kind in OWN]
        block = Block(header, lines[header.at], first=header.at, end=end)
        block.labelled = tuple(dict.fromkeys(mark.which or "score" for mark in own))
        block.astray += _unstated(lines[header.at : own[0].at if own else end], header, guide)
        _fill(block, lines, own, heads, guide)
        blocks.append(block)
    return blocks


def _end(
    lines: Sequence[Line],
    marks: Sequence[Mark],
    header: Header,
    following: Header | None,
    guide: Guide,
) -> int:
    """Where a descriptor's lines end: the next descriptor, a section's title, or the closing part."""
    until = following.at if following else len(lines)
    own = [mark for mark in marks if mark.kind in OWN and header.at <= mark.at < until]
    # a label that occurs again belongs to a table further down, not to this descriptor
    firsts = {(mark.kind, mark.which): mark.until for mark in reversed(own)}
    last = max(firsts.values(), default=header.at + 1)
    closers = {mark.at for mark in marks if mark.kind not in OWN}
    for at in range(last, until):
        closes = not following and (at in closers or is_ending(lines[at].text, guide))
        if closes or (is_section(lines[at].text, guide) and _opens(lines, at, until, guide)):
            return at
    return until


def _opens(lines: Sequence[Line], at: int, until: int, guide: Guide) -> bool:
    """Whether a title is one: it has a section's number, or nothing but titles comes after it."""
    text = CONTINUED.sub("", lines[at].text)
    if any(
        section.number and text.startswith((f"{section.number}", f"Section {section.number}"))
        for section in guide.sections
        if title_of(text) == letters(section.title)
    ):
        return True
    between = [line.text for line in lines[at + 1 : until]]
    known = " ".join(filter(None, (guide.definition, guide.instruction)))
    return all(is_section(text, guide) or _is_known(text, known) for text in between)


def _is_known(text: str, known: str) -> bool:
    own, vocabulary = words(text), set(words(known))
    return sum(word in vocabulary for word in own) * 2 >= len(own)


def _fill(
    block: Block,
    lines: Sequence[Line],
    marks: Sequence[Mark],
    heads: frozenset[str],
    guide: Guide,
) -> None:
    carried: list[Line] = []
    centred = False
    for row in _rows(lines, marks, heads):
        if len(row) > 1:
            block.astray += carried
            carried = []
            _take_cells(block, row, _under(lines, marks, row[-1], block.end), guide)
            continue
        mark = row[0]
        under = _under(lines, marks, mark, block.end)
        if mark.kind == "field":
            centred = centred or bool(carried)
            last = mark is marks[-1]
            own = len(under) if last or not centred else _half(lines, mark, carried, under)
            block.take(mark, [*carried, *mark.beside, *under[:own]])
            carried = under[own:]
        else:
            rest = _take_score(block, mark, [*mark.beside, *under], guide)
            inside = [line.indent > lines[mark.at].indent + RIGHT for line in rest]
            carried = rest if rest and all(inside) else []
            block.astray += [] if carried else rest
    block.astray += carried


def _rows(
    lines: Sequence[Line], marks: Sequence[Mark], heads: frozenset[str]
) -> Iterator[list[Mark]]:
    """The marks one by one; those together that are the heads of columns, and the one after them."""
    row: list[Mark] = []
    for index, mark in enumerate(marks):
        row.append(mark)
        after = marks[index + 1] if index + 1 < len(marks) else None
        if not (after and mark.which in heads and _adjoin(lines, mark, after)):
            yield row
            row = []


def _adjoin(lines: Sequence[Line], mark: Mark, after: Mark) -> bool:
    """Whether two labels stand in lines that follow each other, with no box in between."""
    next_line = after.at == mark.until and not mark.beside and not lines[after.at].after_blank
    return next_line and (mark.kind, mark.which) != (after.kind, after.which)


def heads_of(lines: Sequence[Line], marks: Sequence[Mark]) -> frozenset[str]:
    """Which labels are heads of columns: nowhere in the form does anything stand under them.

    Where something does, an empty box is what parts them from the next label.
    """
    own = [mark for mark in marks if mark.kind in OWN]
    filled = {
        mark.which
        for mark, after in zip(own, [*own[1:], None], strict=False)
        if mark.beside or (after.at if after else len(lines)) > mark.until
    }
    row = {mark.which for mark, after in pairwise(own) if _adjoin(lines, mark, after)}
    tabbed = (
        {mark.which for mark in own if lines[mark.at].tabbed} if _has_tabs(lines, own) else set()
    )
    return frozenset((row - filled) | (row & tabbed))


def _has_tabs(lines: Sequence[Line], own: Sequence[Mark]) -> bool:
    """Whether tabs mark some lines as the first of their cells, and not all of them."""
    return not all(line.tabbed for line in lines) and any(lines[mark.at].tabbed for mark in own)


def _under(lines: Sequence[Line], marks: Sequence[Mark], mark: Mark, end: int) -> list[Line]:
    until = min((other.at for other in marks if other.at >= mark.until), default=end)
    return [
        replace(line, after_blank=line.after_blank or (index == 0 and mark.open_end))
        for index, line in enumerate(lines[mark.until : until])
    ]


def _take_cells(block: Block, row: Sequence[Mark], under: list[Line], guide: Guide) -> None:
    """Labels in a row are the heads of columns, and the cells below are theirs in the same order."""
    lines = [*row[-1].beside, *under]
    cells = _cells(lines, row, block, guide)
    if cells is None:
        block.mixed += lines
        return
    for mark, cell in zip(row, cells, strict=True):
        if mark.kind == "field":
            block.take(mark, cell)
        elif cell:
            block.astray += _take_score(block, mark, cell, guide)


def _cells(
    lines: list[Line], row: Sequence[Mark], block: Block, guide: Guide
) -> list[list[Line]] | None:
    """The lines of each cell; none where nothing shows where one cell ends."""
    if not lines:
        return [[] for _ in row]
    starts = [index for index, line in enumerate(lines) if line.tabbed]
    if starts[:1] == [0] and len(starts) == len(row):
        return [
            lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)
        ]
    item = block.header.item
    bare = [index for index, line in enumerate(lines) if _is_level(line, item, guide)]
    kinds = [mark.kind for mark in row]
    if kinds == ["score", "field"]:
        return [lines[:1], lines[1:]] if bare[:1] == [0] else [[], lines]
    if kinds == ["field", "score"]:
        return [lines[:-1], lines[-1:]] if bare == [len(lines) - 1] else [lines, []]
    return None


def _is_level(line: Line, item: str, guide: Guide) -> bool:
    return is_bare(line.text, guide, item) or is_blank(line.text, guide)


def _half(lines: Sequence[Line], mark: Mark, above: Sequence[Line], under: Sequence[Line]) -> int:
    """How many lines below a label are its own, where labels stand halfway down their table row."""
    first, last = lines[mark.at].number, lines[mark.until - 1].number
    ends = last + (first - above[0].number if above else 0)
    own = sum(line.number <= ends for line in under)
    near = [
        count
        for count in (own, own + 1, own - 1)
        if 0 <= count < len(under) and under[count].after_blank
    ]
    return near[0] if near else own


def _unstated(lines: Sequence[Line], header: Header, guide: Guide) -> list[Line]:
    """Lines before a descriptor's first label that are not its statement."""
    descriptor = guide.items.get(header.item)
    if descriptor is None:
        return []
    known = f"{header.item} {descriptor.label} {descriptor.statement}"
    return [
        line
        for line in lines[1:]
        if letters(line.text) not in letters(known) and not _is_known(line.text, known)
    ]


def _counts(text: str) -> bool:
    """Whether a text may be meant as a score, though it is not plain which: it has a number in it."""
    return any(character.isdigit() for character in text[:SCORED])


def _take_score(block: Block, mark: Mark, under: list[Line], guide: Guide) -> list[Line]:
    """Read the score that stands beside or under its prompt; return the lines left over."""
    value, rest = (under[0], under[1:]) if under else (None, [])
    block.box = block.box or value
    if value is None:
        return []
    item = block.header.item
    score = read_score(value.text, item, guide)
    plain = score is None or score != value.text.strip() or is_bare(value.text, guide, item)
    if not mark.beside and not plain and len(words(value.text)) > 1 and not _counts(value.text):
        return list(under)
    if block.score is None:
        block.score, block.score_at = score, value
    return list(rest)
