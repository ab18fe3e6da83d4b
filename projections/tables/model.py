"""A book of tables as plain values: every column named, typed and described, whatever the format.

Text in it is plain text. Characters that would steer a screen or break a file are made visible
here.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator

from ehsg_events.kernel import Frozen
from projections.documents.model import readable

Kind = Literal["string", "integer", "number", "boolean", "date"]
Text = Annotated[str, AfterValidator(readable)]
Value = Text | int | float | bool | date | None


class Column(Frozen):
    """What stands under one heading: its name for programs, its title for people, what it means.

    `choices`, `least` and `most` bound its values; one that is `needed` is never blank.
    """

    name: str
    title: str
    says: str
    kind: Kind = "string"
    needed: bool = False
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None


class Reference(Frozen):
    """A column whose values stand in a column of the same name in another table."""

    column: str
    table: str


class Table(Frozen):
    """Rows under columns; `says` is what a row is, `key` the columns that tell rows apart."""

    name: str
    title: str
    says: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    key: tuple[str, ...] = ()
    refers: tuple[Reference, ...] = ()


class Book(Frozen):
    """Tables that belong together; `at` is the moment they describe, the only time in a file."""

    name: str
    title: Text
    says: Text
    tables: tuple[Table, ...]
    at: datetime | None = None
