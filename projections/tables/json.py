"""A book as one JSON document: each table with its columns, and its rows by name."""

from __future__ import annotations

import json
from typing import Any

from projections.tables.model import Book, Table


def write(book: Book) -> bytes:
    """A book as JSON, in UTF-8."""
    document = {
        "name": book.name,
        "title": book.title,
        "description": book.says,
        "tables": {table.name: _table(table) for table in book.tables},
    }
    return (json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n").encode()


def _table(table: Table) -> dict[str, Any]:
    names = [column.name for column in table.columns]
    return {
        "title": table.title,
        "description": table.says,
        "columns": [column.model_dump(exclude_defaults=True) for column in table.columns],
        "rows": [dict(zip(names, row, strict=True)) for row in table.rows],
    }
