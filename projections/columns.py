"""The columns of the fact table, drawn from the facts' own classes: a new field is a new column."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from types import NoneType
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin
from uuid import UUID

from pydantic import AwareDatetime

from ehsg_events import events  # noqa: F401 - every topic is known once this page was read
from ehsg_events.exposure import Exposure
from ehsg_events.kernel import TOPICS, Stamp, Stream, Words

Shape = str | list[str] | dict[str, str]  # as DuckDB's from_json writes a type
SCALARS: dict[object, str] = {
    str: "VARCHAR",
    int: "BIGINT",
    float: "DOUBLE",
    bool: "BOOLEAN",
    UUID: "UUID",
    date: "DATE",
    datetime: "TIMESTAMPTZ",
    AwareDatetime: "TIMESTAMPTZ",
}
STRUCTS = (Words, Exposure)  # every other nested value stays JSON
SAID_AT = "said_at"  # DuckDB takes no column called "at"


class Leaf(NamedTuple):
    """One value in a stored fact: where it stands in the JSON, and which expression reads it."""

    path: str
    expression: str


def shape(annotation: Any) -> Shape:
    """The type of a column that holds a field of this Python type."""
    bare = _bare(annotation)
    if bare in SCALARS:
        return SCALARS[bare]
    if get_origin(bare) is Literal:
        return "VARCHAR"
    if bare == tuple[str, ...]:
        return ["VARCHAR"]
    if bare in STRUCTS:
        inner = {name: shape(field.annotation) for name, field in bare.model_fields.items()}
        return {name: str(kind) for name, kind in inner.items()}
    return "JSON"


def _bare(annotation: Any) -> Any:
    """A type without its optional None and without its validators."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    some = [part for part in get_args(annotation) if part is not NoneType]
    return _bare(some[0]) if NoneType in get_args(annotation) and len(some) == 1 else annotation


def fact_fields() -> dict[str, Shape]:
    """Every field of every fact; where two facts disagree on its type, the column is JSON."""
    found: dict[str, Shape] = {}
    for kind in TOPICS.values():
        for name, field in kind.model_fields.items():
            drawn = shape(field.annotation)
            found[name] = drawn if found.get(name, drawn) == drawn else "JSON"
    return found


def envelope() -> dict[str, Shape]:
    """The address and the stamp that stand beside each fact."""
    address = {n: shape(f.annotation) for n, f in Stream.model_fields.items() if n != "kind"}
    return address | {name: shape(f.annotation) for name, f in Stamp.model_fields.items()}


def state_schema() -> str:
    """The type of a whole stored state, as from_json takes it."""
    return json.dumps({**envelope(), "fact": fact_fields()})


def columns() -> dict[str, str]:
    """Each column of the fact table with the expression over the parsed state that fills it.

    A field that is part of the address in one fact and of the content in another is one column.
    """
    found = {_column(name): f's."{name}"' for name in envelope()}
    for name in fact_fields():
        told = f's.fact."{name}"'
        found[name] = f"coalesce({found[name]}, {told})" if name in found else told
    return found


def leaves() -> Iterator[Leaf]:
    """Every value that a stored fact can hold, for the check that none was lost on the way."""
    for name in envelope():
        yield Leaf(f"$.{name}", f'"{_column(name)}"')
    for name, drawn in fact_fields().items():
        if isinstance(drawn, dict):
            for inner in drawn:
                yield Leaf(f"$.fact.{name}.{inner}", f'"{name}"."{inner}"')
        else:
            yield Leaf(f"$.fact.{name}", f'"{name}"')


def _column(name: str) -> str:
    return SAID_AT if name == "at" else name
