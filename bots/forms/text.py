"""A published form as plain text, in any layout, read into plain values."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil
from typing import Any

from bots.forms import closing
from bots.forms.blocks import OWN, Block, blocks_of, is_ending
from bots.forms.headers import headers_of
from bots.forms.labels import RIGHT, Mark, marks_of
from bots.forms.lines import Line, decoded, lines_of
from bots.forms.paragraphs import Paragraph, Setting, paragraphs
from bots.forms.subheadings import titled, writes_sentences
from bots.forms.wording import labels_of, possessives
from ehsg_events.events import Layout
from ehsg_events.kernel import Refused
from ehsg_events.states.submission import Form, Printed
from guides.model import Guide

MOST = 20  # labels to a descriptor; a form has three
WIDE = 0.98  # the share of lines that end at or before the margin
OVER = 1.1  # times the margin: a longer line was not wrapped at it
SOME = 20  # one line in so many is taken to be no accident
FEW, UNWRAPPED = 3, 100_000  # with fewer lines that continue, no line was wrapped


def read_text(content: bytes, guide: Guide, area: str) -> Form:
    """Read a form from plain text.

    Args:
        content: the bytes of the file.
        area: the name of the area, which occurs in some of the form's labels.

    Raises:
        Refused: it is not text, or has far more labels than a form.
    """
    text = decoded(content)
    labels = labels_of(guide, possessives(text, area))
    spelled = {
        kind: [spelling for label in labels if label.kind == kind for spelling in label.spellings]
        for kind in OWN
    }
    lines = lines_of(text, spelled["score"], spelled["field"])
    marks = marks_of(lines, labels)
    if len(marks) > MOST * len(guide.descriptors):
        raise Refused(f"The file has {len(marks)} labels of a form, far more than one form has.")
    headers = headers_of(lines, marks, guide)
    blocks, end = blocks_of(lines, marks, headers, guide)
    setting = Setting(_margin(blocks), spaced=_spaced(blocks))
    written = [_written(block, setting, guide) for block in blocks]
    sentences = writes_sentences(
        entry for fields in written for entries in fields.values() for entry in entries
    )
    first = headers[0].at if headers else 0
    closing_fields = _closing(lines, [m for m in marks if not first <= m.at < end], guide)
    return Form(
        layout=_layout(lines, marks, blocks),
        printed=tuple(
            _printed(block, fields, sentences=sentences)
            for block, fields in zip(blocks, written, strict=True)
        ),
        left_out=(
            *map(_astray, (block for block in blocks if block.astray)),
            *closing_fields.pop("left_out"),
        ),
        **closing_fields,
    )


def _margin(blocks: Sequence[Block]) -> int:
    """The column at which lines end, judged by those that continue in the next line.

    It is `UNWRAPPED` if too few continue, or if many lines are longer than the margin would be:
    then the form was not wrapped, and only here and there was a line broken.
    """
    all_edges = [line.edge for block in blocks for rows in block.fields.values() for line in rows]
    pairs = [pair for block in blocks for rows in block.fields.values() for pair in pairwise(rows)]
    edges = sorted(
        line.edge for line, after in pairs if after.text[0].islower() and not after.after_blank
    )
    margin = edges[ceil(WIDE * len(edges)) - 1] if len(edges) >= FEW else UNWRAPPED
    beyond = sum(edge > margin * OVER for edge in all_edges)
    return UNWRAPPED if beyond * SOME > len(all_edges) else margin


def _spaced(blocks: Sequence[Block]) -> bool:
    """Whether blank lines stand between the paragraphs of a form, not only around its labels."""
    inside = [line for block in blocks for rows in block.fields.values() for line in rows[1:]]
    return sum(line.after_blank and not line.turned for line in inside) * SOME > len(inside)


def _layout(lines: Sequence[Line], marks: Sequence[Mark], blocks: Sequence[Block]) -> Layout:
    fields = [mark for mark in marks if mark.kind == "field"]
    beside = sum(
        mark.columns
        or (mark.until < len(lines) and lines[mark.until].indent > lines[mark.at].indent + RIGHT)
        for mark in fields
    )
    return "columns" if blocks and beside * 2 > len(fields) else "headings"


def _written(block: Block, setting: Setting, guide: Guide) -> dict[str, list[Paragraph]]:
    """The paragraphs of each field, without what is printed in an empty box."""
    by_field = {name: paragraphs(rows, setting) for name, rows in block.fields.items()}
    return {
        name: kept
        for name, entries in by_field.items()
        if (kept := [entry for entry in entries if not closing.is_placeholder(entry.text, guide)])
    }


def _printed(block: Block, fields: dict[str, list[Paragraph]], *, sentences: bool) -> Printed:
    return Printed(
        item=block.header.item,
        where=f"line {block.number}",
        score=block.score,
        score_where=f"line {block.score_at}" if block.score_at else None,
        entries={
            name: titled(entries) if sentences else tuple(entry.text for entry in entries)
            for name, entries in fields.items()
        },
    )


def _astray(block: Block) -> str:
    first = block.astray[0]
    return (
        f"line {first.number}: under {block.header.item}, {len(block.astray)} lines stand under no "
        f"label and are left out, from “{first.text[:40]}” on."
    )


def _closing(lines: Sequence[Line], marks: Sequence[Mark], guide: Guide) -> dict[str, Any]:
    """The data model, the choices and the permissions, and what of them could not be read."""
    values: dict[str, list[tuple[str, str]]] = {}
    for index, mark in enumerate(marks):
        until = marks[index + 1].at if index + 1 < len(marks) else len(lines)
        ends = (at for at in range(mark.until, until) if is_ending(lines[at].text, guide))
        value = closing.value_of(lines, mark, next(ends, until))
        values.setdefault(mark.kind, []).append((mark.which, value))
    texts = {kind: [text for _, text in pairs] for kind, pairs in values.items()}
    granted = {name: closing.yes_or_no(text) for name, text in values.get("permission", ())}
    changed = (closing.yes_or_no(text) for text in texts.get("changed", ()))
    choices, strange = closing.chosen(texts.get("choice", ()), guide)
    return {
        "data_model": closing.data_model(texts.get("data-model", ()), guide),
        "data_model_changed": next((answer for answer in changed if answer is not None), None),
        "priorities": choices,
        "permissions": {name: answer for name, answer in granted.items() if answer is not None},
        "left_out": [f"No descriptor is named by the choice “{text[:60]}”." for text in strange],
    }
