"""Read models are laid out when they are first asked for: each once, after those that it reads.

A read model is written as a view. It is laid out as a table, since the facts beneath it never
change, and since DuckDB takes longer to plan views within views than to run them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import duckdb

from ehsg_events import events  # noqa: F401 - importing it registers every topic
from ehsg_events.kernel import TOPICS

SQL = Path(__file__).parent.parent / "sql"
READ_MODELS = (  # each may read those before it
    "gone",
    "member",
    "own_round",
    "closed",
    "asked",
    "asked_of",
    "informed",
    "standing",
    "voiced",
    "missing",
    "notes",
    "named_priorities",
    "participation",
    "took_part",
    "progress",
    "consensus",
    "changed",
    "stability",
    "standpoint",
    "disagreement",
    "evidence_quality",
    "outcome",
    "actions",
    "next_steps",
    "peers",
    "trail",
    "nudges",
)


def lay_out(db: duckdb.DuckDBPyConnection, names: Sequence[str]) -> None:
    """Create read models as tables, in the order given."""
    for name in names:
        db.execute(_statement(name))


@cache
def kinds_named_in(names: Sequence[str]) -> tuple[str, ...]:
    """The kinds of facts that read models name: no others are read by them."""
    text = "".join((SQL / f"{name}.sql").read_text(encoding="utf-8") for name in names)
    kinds = dict.fromkeys(topic.split(".")[1] for topic in TOPICS)
    return tuple(kind for kind in kinds if f"'{kind}'" in text)


def take_away(db: duckdb.DuckDBPyConnection, names: Iterable[str]) -> None:
    """Drop read models, so that they can be laid out again over something else."""
    for name in names:
        db.execute(f'DROP TABLE temp."{name}"')


def words_of(sql: str, known: Sequence[str]) -> frozenset[str]:
    """The words of a query, and of every read model that it names, itself or through another.

    Args:
        known: the read models, each after those that it reads.
    """
    words = frozenset(re.findall(r"\w+", sql))
    return words.union(*(_closure(name, tuple(known)) for name in words.intersection(known)))


@cache
def _closure(name: str, known: tuple[str, ...]) -> frozenset[str]:
    """The words of a read model and of all that it reads; each may read only those before it."""
    place = known.index(name)
    return words_of(_statement(name), known[:place]) - {*known[place:]} | {name}


@cache
def _statement(name: str) -> str:
    """The statement that lays a read model out, without comments, which may name other models."""
    text = (SQL / f"{name}.sql").read_text(encoding="utf-8")
    return re.sub(r"--.*", "", text).replace("CREATE VIEW", "CREATE TEMP TABLE", 1)
