"""An area's own form, handed in as DOCX, filled in anew and given back as the same document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from itertools import count
from typing import Any

from bots.forms import closing
from bots.forms.blocks import Block
from bots.forms.labels import Mark
from bots.forms.lines import Line
from bots.forms.scores import level_of, printed
from bots.forms.sources.documents import headings_of, key_of, with_headings
from bots.forms.sources.package import local, opened
from bots.forms.sources.word import BLANK, lines_in, read_word
from bots.forms.text import Sheet, sheet_of
from bots.forms.wording import labels_of, letters, possessives, wording_of
from bots.forms.writing.parts import closing_of
from bots.forms.writing.word import put, refill
from ehsg_events.kernel import Refused
from ehsg_events.states.submission import Form
from guides.model import Guide
from projections.documents.word import packed

Value = str | None


def fill(template: bytes, document: dict[str, Any], guide: Guide) -> bytes:
    """Fill a submission into a form; the result was read back and says the same.

    Args:
        template: the form as DOCX, as it was handed in, filled in or blank.

    Raises:
        Refused: something of the submission has no place in the form.
    """
    area = str(document["area"])
    package = opened(template)
    text = "\n".join(node.text or "" for node in package.body.iter() if local(node) == "t")
    labels = labels_of(guide, possessives(text, area))
    sheet = sheet_of(lines_in(package, labels, guide, blanks=True), text, guide, area)
    rows = {row["item"]: row for row in document["descriptors"]}
    headings = headings_of(document.get("headings"))
    numbers = count(1)
    for block in sheet.blocks:
        item = block.header.item
        if item in rows:
            _score(block, sheet, printed(rows[item]["score"], item, guide))
            for box, name in key_of(guide, item).items():
                texts = with_headings(tuple(rows[item][name]), headings, item, name)
                lines = block.fields.get(box) or _place(block, box, sheet)
                _entries(lines, texts, numbers)
    _closing(sheet, document, guide)
    _add_unasked(package.document, sheet, document, guide)
    filled = packed(package.document)
    _refuse_other(read_word(filled, guide, area), document, guide)
    return filled


def _score(block: Block, sheet: Sheet, value: str) -> None:
    """Put the score where it stands, or would stand, under its label or beside it."""
    mark = next(
        (m for m in sheet.marks if m.kind == "score" and block.first <= m.at < block.end), None
    )
    if block.box is not None and mark is not None:
        _put_at(sheet.lines[mark.until - 1], block.box, value)
    elif mark is not None and value:
        _put_beside(sheet.lines[mark.until - 1], value)


def _put_at(label: Line, box: Line, value: str) -> None:
    if box.source is label.source:
        _put_beside(label, value)
    else:
        put(box.source, value)


def _put_beside(label: Line, value: str) -> None:
    """Put a value behind a label that stands in the same paragraph, and leave the label as it is."""
    paragraph: Any = label.source
    texts = [node for node in paragraph.iter() if local(node) == "t"]
    printed = "".join(node.text or "" for node in texts)
    kept = (
        len(printed.rstrip())
        if printed.rstrip().endswith((":", "?"))
        else _label_ends(printed, label)
    )
    for node in texts:
        own = node.text or ""
        node.text, kept = own[:kept], max(kept - len(own), 0)
    if texts and value:
        last = next((node for node in reversed(texts) if node.text), texts[-1])
        target = texts[-1] if texts[-1].getparent() is not last.getparent() else last
        target.text = f"{target.text or ''} {value}"
        target.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _label_ends(printed: str, label: Line) -> int:
    """How many letters of a paragraph are the label: all but the value that was read beside it."""
    value = label.text[label.text.rfind(" ") + 1 :]
    return printed.rfind(value) if value and printed.rstrip().endswith(value) else len(printed)


def _place(block: Block, box: str, sheet: Sheet) -> list[Line]:
    """A new paragraph under a label that has none, set like the words under that label elsewhere."""
    mark = next(
        (m for m in sheet.marks if m.which == box and block.first <= m.at < block.end), None
    )
    elsewhere = (line for other in sheet.blocks for line in other.fields.get(box, ()))
    model = next(elsewhere, None)
    if mark is None or model is None:
        return []
    label = sheet.lines[mark.until - 1]
    fresh = deepcopy(model.source)
    label.source.addnext(fresh)
    return [replace(label, text=BLANK, source=fresh)]


def _entries(lines: Sequence[Line], texts: Sequence[str], numbers: Iterator[int]) -> None:
    """Put a field's entries in the place of what stands in it; its blank paragraphs may stay."""
    if not lines:
        return
    written = [line for line in lines if line.text != BLANK]
    old = [line.source for line in written or lines[:1]]
    refill(old, texts, numbers)


