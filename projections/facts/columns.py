"""The columns of the fact table, drawn from the facts' own classes: a new field is a new column."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from types import NoneType
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin
from uuid import UUID

from pydantic import AwareDatetime

from ehsg_events import events  # noqa: F401 - every topic is known once this page was read
from ehsg_events.kernel import TOPICS, Stamp, Stream, Words
from ehsg_events.values.exposure import Exposure

WHOLE = "BIGINT"
Shape = str | list[str] | dict[str, str]  # as DuckDB's from_json writes a type
SCALARS: dict[object, str] = {
    str: "VARCHAR",
    int: WHOLE,
    float: "DOUBLE",
    bool: "BOOLEAN",
    UUID: "UUID",
    date: "DATE",
    datetime: "TIMESTAMPTZ",
    AwareDatetime: "TIMESTAMPTZ",
}
STRUCTS = (Words, Exposure)  # every other nested value stays JSON
OWN = {  # what the log itself says of a fact
    "position": "BIGINT",
    "stream": "UUID",
    "version": "BIGINT",
    "topic": "VARCHAR",
    "what": "VARCHAR",
}
OBJECT = "MAP(VARCHAR, JSON)"
SAID_AT = "said_at"  # DuckDB takes no column called "at"


class Leaf(NamedTuple):
    """One value in a stored fact: where it stands in the JSON, and the type it must be of."""

    path: str
    kind: str
    needed: bool = False

    @property
    def nests(self) -> bool:
        """Whether it holds more than one value."""
        return self.kind in ("JSON", OBJECT) or self.kind.endswith("[]")


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


def fact_fields(topics: Collection[str] = TOPICS) -> dict[str, Shape]:
    """Every field of some facts; where any two facts disagree on its type, the column is JSON."""
    found: dict[str, Shape] = {}
    for kind in TOPICS.values():
        for name, field in kind.model_fields.items():
            drawn = shape(field.annotation)
            found[name] = drawn if found.get(name, drawn) == drawn else "JSON"
    met = {name for topic in topics for name in TOPICS[topic].model_fields}
    return {name: drawn for name, drawn in found.items() if name in met}


def envelope() -> dict[str, Shape]:
    """The address and the stamp that stand beside each fact."""
    address = {n: shape(f.annotation) for n, f in Stream.model_fields.items() if n != "kind"}
    return address | {name: shape(f.annotation) for name, f in Stamp.model_fields.items()}


def parsed(topics: Collection[str] = TOPICS) -> str:
    """The expression that reads a stored state as the texts `t`.

    from_json reads a value that is not of its type as missing, without a word. So it is asked for
    texts, which anything can be, and `typed` casts these.
    """
    texts = json.dumps({**_texts(envelope()), "fact": _texts(_told(topics))})
    return f"from_json(state, '{texts}')"


def typed(topics: Collection[str] = TOPICS) -> str:
    """The expression that casts the texts `t`, and fails where a value is not of its type.

    A cast alone would round 1.5 to a whole number, and take a fact that is no object for empty.
    """
    strange = f"regexp_matches(concat_ws(' ', {', '.join(_wholes(topics))}), '[^0-9 -]')"
    drawn = _struct({**envelope(), "fact": _struct(_told(topics))})
    return (
        f"CASE WHEN t.assessment IS NULL OR {strange} "
        f"OR json_type(state, '$.fact') IS DISTINCT FROM 'OBJECT' THEN error('not of its type') ELSE t::{drawn} END"
    )


def _told(topics: Collection[str]) -> dict[str, Shape]:
    """The fields of some facts, those that hold a few values of their own as JSON."""
    fields = fact_fields(topics).items()
    return {name: "JSON" if isinstance(kind, dict) else kind for name, kind in fields}


def _wholes(topics: Collection[str]) -> Iterator[str]:
    """The texts that must be whole numbers."""
    yield from (f't."{name}"' for name, kind in envelope().items() if kind == WHOLE)
    for name, drawn in fact_fields(topics).items():
        if drawn == WHOLE:
            yield f't.fact."{name}"'
        elif isinstance(drawn, dict):
            inside = (inner for inner, kind in drawn.items() if kind == WHOLE)
            yield from (f"""(t.fact."{name}"->>'{inner}')""" for inner in inside)


def columns(topics: Collection[str] = TOPICS) -> dict[str, str]:
    """Each column of the fact table with the expression over the parsed state that fills it.

    A field that is part of the address in one fact and of the content in another is one column.
    """
    found = {_column(name): f's."{name}"' for name in envelope()}
    for name, drawn in fact_fields(topics).items():
        told = f's.fact."{name}"'
        told = _nested(told, drawn) if isinstance(drawn, dict) else told
        found[name] = f"coalesce({found[name]}, {told})" if name in found else told
    return found


@cache
def kinds() -> Mapping[str, str]:
    """The type of each column of the fact table, in order."""
    drawn = {**fact_fields(), **{_column(name): kind for name, kind in envelope().items()}}
    return {**OWN, **{name: written(drawn[name]) for name in columns()}, "state": "VARCHAR"}


def leaves() -> Iterator[Leaf]:
    """Every value that a stored fact can hold, to name the one that cannot be read."""
    for name, drawn in envelope().items():
        yield Leaf(f"$.{name}", written(drawn), needed=name == "assessment")
    yield Leaf("$.fact", OBJECT, needed=True)
    for name, drawn in fact_fields().items():
        if isinstance(drawn, dict):
            yield Leaf(f"$.fact.{name}", OBJECT)
            yield from (Leaf(f"$.fact.{name}.{inner}", kind) for inner, kind in drawn.items())
        else:
            yield Leaf(f"$.fact.{name}", written(drawn))


def _texts(drawn: Mapping[str, Shape]) -> dict[str, str]:
    """The same fields as texts, or as JSON where they hold more than one value."""
    return {
        name: "VARCHAR" if isinstance(kind, str) and kind != "JSON" else "JSON"
        for name, kind in drawn.items()
    }


def _nested(told: str, drawn: dict[str, str]) -> str:
    """The expression that reads a field which holds a few values of its own."""
    read = f"from_json({told}, '{json.dumps(_texts(drawn))}')::{_struct(drawn)}"
    return f"CASE WHEN json_type({told}) <> 'OBJECT' THEN error('no object') ELSE {read} END"


def _struct(drawn: Mapping[str, Shape]) -> str:
    inner = ", ".join(f'"{name}" {written(kind)}' for name, kind in drawn.items())
    return f"STRUCT({inner})"


def written(drawn: Shape) -> str:
    """A shape as SQL writes its type."""
    if isinstance(drawn, list):
        return f"{drawn[0]}[]"
    return _struct(drawn) if isinstance(drawn, dict) else drawn


def _column(name: str) -> str:
    return SAID_AT if name == "at" else name
