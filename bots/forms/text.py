"""A published form as plain text, whichever way it was laid out, read into plain values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bots.forms import closing
from bots.forms.headers import Header, headers_of
from bots.forms.labels import RIGHT, SCORE, Mark, marks_of
from bots.forms.lines import Line, decoded, lines_of
from bots.forms.paragraphs import entries
from bots.forms.wording import labels_of, letters, words, wording_of
from ehsg_events.events import Layout
from ehsg_events.submission import Form, Printed
from guides.model import Guide

FIRST_NUMBER = re.compile(r"[\s:=.–—]*([-−]?\d+(?:[.,]\d+)?)(.*)", re.DOTALL)
RANGE = re.compile(r"\s*(?:to|or|/|–|-|out of)\s*\d|[\d.,]*\d")
OUT_OF = re.compile(r"\s*(?:/|out of)\s*(\d+)")
NOT_SCORED = {"", "na", "tbc", "notscored", "blank", "none"}
NUMBERS = re.compile(r"^(?:section\s*)?[\d.]*[\s:.–-]*", re.IGNORECASE)
WIDE = 0.98  # of the lines end at or before the margin


@dataclass
class _Block:
    """One descriptor's lines, sorted by the label they stand under."""

    header: Header
    number: int
    score: str | None = None
    score_at: int = 0
    fields: dict[str, list[Line]] = field(default_factory=dict)
    astray: list[Line] = field(default_factory=list)


def read_text(content: bytes, guide: Guide, area: str) -> Form:
    """Read a form from plain text.

    Args:
        content: the bytes of the file.
        area: its area's name, which stands in some of the form's labels.

    Raises:
        Refused: it is not text.
    """
    labels = labels_of(guide, area)
    keep = [spelled for label in labels for spelled in label.spellings]
    lines = lines_of(decoded(content), keep)
    marks = marks_of(lines, labels)
    headers = headers_of(lines, marks, guide)
    blocks, end = _blocks(lines, marks, headers, guide)
    margin = _margin(blocks)
    first = headers[0].at if headers else 0
    return Form(
        layout=_layout(lines, marks, blocks),
        printed=tuple(_printed(block, margin, guide) for block in blocks),
        left_out=tuple(_astray(block) for block in blocks if block.astray),
        **_closing(lines, [m for m in marks if not first <= m.at < end], guide),  # type: ignore[arg-type]
    )


def _blocks(
    lines: Sequence[Line], marks: Sequence[Mark], headers: Sequence[Header], guide: Guide
) -> tuple[list[_Block], int]:
    """Every descriptor's block, and the line where the last one ends."""
    blocks: list[_Block] = []
    end = 0
    for place, header in enumerate(headers):
        following = headers[place + 1] if place + 1 < len(headers) else None
        end = _end(lines, marks, header, following, guide)
        own = [m for m in marks if header.at <= m.at < end and m.kind in ("score", "field")]
        blocks.append(_block(lines, header, own, end, guide))
    return blocks, end


def _end(
    lines: Sequence[Line], marks: Sequence[Mark], header: Header, following: Header | None, guide: Guide
) -> int:
    """Where a descriptor's lines end: the next descriptor, its section's title, or the closing part."""
    until = following.at if following else len(lines)
    last = max((m.until for m in marks if m.kind in ("score", "field") and header.at <= m.at < until), default=header.at)
    if following:
        titles = {letters(guide.section_of(following.item).title)} if following.item in guide.items else set()
        ends = (at for at in range(last, until) if _title(lines[at].text) in titles)
        return next(ends, until)
    endings = [letters(text) for text in wording_of(guide).endings]
    closers = {m.at for m in marks if m.kind not in ("score", "field")}
    ends = (at for at in range(last, until) if at in closers or _ends(lines[at].text, endings))
    return next(ends, until)


def _title(text: str) -> str:
    return letters(NUMBERS.sub("", text))


def _ends(text: str, endings: Sequence[str]) -> bool:
    own = _title(text)
    return any(own.startswith(one) and len(own) <= max(2.5 * len(one), 60) for one in endings)


def _block(lines: Sequence[Line], header: Header, marks: Sequence[Mark], end: int, guide: Guide) -> _Block:
    block = _Block(header, lines[header.at].number)
    block.astray += _unstated(lines[header.at : marks[0].at if marks else end], header, guide)
    carried: list[Line] = []
    for place, mark in enumerate(marks):
        until = marks[place + 1].at if place + 1 < len(marks) else end
        under = [*mark.beside, *lines[mark.until : until]]
        if mark.kind == "field":
            block.fields.setdefault(mark.which, []).extend([*carried, *under])
            carried = []
        else:
            rest = _take_score(block, mark, under, lines[mark.at].number, guide)
            inside = [line.indent > lines[mark.at].indent + RIGHT for line in rest]
            carried = rest if rest and all(inside) else []
            block.astray += [] if carried else rest
    block.astray += carried
    return block


