"""A guide as a spreadsheet, without loss: one sheet for each kind of piece.

A row is a piece; its first column `of` names the piece it belongs to. Every cell is written as
text, never as a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from guides import durable
from guides.base import Part
from guides.model import Guide

OF, TEXT, KEY, VALUE = "of", "text", "key", "value"
WIDE = 60  # characters of a column's width at most
ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")  # how XLSX writes a character that XML does not hold
LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


class Sheet(NamedTuple):
    """The sheet of one nested field: its name, the sheet of its owners, and what its rows hold.

    `part` is none for a list of texts and for a table of keys and values. `one` says that an owner
    has a single row at most.
    """

    name: str
    field: str
    owner: str
    part: type[Part] | None
    one: bool
    keyed: bool = False


def columns(part: type[Part]) -> list[str]:
    """The fields of a piece that fit into a cell."""
    return [name for name in part.model_fields if _nested(part, name) is None]


def sheets(part: type[Part] = Guide, owner: str = "guide") -> Iterator[Sheet]:
    """Every sheet of the format, derived from the classes: a new field is a new column or sheet."""
    for name in part.model_fields:
        sheet = _nested(part, name)
        if sheet is not None:
            nested = sheet._replace(name=_titled(name, owner), owner=owner)
            yield nested
            if nested.part is not None:
                yield from sheets(nested.part, nested.name)


def _titled(field: str, owner: str) -> str:
    return field if owner == "guide" else f"{owner}.{field}"[-31:].lstrip(".")


def _nested(part: type[Part], name: str) -> Sheet | None:
    """How a field becomes a sheet of its own; none if it fits into a cell."""
    annotation = part.model_fields[name].annotation
    if get_origin(annotation) in (Union, UnionType):
        inner = [argument for argument in get_args(annotation) if argument is not NoneType]
        annotation = inner[0] if len(inner) == 1 else annotation
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return Sheet(name, name, "", annotation, one=True)
    if get_origin(annotation) is tuple:
        of = get_args(annotation)[0]
        rows = of if isinstance(of, type) and issubclass(of, Part) else None
        return Sheet(name, name, "", rows, one=False)
    keyed = get_origin(annotation) is dict
    return Sheet(name, name, "", None, one=False, keyed=True) if keyed else None


def save(guide: Guide, file: Path) -> None:
    """Write a guide as a workbook, whole or not at all."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = "guide"
    plain = guide.model_dump(mode="json", exclude_defaults=True)
    rows = [[name, plain[name]] for name in columns(Guide) if name in plain]
    _fill(first, [KEY, VALUE], rows)
    for sheet in sheets():
        listed = list(_rows(plain, sheet))
        if listed:
            _fill(book.create_sheet(sheet.name), _head(sheet), listed)
    buffer = BytesIO()
    book.save(buffer)
    durable.write(file, buffer.getvalue())


def _head(sheet: Sheet) -> list[str]:
    if sheet.part is not None:
        return [OF, *columns(sheet.part)]
    return [OF, KEY, VALUE] if sheet.keyed else [OF, TEXT]


def _rows(plain: Any, sheet: Sheet) -> Iterator[list[Any]]:
    for owner, row in all_rows(plain, sheet.owner):
        value = row.get(sheet.field)
        if value is None:
            continue
        if sheet.keyed:
            yield from ([owner, key, number] for key, number in value.items())
            continue
        for piece in [value] if sheet.one else value:
            if sheet.part is None:
                yield [owner, piece]
            else:
                yield [owner, *(piece.get(name) for name in columns(sheet.part))]


def all_rows(plain: Any, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row of a sheet, each with the name that rows belonging to it give in `of`."""
    if name == "guide":
        yield "", plain
        return
    sheet = next(sheet for sheet in sheets() if sheet.name == name)
    number = 0
    for _, row in all_rows(plain, sheet.owner):
        value = row.get(sheet.field)
        for piece in [] if value is None else [value] if sheet.one else value:
            number += 1
            yield str(piece.get("id", number)), piece


def _fill(sheet: Worksheet, head: list[str], rows: list[list[Any]]) -> None:
    wrapped, bold, plain = Alignment(wrap_text=True, vertical="top"), Font(bold=True), Font()
    for line, row in enumerate([head, *rows], start=1):
        for column, value in enumerate(row, start=1):
            if value is not None and value != "":
                cell = sheet.cell(line, column, _cell(value))
                cell.data_type = "s"  # text that begins with = stays text
                cell.alignment = wrapped
                cell.font = bold if line == 1 else plain
    for column, name in enumerate(head, start=1):
        longest = max([len(name), *(len(str(row[column - 1] or "")) for row in rows)])
        sheet.column_dimensions[get_column_letter(column)].width = min(WIDE, longest + 2)
    sheet.freeze_panes = "A2"


def _cell(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else escaped(str(value))


def escaped(text: str) -> str:
    """A text as a cell of XLSX holds it: what looks like one of its escapes stays the letters."""
    return LIKE_AN_ESCAPE.sub("_x005F_", text).replace("\r", "_x000D_")


def unescaped(text: str) -> str:
    """A cell's text without the escapes of XLSX; one for the end of a line ends a line."""
    letters = ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)
    return letters.replace("\r\n", "\n").replace("\r", "\n")
