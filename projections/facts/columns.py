"""The columns of the fact table, derived from the classes of facts: a new field is a new column."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from types import NoneType
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin
from uuid import UUID

from pydantic import AwareDatetime

from ehsg_events import events  # noqa: F401 - importing it registers every topic
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
OWN = {  # what the log itself records about a fact
    "position": "BIGINT",
    "stream": "UUID",
    "version": "BIGINT",
    "topic": "VARCHAR",
    "what": "VARCHAR",
    "state": "VARCHAR",
}
OBJECT = "MAP(VARCHAR, JSON)"
SAID_AT = "said_at"  # DuckDB takes no column called "at"


class Leaf(NamedTuple):
    """One value in a stored fact: its path in the JSON, and its SQL type.

    `needed` is whether it must be present.
    """

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
    """Every field of the facts of some topics; JSON where any two facts disagree on its type."""
    fields: dict[str, Shape] = {}
    for _, fact in sorted(TOPICS.items()):  # in one order, whatever was imported first
        for name, field in fact.model_fields.items():
            kind = shape(field.annotation)
            fields[name] = kind if fields.get(name, kind) == kind else "JSON"
    wanted = {name for topic in topics for name in TOPICS[topic].model_fields}
    return {name: kind for name, kind in fields.items() if name in wanted}


def envelope(names: Collection[str] = ()) -> dict[str, Shape]:
    """The address and the stamp that stand beside each fact, or some of their fields."""
    address = {n: shape(f.annotation) for n, f in Stream.model_fields.items() if n != "kind"}
    every = address | {name: shape(f.annotation) for name, f in Stamp.model_fields.items()}
    return {name: kind for name, kind in every.items() if not names or name in names}


def parsed(topics: Collection[str] = TOPICS, beside: Collection[str] = ()) -> str:
    """The expression that reads a stored state as the texts `t`.

    from_json silently reads a value of the wrong type as missing. So it is asked for texts, as
    which it reads any value, and `typed` casts them.

    Args:
        beside: the fields that are read of what stands beside each fact; all when none is named.
    """
    texts = json.dumps({**_texts(envelope(beside)), "fact": _texts(_content(topics))})
    return f"from_json(state, '{texts}')"


def typed(topics: Collection[str] = TOPICS, beside: Collection[str] = ()) -> str:
    """The expression that casts the texts `t`, and fails where a value is not of its type.

    A cast alone would round 1.5 to a whole number, and read a fact that is not an object as empty.
    """
    wholes = ", ".join(_wholes(topics, beside))
    not_whole = f"regexp_matches(concat_ws(' ', {wholes}), '[^0-9 -]')"
    struct = _struct({**envelope(beside), "fact": _struct(_content(topics))})
    return (
        f"CASE WHEN t.assessment IS NULL OR {not_whole} OR {newer(topics)} "
        f"OR json_type(state, '$.fact') IS DISTINCT FROM 'OBJECT' "
        f"THEN error('not of its type') ELSE t::{struct} END"
    )


def newer(topics: Collection[str] = TOPICS) -> str:
    """The expression for whether a stored state holds a field that no fact of some topics has.

    from_json would leave it out without a word, and figures would be made of the rest. It is looked
    for among few names: DuckDB goes through all of them for every fact.
    """
    known = {"assessment", "fact", *envelope(), *fact_fields(topics)}
    listed = ", ".join(f"'{name}'" for name in sorted(known))
    return f"NOT list_has_all([{listed}], flatten(json_keys(state, ['$', '$.fact'])))"


def _content(topics: Collection[str]) -> dict[str, Shape]:
    """The fields of the facts of some topics, nested ones as JSON."""
    fields = fact_fields(topics).items()
    return {name: "JSON" if isinstance(kind, dict) else kind for name, kind in fields}


def _wholes(topics: Collection[str], beside: Collection[str]) -> Iterator[str]:
    """The texts that must be whole numbers."""
    yield from (f't."{name}"' for name, kind in envelope(beside).items() if kind == WHOLE)
    for name, kind in fact_fields(topics).items():
        if kind == WHOLE:
            yield f't.fact."{name}"'
        elif isinstance(kind, dict):
            whole = (inner for inner, inner_kind in kind.items() if inner_kind == WHOLE)
            yield from (f"""(t.fact."{name}"->>'{inner}')""" for inner in whole)


def columns(topics: Collection[str] = TOPICS, beside: Collection[str] = ()) -> dict[str, str]:
    """Each column of the fact table, with the expression over the parsed state that fills it.

    A field that is part of the address in one fact and of the content in another is one column.
    """
    expressions = {_column(name): f's."{name}"' for name in envelope(beside)}
    for name, kind in fact_fields(topics).items():
        expression = f's.fact."{name}"'
        expression = _nested(expression, kind) if isinstance(kind, dict) else expression
        expressions[name] = (
            f"coalesce({expressions[name]}, {expression})" if name in expressions else expression
        )
    return expressions


@cache
def _column_of(path: str) -> str:
    name, _, inner = path.partition(".")
    if inner and kinds()[name].startswith("STRUCT"):
        return f'"{name}"."{inner}"'
    return f"""\"{name}\"->>'{inner}'""" if inner else f'"{name}"'


