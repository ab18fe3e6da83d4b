"""A submission as a spreadsheet of text cells; a formula is refused when read and never written.

The sheet `descriptors` has the columns item, score and one for each field (`working_well`, `next`).
A descriptor takes as many rows as its longest list has entries, with its item in each and its score
in the first. The sheet `choices` holds the data model, priorities and permissions as names and
values. The sheet `headings` holds the headings among the entries, if there are any.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from bots.forms.decoding import LONGEST
from bots.forms.scores import meant, printed
from bots.forms.sources.documents import (
    GUESS,
    NAMES,
    READ,
    Headings,
    headings_of,
    key_of,
    with_headings,
)
from bots.forms.wording import letters
from ehsg_events.kernel import Refused
from ehsg_events.states.submission import Form, Printed
from guides.model import Guide
from projections.submissions.handed_in import KEYS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

UNPACKED = 10 * LONGEST  # bytes inside the file: a small file may hold a very large one
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how a spreadsheet's file writes a strange character
MOST = 20_000  # rows
TITLED = ("descriptor", "field", "before_item", "heading")
Row = list[str | None]


def read_xlsx(content: bytes, guide: Guide) -> Form:
    """Read a submission from a spreadsheet.

    Raises:
        Refused: it is no spreadsheet, it holds a formula, or it lacks a column that is needed.
    """
    book = _opened(content)
    rows = _rows(book.worksheets[0])
    columns = _columns(rows[0][1], guide) if rows else []
    _refuse_unnamed(rows, columns)
    if not {"item", "score"} <= set(columns):
        raise Refused("The first row is to name the columns: item, score, working_well, next.")
    choices, heading_rows = (
        _rows(book[name]) if name in book.sheetnames else [] for name in ("choices", "headings")
    )
    headings = headings_of([dict(zip(TITLED, row, strict=False)) for _, row in heading_rows[1:]])
    found = tuple(_printed(rows[1:], columns, guide, headings))
    read = ("descriptors", "choices", "headings")
    lost = [
        f"the sheet {sheet.title}: it is not read. Did you mean one of {', '.join(read)}?"
        for sheet in book.worksheets[1:]
        if sheet.title not in read and any(any(row) for _, row in _rows(sheet))
    ]
    return Form(layout="xlsx", printed=found, lost=tuple(lost), **_chosen(choices))


def _columns(heads: Row, guide: Guide) -> list[str]:
    """What each column holds: by its name, however it is written, or by the form's own label."""
    known = {letters(name): name for name in ("item", "score", *READ)}
    known["id"] = "item"
    known |= {letters(name): name for names in NAMES.values() for name in names}
    for section in guide.sections:
        known |= {letters(box.label): KEYS[box.kind] for box in section.fields}
    return [known.get(letters(name or ""), (name or "").strip()) for name in heads]


def _refuse_unnamed(rows: Sequence[tuple[int, Row]], columns: Sequence[str]) -> None:
    """Refuse a column that holds something under a name that is not read."""
    from openpyxl.utils import get_column_letter

    known = ["item", "score", *READ, *(name for names in NAMES.values() for name in names)]
    for number, row in rows[1:]:
        held = {index: text for index, text in enumerate(row) if text is not None}
        for index in held:
            name = columns[index]
            if name not in known:
                letter = get_column_letter(index + 1)
                guess = get_close_matches(name.casefold(), known, n=1, cutoff=GUESS)
                meant = f" Did you mean “{guess[0]}”?" if guess else ""
                headed = f"is headed “{name}”, which is not read" if name else "has no heading"
                raise Refused(
                    f"column {letter}: it {headed}, but holds something in row {number}.{meant} The "
                    f"columns are item, score, working_well and next."
                )
        if len({columns[index] for index in held}) < len(held):
            raise Refused(f"row {number}: two columns have the same heading. Keep one of them.")


def _opened(content: bytes) -> Any:
    from openpyxl import load_workbook

    try:
        with ZipFile(BytesIO(content)) as packed:
            size = sum(part.file_size for part in packed.infolist())
        if len(content) > LONGEST or size > UNPACKED:
            raise Refused(
                f"The spreadsheet unpacks to {size} bytes; a form has at most {UNPACKED}."
            )
        return load_workbook(BytesIO(content))
    except (BadZipFile, KeyError, ValueError, OSError) as mistake:
        raise Refused(f"The file is not a spreadsheet: {mistake}.") from None


def _rows(sheet: Worksheet) -> list[tuple[int, Row]]:
    if sheet.max_row > MOST:
        raise Refused(f"The sheet {sheet.title} has {sheet.max_row} rows; at most {MOST} are read.")
    rows = []
    for number, row in enumerate(sheet.iter_rows(), start=1):
        for cell in row:
            if cell.data_type == "f":
                raise Refused(
                    f"row {number}: cell {cell.coordinate} holds a formula, which is never "
                    f"evaluated. Put the text itself there."
                )
        rows.append((number, [_text(cell.value) for cell in row]))
    return rows


