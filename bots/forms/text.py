"""A published form as plain text, in any layout, read into plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Any

from bots.forms import closing
from bots.forms.blocks import OWN, Block, blocks_of
from bots.forms.columns import unfolded
from bots.forms.decoding import decoded
from bots.forms.headers import headers_of
from bots.forms.hyphens import hyphens_of
from bots.forms.labels import RIGHT, Mark, marks_of
from bots.forms.leftovers import leftovers_of
from bots.forms.lines import Line, lines_of, printed_lines
from bots.forms.paragraphs import UNWRAPPED, Paragraph, Setting, paragraphs
from bots.forms.subheadings import titled, writes_sentences
from bots.forms.wording import Label, is_ending, labels_of, possessives
from ehsg_events.events import Layout
from ehsg_events.kernel import Refused
from ehsg_events.states.submission import Form, Printed
from guides.model import Guide

MOST = 20  # labels to a descriptor; a form has three
WIDE = 0.98  # the share of lines that end at or before the margin
OVER = 1.1  # times the margin: a longer line was not wrapped at it
SOME = 20  # one line in so many is taken to be no accident
CUT = 40  # letters of a line that is doubtful
FEW = 3  # with fewer lines that continue, no line was wrapped


def read_text(content: bytes, guide: Guide, area: str) -> Form:
    """Read a form from plain text.

    Args:
        content: the bytes of the file.
        area: the name of the area, which occurs in some of the form's labels.

    Raises:
        Refused: it is not text, or has far more labels than a form.
    """
    from bots.forms.sources.exact import is_exact, read_exact

    text = decoded(content).text
    if is_exact(text):
        return read_exact(text, guide, area)
    return form_of(printed_lines(text), text, guide, area)


@dataclass(frozen=True)
class Sheet:
    """A form's lines, and what they were sorted into."""

    lines: list[Line]
    labels: list[Label]
    marks: list[Mark]
    blocks: list[Block]
    furniture: list[Line]

    @property
    def outside(self) -> list[Mark]:
        """The labels before the first descriptor and after the last."""
        first, end = (self.blocks[0].first, self.blocks[-1].end) if self.blocks else (0, 0)
        return [mark for mark in self.marks if not first <= mark.at < end]


def sheet_of(printed: Iterable[Line], text: str, guide: Guide, area: str) -> Sheet:
    """Sort a form's lines into descriptors and fields.

    Args:
        printed: the lines, blank ones too, in the order in which they are to be read.
        text: the whole text, in which the form may name its area otherwise.

    Raises:
        Refused: it has far more labels than a form, or its columns cannot be told apart.
    """
    labels = labels_of(guide, possessives(text, area))
    spelled = {
        kind: [spelling for label in labels if label.kind == kind for spelling in label.spellings]
        for kind in OWN
    }
    sorted_lines = lines_of(printed, spelled["score"], spelled["field"])
    lines = unfolded(sorted_lines.lines, labels, guide)
    marks = marks_of(lines, labels)
    if len(marks) > MOST * len(guide.descriptors):
        raise Refused(f"The file has {len(marks)} labels of a form, far more than one form has.")
    blocks = blocks_of(lines, marks, headers_of(lines, marks, guide), guide)
    return Sheet(lines, labels, marks, blocks, sorted_lines.furniture)


