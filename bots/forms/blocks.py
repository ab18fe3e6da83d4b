"""A form's lines sorted into descriptors, and within each by the label they stand under."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bots.forms import closing
from bots.forms.headers import Header
from bots.forms.labels import RIGHT, SCORE, Mark
from bots.forms.lines import Line
from bots.forms.wording import letters, wording_of, words
from guides.model import Guide

FIRST_NUMBER = re.compile(r"[\s:=.–—]*([-−]?\d+(?:[.,]\d+)?)(.*)", re.DOTALL)
RANGE = re.compile(r"\s*(?:to|or|/|–|-|out of)\s*\d|[\d.,]*\d")
OUT_OF = re.compile(r"\s*(?:/|out of)\s*(\d+)")
OWN = ("score", "field")  # the labels under each descriptor
NOT_SCORED = {"", "na", "tbc", "notscored", "blank", "none"}
NUMBERS = re.compile(r"^(?:section\s*)?[\d.]*[\s:.–-]*", re.IGNORECASE)


@dataclass
class Block:
    """One descriptor's score and lines; `astray` are the lines under no label."""

    header: Header
    number: int
    score: str | None = None
    score_at: int = 0
    fields: dict[str, list[Line]] = field(default_factory=dict)
    astray: list[Line] = field(default_factory=list)


def blocks_of(
    lines: Sequence[Line], marks: Sequence[Mark], headers: Sequence[Header], guide: Guide
) -> tuple[list[Block], int]:
    """Every descriptor's block, and the index of the line at which the last one ends."""
    blocks: list[Block] = []
    end = 0
    for index, header in enumerate(headers):
        following = headers[index + 1] if index + 1 < len(headers) else None
        end = _end(lines, marks, header, following, guide)
        own = [mark for mark in marks if header.at <= mark.at < end and mark.kind in OWN]
        blocks.append(_block(lines, header, own, end, guide))
    return blocks, end


def _end(
    lines: Sequence[Line],
    marks: Sequence[Mark],
    header: Header,
    following: Header | None,
    guide: Guide,
) -> int:
    """Where a descriptor's lines end: the next descriptor, its section's title, or the closing part."""
    until = following.at if following else len(lines)
    own = [mark for mark in marks if mark.kind in OWN and header.at <= mark.at < until]
    # a label that occurs again belongs to a table further down, not to this descriptor
    firsts = {(mark.kind, mark.which): mark.until for mark in reversed(own)}
    last = max(firsts.values(), default=header.at)
    if following:
        title = _next_title(guide, header.item, following.item)
        ends = (at for at in range(last, until) if title and _is_title(lines[at].text, title))
        return next(ends, until)
    closers = {mark.at for mark in marks if mark.kind not in OWN}
    ends = (at for at in range(last, until) if at in closers or is_ending(lines[at].text, guide))
    return next(ends, until)


def _next_title(guide: Guide, item: str, following: str) -> str | None:
    """The title that stands between two descriptors, if the second begins a section."""
    if following not in guide.items:
        return None
    section = guide.section_of(following)
    return (
        None
        if item in guide.items and guide.section_of(item) == section
        else letters(section.title)
    )


def _is_title(text: str, title: str) -> bool:
    own, numbered = _title(text), text[0].isdigit() or text.casefold().startswith("section")
    same = own.startswith(title) if numbered else own == title
    return same and not text[0].islower() and text[-1] != "."


def _title(text: str) -> str:
    return letters(NUMBERS.sub("", text))


def is_ending(text: str, guide: Guide) -> bool:
    """Whether a line is the title of a part that comes after the last descriptor."""
    endings = [letters(ending) for ending in wording_of(guide).endings]
    own = _title(text)
    return any(
        own.startswith(ending) and len(own) <= max(2.5 * len(ending), 60) for ending in endings
    )


def _block(
    lines: Sequence[Line], header: Header, marks: Sequence[Mark], end: int, guide: Guide
) -> Block:
    block = Block(header, lines[header.at].number)
    block.astray += _unstated(lines[header.at : marks[0].at if marks else end], header, guide)
    carried: list[Line] = []
    centred = False
    for index, mark in enumerate(marks):
        until = marks[index + 1].at if index + 1 < len(marks) else end
        under = _below(lines[mark.until : until], mark)
        if mark.kind == "field":
            centred = centred or bool(carried)
            own = len(under) if until == end or not centred else _half(lines, mark, carried, under)
            block.fields.setdefault(mark.which, []).extend([*carried, *mark.beside, *under[:own]])
            carried = under[own:]
        else:
            rest = _take_score(block, mark, [*mark.beside, *under], lines[mark.at].number, guide)
            inside = [line.indent > lines[mark.at].indent + RIGHT for line in rest]
            carried = rest if rest and all(inside) else []
            block.astray += [] if carried else rest
    block.astray += carried
    return block


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


def _below(lines: Sequence[Line], mark: Mark) -> list[Line]:
    return [
        replace(line, after_blank=line.after_blank or (index == 0 and mark.open_end))
        for index, line in enumerate(lines)
    ]


def _unstated(lines: Sequence[Line], header: Header, guide: Guide) -> list[Line]:
    """Lines before a descriptor's first label that are not its statement."""
    descriptor = guide.items.get(header.item)
    known = (
        set(words(f"{header.item} {descriptor.label} {descriptor.statement}"))
        if descriptor
        else set()
    )
    return [
        line
        for line in lines[1:]
        if descriptor
        and len(own := words(line.text)) > 3
        and sum(word in known for word in own) < len(own) / 2
    ]


def _take_score(
    block: Block, mark: Mark, under: list[Line], number: int, guide: Guide
) -> list[Line]:
    """Read the score that stands beside or under its prompt; return the lines left over."""
    value, rest = (under[0], under[1:]) if under else (None, [])
    if value is None or (not mark.beside and not _scorelike(value.text, guide)):
        return list(under)
    if block.score is None:
        block.score_at = value.number or number
        block.score = (
            None if _blank(value.text, guide) else _number(block.header.item, value.text, guide)
        )
    return list(rest)


def _scorelike(text: str, guide: Guide) -> bool:
    return bool(SCORE.fullmatch(text)) or _blank(text, guide)


def _blank(text: str, guide: Guide) -> bool:
    return letters(text) in NOT_SCORED or closing.is_placeholder(text, guide)


def _number(item: str, text: str, guide: Guide) -> str:
    """The score in the text beside a prompt; the whole text when there is no score in it."""
    match = FIRST_NUMBER.fullmatch(text)
    if match is None:
        return text.strip()
    number, rest = match[1], match[2]
    out_of = OUT_OF.match(rest)
    highest = guide.scale_of(item).highest if item in guide.descriptors else None
    if out_of and int(out_of[1]) == highest:
        return number
    return f"{number}{rest}".strip() if RANGE.match(rest) else number
