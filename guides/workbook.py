"""A guide read back from an untrusted spreadsheet; formulas and far too large files are refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import ValidationError

from guides.base import Part
from guides.sheets import KEY, OF, TEXT, VALUE, Sheet, all_rows, sheets
from guides.yaml_text import Unreadable

LARGEST = 5_000_000  # bytes of a workbook as it lies on the disk
UNPACKED = 40_000_000  # bytes of its unpacked content
MEMBERS, ROWS, COLUMNS = 200, 20_000, 40


def load(file: Path) -> dict[str, Any]:
    """The plain values of a guide in a workbook, not yet checked.

    Raises:
        Unreadable: the file is no workbook of this shape, holds a formula, or is far too large.
    """
    tables = _tables(file)
    known = {sheet.name: sheet for sheet in sheets()}
    for name in tables:
        if name != "guide" and name not in known:
            raise Unreadable(f"no sheet is called {name}; known are guide, {', '.join(known)}")
    if "guide" not in tables:
        raise Unreadable("the sheet called guide is missing")
    plain = {row[KEY]: row.get(VALUE, "") for row in tables["guide"] if KEY in row}
    for sheet in sheets():
        _take(plain, sheet, tables.get(sheet.name, []))
    return plain


def _take(plain: dict[str, Any], sheet: Sheet, rows: list[dict[str, str]]) -> None:
    owners = dict(all_rows(plain, sheet.owner))
    for row in rows:
        owner = owners.get(row.pop(OF, ""))
        if owner is None:
            raise Unreadable(f"sheet {sheet.name}: a row belongs to nothing: check its column {OF}")
        if sheet.keyed:
            owner.setdefault(sheet.field, {})[row.get(KEY, "")] = row.get(VALUE, "")
        elif sheet.part is None:
            owner.setdefault(sheet.field, []).append(row.get(TEXT, ""))
        else:
            piece = {**_needed(sheet.part), **row}
            owner[sheet.field] = piece if sheet.one else [*owner.get(sheet.field, []), piece]
    if not sheet.one:
        for owner in owners.values():
            owner.setdefault(sheet.field, {} if sheet.keyed else [])


def _needed(part: type[Part]) -> dict[str, str]:
    """Texts that a piece must have but may be empty: an empty cell is an empty text."""
    return {name: "" for name in ("statement",) if name in part.model_fields}


def _tables(file: Path) -> dict[str, list[dict[str, str]]]:
    _refuse_bombs(file)
    try:
        book = load_workbook(file, data_only=False, keep_links=False)
    except Exception as trouble:  # noqa: BLE001 - a broken workbook can set off anything in its reader
        raise Unreadable(
            f"it is not a workbook that can be read ({type(trouble).__name__})"
        ) from None
    return {sheet.title: list(_read(sheet)) for sheet in book.worksheets}


def mistakes(trouble: ValidationError, file: str) -> list[str]:
    """The mistakes in the content of a workbook, by sheet and number of the row."""
    sentences = []
    for error in trouble.errors():
        path = [str(part + 1) if isinstance(part, int) else part for part in error["loc"]]
        sentences.append(
            f"{file}, {' '.join(path) or 'guide'}: {error['msg'].removeprefix('Value error, ')}."
        )
    return sentences


def _refuse_bombs(file: Path) -> None:
    try:
        if file.stat().st_size > LARGEST:
            raise Unreadable(f"it is larger than {LARGEST // 1_000_000} MB, which no guide is")
        with ZipFile(file) as packed:
            members = packed.infolist()
            if len(members) > MEMBERS or sum(member.file_size for member in members) > UNPACKED:
                raise Unreadable("it unpacks to far more than any guide holds")
            if any(b"<!DOCTYPE" in packed.read(member)[:2000] for member in members):
                raise Unreadable("it holds a document type, which no guide needs")
    except (OSError, BadZipFile, ValueError, RuntimeError) as trouble:
        if isinstance(trouble, Unreadable):
            raise
        raise Unreadable("it is not a workbook (.xlsx)") from None


def _read(sheet: Worksheet) -> Iterator[dict[str, str]]:
    if sheet.max_row > ROWS or sheet.max_column > COLUMNS:
        raise Unreadable(f"sheet {sheet.title} is larger than any guide's")
    rows = list(sheet.iter_rows())
    head = [str(cell.value or "").strip() for cell in rows[0]] if rows else []
    for row in rows[1:]:
        values: dict[str, str] = {}
        for name, cell in zip(head, row, strict=True):
            if cell.data_type == "f":
                raise Unreadable(
                    f"sheet {sheet.title}, cell {cell.coordinate}: a formula. It is not worked "
                    f"out: type its result"
                )
            if cell.value is not None and name:
                values[name] = _text(cell.value)
        if values:
            yield values


def _text(value: object) -> str:
    """A cell's text; a number reads as it was typed."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.15g}" if isinstance(value, float) else str(value)