def _unstated(lines: Sequence[Line], header: Header, guide: Guide) -> list[Line]:
    """Lines before a descriptor's first label that are not its statement."""
    asked = guide.items.get(header.item)
    known = set(words(f"{header.item} {asked.label} {asked.statement}")) if asked else set()
    return [
        line
        for line in lines[1:]
        if asked and len(own := words(line.text)) > 3 and sum(w in known for w in own) < len(own) / 2
    ]


def _take_score(block: _Block, mark: Mark, under: list[Line], number: int, guide: Guide) -> list[Line]:
    """Read the score that stands beside or under its prompt; the lines that are left over."""
    value, rest = (under[0], under[1:]) if under else (None, [])
    if value is None or (not mark.beside and not _scorelike(value.text, guide)):
        return list(under)
    if block.score is None:
        block.score_at = value.number or number
        block.score = None if _blank(value.text, guide) else _number(block.header.item, value.text, guide)
    return list(rest)


def _scorelike(text: str, guide: Guide) -> bool:
    return bool(SCORE.fullmatch(text)) or _blank(text, guide)


def _blank(text: str, guide: Guide) -> bool:
    return letters(text) in NOT_SCORED or closing.is_placeholder(text, guide)


def _number(item: str, text: str, guide: Guide) -> str:
    """The score in what is printed beside a prompt; all of it when it is no score."""
    found = FIRST_NUMBER.fullmatch(text)
    if found is None:
        return text.strip()
    number, rest = found[1], found[2]
    out_of = OUT_OF.match(rest)
    highest = guide.scale_of(item).highest if item in guide.descriptors else None
    if out_of and int(out_of[1]) == highest:
        return number
    return f"{number}{rest}".strip() if RANGE.match(rest) else number


def _margin(blocks: Sequence[_Block]) -> int:
    edges = sorted(line.edge for b in blocks for rows in b.fields.values() for line in rows)
    return edges[int(WIDE * (len(edges) - 1))] if edges else 0


def _layout(lines: Sequence[Line], marks: Sequence[Mark], blocks: Sequence[_Block]) -> Layout:
    fields = [mark for mark in marks if mark.kind == "field"]
    beside = sum(
        mark.columns
        or (mark.until < len(lines) and lines[mark.until].indent > lines[mark.at].indent + RIGHT)
        for mark in fields
    )
    return "columns" if blocks and beside * 2 > len(fields) else "headings"


def _printed(block: _Block, margin: int, guide: Guide) -> Printed:
    found = {name: entries(rows, margin) for name, rows in block.fields.items()}
    return Printed(
        item=block.header.item,
        where=f"line {block.number}",
        score=block.score,
        score_where=f"line {block.score_at}" if block.score_at else None,
        entries={
            name: kept
            for name, every in found.items()
            if (kept := tuple(one for one in every if not closing.is_placeholder(one, guide)))
        },
    )


def _astray(block: _Block) -> str:
    first = block.astray[0]
    return (
        f"line {first.number}: under {block.header.item}, {len(block.astray)} lines stand under no "
        f"label and are left out, from “{first.text[:40]}” on."
    )


def _closing(lines: Sequence[Line], marks: Sequence[Mark], guide: Guide) -> dict[str, object]:
    endings = [letters(text) for text in wording_of(guide).endings]
    values: dict[str, list[tuple[str, str]]] = {}
    for place, mark in enumerate(marks):
        until = marks[place + 1].at if place + 1 < len(marks) else len(lines)
        stop = next((at for at in range(mark.until, until) if _ends(lines[at].text, endings)), until)
        values.setdefault(mark.kind, []).append((mark.which, closing.value_of(lines, mark, stop)))
    said = {name: closing.yes_or_no(text) for name, text in values.get("permission", ())}
    changed = [closing.yes_or_no(text) for _, text in values.get("changed", ())]
    choices, strange = closing.chosen([text for _, text in values.get("choice", ())], guide)
    return {
        "data_model": closing.data_model([text for _, text in values.get("data-model", ())], guide),
        "data_model_changed": next((one for one in changed if one is not None), None),
        "priorities": choices,
        "permissions": {name: one for name, one in said.items() if one is not None},
    }
