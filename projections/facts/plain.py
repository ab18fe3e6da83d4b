"""Facts read as plain values, for read models that are folded in Python and need no DuckDB.

They are read as strictly as the table of facts is, with the same types. Whatever is unusual in them
is left to the table, which reads it or refuses it by its position and its name.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from ehsg_events.kernel import TOPICS
from projections.facts.columns import SAID_AT, kinds
from projections.facts.moments import Place, microseconds
from projections.facts.table import Row

ENVELOPE = ("fact", "at")  # what else stands in a stored state is the value of a column


class Unusual(Exception):
    """A stored fact holds something that plain reading does not know."""


class PlainFact(NamedTuple):
    """A fact: its columns, and the state as it is stored, which few ask for."""

    position: int
    what: str
    columns: Mapping[str, Any]
    stored: bytes

    @property
    def state(self) -> Any:
        """The state that is stored, read anew."""
        return json.loads(self.stored)


def plain(rows: Iterable[Row]) -> list[PlainFact]:
    """Stored facts as plain values.

    Raises:
        Unusual: one of them is to be read by the table.
    """
    try:
        return [_plain(*row) for row in rows]
    except (KeyError, ValueError, TypeError, AttributeError) as odd:  # also JSON's
        raise Unusual from odd


def places_of(facts: Iterable[PlainFact]) -> list[Place]:
    """Where they stand, and when they were recorded."""
    return [Place(fact.position, microseconds(fact.columns[SAID_AT])) for fact in facts]


def _plain(position: int, stored: StoredEvent) -> PlainFact:
    what, fields = _fields_of(stored.topic)
    state = json.loads(stored.state)
    columns: dict[str, Any] = {
        fields[name]: READ[name](value)  # a field that is none of its is a KeyError
        for name, value in state["fact"].items()
        if fields[name] and value is not None
    }
    for name, value in state.items():
        if name not in ENVELOPE:
            read = READ[name]
            if value is not None:
                columns[sys.intern(name)] = read(value)
    columns |= {
        "position": position,
        "stream": stored.originator_id,
        "version": stored.originator_version,
        "topic": stored.topic,
        "what": what,
        SAID_AT: _moment(state["at"]),
    }
    return PlainFact(position, what, columns, stored.state)


@cache
def _fields_of(topic: str) -> tuple[str, Mapping[str, str]]:
    """What a topic's facts are called, and their fields, each name in memory once."""
    return topic.split(".")[1], {name: sys.intern(name) for name in TOPICS[topic].model_fields}


def field_of(path: str) -> Callable[[PlainFact], Any]:
    """How the value at a path is had from a fact, as the table's column has it.

    Args:
        path: a column, or "exposure.room", or "rule.$" for JSON as text, or "state.at".
    """
    name, _, inner = path.partition(".")
    if name == "state":
        return lambda fact: _as_text(_at(fact.state, inner))
    if inner and kinds()[name].startswith("STRUCT"):
        return lambda fact: (fact.columns.get(name) or {}).get(inner)
    if inner:
        return lambda fact: _as_text(_at(fact.columns.get(name), inner))
    if kinds()[name] == "JSON":
        return lambda fact: _as_json(fact.columns.get(name))
    return lambda fact: fact.columns.get(name)


def is_as_it_is(path: str) -> bool:
    """Whether a path is a column whose value is had as it was read."""
    return "." not in path and kinds()[path] != "JSON"


def _at(value: Any, path: str) -> Any:
    """A value within another, by its names; "$" is the value itself."""
    for name in path.split("."):
        if name != "$":
            value = value.get(name) if isinstance(value, dict) else None
    return value


def _as_text(value: Any) -> str | None:
    return value if isinstance(value, str) else _as_json(value)


def _as_json(value: Any) -> str | None:
    """A value as DuckDB writes it."""
    if value is None:
        return None
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


# -- strictly ----------------------------------------------------------------------------------
def _of(*types: type) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if type(value) not in types:  # a truth value is no number
            raise Unusual
        return value

    return read


def _texts(value: Any) -> list[str]:
    if type(value) is not list or any(type(one) is not str for one in value):
        raise Unusual
    return value


def _moment(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


READERS: Mapping[str, Callable[[Any], Any]] = {
    "BIGINT": _of(int),
    "VARCHAR": _of(str),
    "BOOLEAN": _of(bool),
    "DOUBLE": lambda value: float(_of(int, float)(value)),
    "VARCHAR[]": _texts,
    "UUID": lru_cache(UUID),  # most often the assessment's own
    "DATE": date.fromisoformat,
    "TIMESTAMPTZ": _moment,
    "JSON": lambda value: value,
}


@cache
def _reader(kind: str) -> Callable[[Any], Any]:
    """How a value of a column of this kind is read."""
    if not kind.startswith("STRUCT"):
        return READERS[kind]
    parts = (part.strip().split(" ") for part in kind[len("STRUCT(") : -1].split(","))
    readers = {name.strip('"'): READERS[inner] for name, inner in parts}

    def read(value: Any) -> dict[str, Any]:
        if type(value) is not dict or not value.keys() <= readers.keys():
            raise Unusual
        return {
            name: None if value.get(name) is None else reads(value[name])
            for name, reads in readers.items()
        }

    return read


READ = {name: _reader(kind) for name, kind in kinds().items()}
