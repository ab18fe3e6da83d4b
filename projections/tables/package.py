"""A book as a Data Package: CSV for programs with its Table Schema, and CSV for spreadsheets."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from projections.tables.csv import for_programs, for_spreadsheets
from projections.tables.model import Book, Column, Table
from projections.tables.zipped import zipped

README = """\
{title}

{says}

{files}

In spreadsheets/ a text that a spreadsheet would run as a formula begins with an apostrophe. For
programs are the files beside datapackage.json: `frictionless validate datapackage.json` checks
every value against its column.
"""


def write(book: Book) -> bytes:
    """A book as a zip file, the same bytes for the same content."""
    plain = {f"{table.name}.csv": for_programs(table) for table in book.tables}
    sheets = {f"spreadsheets/{table.name}.csv": for_spreadsheets(table) for table in book.tables}
    described = json.dumps(_package(book, plain), ensure_ascii=False, indent=1) + "\n"
    beside = {"README.txt": _readme(book).encode(), "datapackage.json": described.encode()}
    return zipped({**beside, **plain, **sheets})


def _readme(book: Book) -> str:
    files = {
        "datapackage.json": "The names, types and meanings of all columns (Frictionless).",
        **{f"{table.name}.csv": table.says for table in book.tables},
        "spreadsheets/": "The same tables, to open in a spreadsheet.",
    }
    width = max(map(len, files)) + 2
    lines = "\n".join(f"{name:<{width}}{says}" for name, says in files.items())
    return README.format(title=book.title, says=book.says, files=lines)


def _package(book: Book, files: dict[str, bytes]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": book.name,
        "title": book.title,
        "description": book.says,
        **({"created": book.at.isoformat()} if book.at else {}),
        "resources": [_resource(table, files[f"{table.name}.csv"]) for table in book.tables],
    }


def _resource(table: Table, content: bytes) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "description": table.says,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema(table),
    }


def schema(table: Table) -> dict[str, Any]:
    """A table's columns as a Table Schema; an empty cell is a missing value."""
    described: dict[str, Any] = {"fields": list(map(_field, table.columns)), "missingValues": [""]}
    if table.key:
        described["primaryKey"] = list(table.key)
    if table.refers:
        described["foreignKeys"] = [
            {
                "fields": reference.column,
                "reference": {"resource": reference.table, "fields": reference.column},
            }
            for reference in table.refers
        ]
    return described


def _field(column: Column) -> dict[str, Any]:
    constraints = {
        "required": column.needed or None,
        "enum": list(column.choices) or None,
        "minimum": column.least,
        "maximum": column.most,
    }
    bounds = {name: bound for name, bound in constraints.items() if bound is not None}
    about = {"name": column.name, "title": column.title, "description": column.says}
    return {**about, "type": column.kind, **({"constraints": bounds} if bounds else {})}