def _closing(sheet: Sheet, document: dict[str, Any], guide: Guide) -> None:
    legend = closing.is_legend(sheet.lines, guide)
    chosen = iter(document["priorities"])
    permissions: Mapping[str, Value] = document["permissions"]
    models = [mark for mark in sheet.outside if mark.kind == "data-model" and mark.at not in legend]
    fullest = min((mark.spelled for mark in models), default=0)
    for mark in sheet.outside:
        if mark.kind == "data-model" and mark.at not in legend and mark.spelled == fullest:
            model = document["data_model"]
            _answer(sheet, mark, "" if model is None else str(model))
        elif mark.kind == "changed" and document.get("data_model_changed"):
            _answer(sheet, mark, document["data_model_changed"].capitalize())
        elif mark.kind == "choice":
            _answer(sheet, mark, next(chosen, ""))
        elif mark.kind == "permission":
            _answer(sheet, mark, (permissions.get(mark.which) or "").capitalize())


def _add_unasked(file: Any, sheet: Sheet, document: dict[str, Any], guide: Guide) -> None:
    """Add at the end what was chosen or answered and is not asked for in the form."""
    asked = {mark.which if mark.kind == "permission" else mark.kind for mark in sheet.outside}
    names = {own.text: own.id for own in guide.permissions}
    choices = {spellings[0] for spellings in wording_of(guide).choices}
    model = wording_of(guide).data_model[0].replace("{area}", document["area"])
    for part in closing_of(document, guide):
        other = (
            "choice" if part.text in choices else "data-model" if part.text == model else "changed"
        )
        name = names.get(part.text, other)
        if part.value and name not in asked:
            paragraph = file.add_paragraph()
            paragraph.add_run(f"{part.text} ").bold = True
            paragraph.add_run(part.value)


def _answer(sheet: Sheet, mark: Mark, value: str) -> None:
    """Put a value beside a label, or in the box under it if there is one."""
    label = sheet.lines[mark.until - 1]
    under = sheet.lines[mark.until] if mark.until < len(sheet.lines) else None
    marked = {other.at for other in sheet.marks}
    if mark.beside:
        _put_at(label, mark.beside[0], value)
    elif (
        under is not None
        and mark.until not in marked
        and len(letters(under.text)) <= len(letters(BLANK) + "descriptor")
    ):
        put(under.source, value)
    elif value:
        _put_beside(label, value)


def _refuse_other(form: Form, document: dict[str, Any], guide: Guide) -> None:
    """Refuse a form that does not say what was to be filled in, and name the first difference."""
    read = {own.item: own for own in form.printed}
    headings = headings_of(document.get("headings"))
    for row in document["descriptors"]:
        item = row["item"]
        own, level = read.get(item), level_of(row["score"], item, guide)
        score = level and level.value
        texts = {
            box: with_headings(tuple(row[name]), headings, item, name)
            for box, name in key_of(guide, item).items()
        }
        said = any(texts.values()) or score is not None
        same = (
            own is not None
            and own.score == score
            and all(
                tuple(own.entries.get(box, ())) == tuple(wanted) for box, wanted in texts.items()
            )
        )
        if said and not same:
            raise Refused(
                f"The area's own form has no place for all that is said under {item}, so it cannot "
                f"be filled in. Take another format, or hand the form in again as it is to be used."
            )
    answers = {name: said == "yes" for name, said in document["permissions"].items() if said}
    wanted = (document["data_model"], tuple(document["priorities"]), answers)
    changed = document.get("data_model_changed")
    same = changed is None or closing.yes_or_no(changed) == form.data_model_changed
    if not same or wanted != (form.data_model, form.priorities, dict(form.permissions)):
        raise Refused(
            "The area's own form has no place for its data model, the chosen descriptors or the "
            "answers on sharing, so it cannot be filled in. Take another format."
        )