def _text(value: object) -> str | None:
    if value is None or not str(value).strip():
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    typed = ESCAPED.sub(lambda code: chr(int(code[1], 16)), str(value))
    return typed.replace("\r\n", "\n")


def _printed(
    rows: Sequence[tuple[int, Row]], columns: Sequence[str], guide: Guide, headings: Headings
) -> Iterable[Printed]:
    """One descriptor for each run of rows with the same item; two runs of one item make two."""
    group: list[tuple[int, dict[str, str | None]]] = []
    for number, cells in rows:
        row = dict(zip(columns, cells, strict=False))
        if not any(row.values()):
            continue
        if group and row["item"] not in (None, group[0][1]["item"]):
            yield _descriptor(group, guide, headings)
            group = []
        group.append((number, row))
    if group:
        yield _descriptor(group, guide, headings)


def _descriptor(
    group: Sequence[tuple[int, dict[str, str | None]]], guide: Guide, headings: Headings
) -> Printed:
    item = (group[0][1]["item"] or "").strip()
    fields = guide.section_of(item).fields if item in guide.descriptors else ()
    scored = [(number, row["score"]) for number, row in group if row["score"] is not None]
    if len(scored) > 1:
        raise Refused(f"row {scored[1][0]}: {item} has a second score. Keep it in its first row.")
    return Printed(
        item=item,
        where=f"row {group[0][0]}",
        score=meant((scored[0][1] or "").strip(), item, guide) if scored else None,
        score_where=f"row {scored[0][0]}" if scored else None,
        entries={
            box.id: texts
            for box in fields
            for name in NAMES[box.kind]
            if (texts := with_headings(_column(group, name), headings, item, name))
        },
    )


def _column(group: Sequence[tuple[int, dict[str, str | None]]], name: str) -> tuple[str, ...]:
    return tuple(text for _, row in group if (text := row.get(name)) is not None)


def _chosen(rows: Sequence[tuple[int, Row]]) -> dict[str, Any]:
    pairs = [(row[0] or "", row[1] if len(row) > 1 else None) for _, row in rows]
    model = next((value for name, value in pairs if name == "data_model"), None)
    if model is not None and not model.isdecimal():
        raise Refused(f"choices: data_model is to be a whole number, not {model}.")
    answers = {name: value for name, value in pairs if value is not None}
    return {
        "data_model": None if model is None else int(model),
        "data_model_changed": _answer(answers.get("data_model_changed")),
        "priorities": tuple(value for name, value in pairs if name == "priority" and value),
        "permissions": {
            name.removeprefix("permission "): granted
            for name, value in answers.items()
            if name.startswith("permission ") and (granted := _answer(value)) is not None
        },
    }


def _answer(value: str | None) -> bool | None:
    if value not in (None, "yes", "no"):
        raise Refused(f'choices: an answer is "yes", "no" or blank, not {value}.')
    return None if value is None else value == "yes"


def write_xlsx(document: dict[str, Any], guide: Guide) -> bytes:
    """A submission's document as a spreadsheet."""
    from openpyxl import Workbook

    from projections.tables.xlsx import saved

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "descriptors"
    names = list(
        dict.fromkeys(name for item in guide.descriptors for name in key_of(guide, item).values())
    )
    _write(sheet, ["item", "score", *names])
    for row in document["descriptors"]:
        lists = [row.get(name, []) for name in names]
        for index, entries in enumerate(
            zip_longest(*lists) if any(lists) else [(None,) * len(names)]
        ):
            score = printed(row["score"], row["item"], guide) or None
            _write(sheet, [row["item"], None if index else score, *entries])
    choices = book.create_sheet("choices")
    _write(choices, ["data_model", document["data_model"]])
    if document.get("data_model_changed"):
        _write(choices, ["data_model_changed", document["data_model_changed"]])
    for item in document["priorities"]:
        _write(choices, ["priority", item])
    for name, answer in document["permissions"].items():
        _write(choices, [f"permission {name}", answer])
    if document.get("headings"):
        headings = book.create_sheet("headings")
        _write(headings, TITLED)
        for heading in document["headings"]:
            _write(headings, [heading[name] for name in TITLED])
    return saved(book)


def _write(sheet: Worksheet, values: Sequence[object]) -> None:
    """Append a row of plain text; what begins with an equals sign stays text."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.utils import get_column_letter

    number = 1 if sheet.max_row == 1 and sheet["A1"].value is None else sheet.max_row + 1
    for column, value in enumerate(values, start=1):
        if value is not None:
            cell = sheet[f"{get_column_letter(column)}{number}"]
            legal = ILLEGAL_CHARACTERS_RE.sub("", str(value))
            cell.value = ESCAPED.sub(r"_x005F\g<0>", legal)
            cell.data_type = "s"
            cell.number_format = "@"