def form_of(printed: Iterable[Line], text: str, guide: Guide, area: str) -> Form:
    """Read a form from its lines, or from its paragraphs where the file shows them.

    Raises:
        Refused: it has far more labels than a form, or its columns cannot be told apart.
    """
    sheet = sheet_of(printed, text, guide, area)
    lines, blocks = sheet.lines, sheet.blocks
    left = leftovers_of(lines, blocks, sheet.labels, sheet.furniture, guide)
    hyphens = hyphens_of([line.text for line in lines], guide)
    setting = Setting(
        _margin(blocks),
        spaced=_spaced(blocks, cells=False),
        hyphens=hyphens,
        cells_spaced=_spaced(blocks, cells=True),
    )
    written = [_written(block, setting, guide) for block in blocks]
    sentences = writes_sentences(
        entry for fields in written for entries in fields.values() for entry in entries
    )
    closing_fields = _closing(lines, sheet.outside, guide)
    return Form(
        layout=_layout(lines, sheet.marks, blocks),
        printed=tuple(
            _printed(block, fields, sentences=sentences)
            for block, fields in zip(blocks, written, strict=True)
        ),
        lost=(*left.lost, *closing_fields.pop("lost")),
        mixed=tuple(left.mixed),
        removed=tuple(left.removed),
        joined=tuple(dict.fromkeys(hyphens.joined)),
        doubts=tuple(f"{line.where}: “{line.text[:CUT]}”" for line in setting.doubts),
        **closing_fields,
    )


def _margin(blocks: Sequence[Block]) -> int:
    """The column at which lines end, judged by those that continue in the next line.

    It is `UNWRAPPED` if too few continue, or if many lines are longer than the margin would be:
    then the form was not wrapped, and only here and there was a line broken.
    """
    rows = [_wrapped(lines) for block in blocks for lines in block.fields.values()]
    all_edges = [line.edge for lines in rows for line in lines]
    pairs = [pair for lines in rows for pair in pairwise(lines)]
    edges = sorted(
        line.edge for line, after in pairs if after.text[0].islower() and not after.after_blank
    )
    margin = edges[ceil(WIDE * len(edges)) - 1] if len(edges) >= FEW else UNWRAPPED
    beyond = sum(edge > margin * OVER for edge in all_edges)
    return UNWRAPPED if beyond * SOME > len(all_edges) else margin


def _wrapped(lines: Sequence[Line]) -> list[Line]:
    """Lines that end at the form's own margin, not at that of a cell or a paragraph."""
    return [line for line in lines if not line.whole and not line.margin]


def _spaced(blocks: Sequence[Block], *, cells: bool) -> bool:
    """Whether blank lines stand between the paragraphs of a form, not only around its labels."""
    inside = [
        line
        for block in blocks
        for rows in block.fields.values()
        for line in rows[1:]
        if bool(line.margin) is cells
    ]
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
        where=block.line.where,
        score=block.score,
        score_where=block.score_at.where if block.score_at else None,
        entries={
            name: titled(entries) if sentences else tuple(entry.text for entry in entries)
            for name, entries in fields.items()
        },
    )


def _closing(lines: Sequence[Line], marks: Sequence[Mark], guide: Guide) -> dict[str, Any]:
    """The data model, the choices and the permissions, and what of them could not be read."""
    legend = closing.is_legend(lines, guide)
    values: dict[str, list[tuple[Mark, str]]] = {}
    for index, mark in enumerate(marks):
        if mark.at in legend:
            continue
        until = marks[index + 1].at if index + 1 < len(marks) else len(lines)
        ends = (
            at
            for at in range(mark.until, until)
            if at in legend or is_ending(lines[at].text, guide)
        )
        value = closing.value_of(lines, mark, next(ends, until))
        values.setdefault(mark.kind, []).append((mark, value))
    texts = {kind: [text for _, text in pairs] for kind, pairs in values.items()}
    models = [closing.Asked(text, mark.spelled) for mark, text in values.get("data-model", ())]
    granted = {mark.which: closing.yes_or_no(text) for mark, text in values.get("permission", ())}
    changed = (closing.yes_or_no(text) for text in texts.get("changed", ()))
    choices, strange = closing.chosen(texts.get("choice", ()), guide)
    return {
        "data_model": closing.data_model(models, guide),
        "data_model_changed": next((answer for answer in changed if answer is not None), None),
        "priorities": choices,
        "permissions": {name: answer for name, answer in granted.items() if answer is not None},
        "lost": [f"No descriptor is named by the choice “{text[:60]}”." for text in strange],
    }
