"""Read models are laid out when they are asked for: each once, with those it reads before it.

A read model is written as a view. It is laid out as a table, since what it rests on never changes
beneath it, and a view in a view in a view takes longer to plan than to answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import duckdb

SQL = Path(__file__).parent.parent / "sql"


def lay_out(db: duckdb.DuckDBPyConnection, names: Sequence[str]) -> None:
    """Lay read models out, in their order."""
    for name in names:
        db.execute(_statement(name))


def take_away(db: duckdb.DuckDBPyConnection, names: Iterable[str]) -> None:
    """Take read models away again, for them to be laid out anew over something else."""
    for name in names:
        db.execute(f'DROP TABLE temp."{name}"')


def words_of(sql: str, known: Sequence[str]) -> frozenset[str]:
    """The words of a question, and of every read model that it names or that one of these reads."""
    words = frozenset(re.findall(r"\w+", sql))
    return words.union(*(_closure(name, tuple(known)) for name in words.intersection(known)))


@cache
def _closure(name: str, known: tuple[str, ...]) -> frozenset[str]:
    """The words of a read model and of all that it reads; each may read only those before it."""
    place = known.index(name)
    return words_of(_statement(name), known[:place]) - {*known[place:]} | {name}


@cache
def _statement(name: str) -> str:
    """What lays a read model out, without its comments, which name others in passing."""
    text = (SQL / f"{name}.sql").read_text(encoding="utf-8")
    return re.sub(r"--.*", "", text).replace("CREATE VIEW", "CREATE TEMP TABLE", 1)