def columns_of(
    row: type[tuple[Any, ...]], paths: Mapping[str, str], among: Collection[str] = ()
) -> str:
    """The expressions that select the fields of a named tuple from the fact table.

    Args:
        paths: where fields are that are no column: "exposure.room", or "rule.$" for JSON as text.
        among: the columns that the table has, all when none is named; of another it has no value.
    """
    names: Sequence[str] = row._fields  # type: ignore[attr-defined]
    wanted = (paths.get(name, name) for name in names)
    has = among or kinds()
    return ", ".join(_column_of(w) if w.partition(".")[0] in has else "NULL" for w in wanted)


@cache
def kinds() -> Mapping[str, str]:
    """The type of each column of the fact table, in order."""
    every = {**fact_fields(), **{_column(name): kind for name, kind in envelope().items()}}
    return {**OWN, **{name: written(every[name]) for name in columns()}}


def leaves() -> Iterator[Leaf]:
    """Every value that a stored fact can hold, so that one which cannot be read can be named."""
    for name, kind in envelope().items():
        yield Leaf(f"$.{name}", written(kind), needed=name == "assessment")
    yield Leaf("$.fact", OBJECT, needed=True)
    for name, kind in fact_fields().items():
        if isinstance(kind, dict):
            yield Leaf(f"$.fact.{name}", OBJECT)
            yield from (
                Leaf(f"$.fact.{name}.{inner}", inner_kind) for inner, inner_kind in kind.items()
            )
        else:
            yield Leaf(f"$.fact.{name}", written(kind))


def _texts(fields: Mapping[str, Shape]) -> dict[str, str]:
    """The same fields as texts, or as JSON where they hold more than one value."""
    return {
        name: "VARCHAR" if isinstance(kind, str) and kind != "JSON" else "JSON"
        for name, kind in fields.items()
    }


def _nested(expression: str, fields: dict[str, str]) -> str:
    """The expression that reads a field with values nested in it."""
    read = f"from_json({expression}, '{json.dumps(_texts(fields))}')::{_struct(fields)}"
    return f"CASE WHEN json_type({expression}) <> 'OBJECT' THEN error('no object') ELSE {read} END"


def _struct(fields: Mapping[str, Shape]) -> str:
    inner = ", ".join(f'"{name}" {written(kind)}' for name, kind in fields.items())
    return f"STRUCT({inner})"


def written(kind: Shape) -> str:
    """A shape as a type in SQL."""
    if isinstance(kind, list):
        return f"{kind[0]}[]"
    return _struct(kind) if isinstance(kind, dict) else kind


def _column(name: str) -> str:
    return SAID_AT if name == "at" else name
