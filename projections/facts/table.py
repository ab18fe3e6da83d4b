"""The fact table: stored facts read into a locked-down, in-memory DuckDB, and none lost on the way."""

from __future__ import annotations

import json
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import islice
from typing import Any
from uuid import UUID

import duckdb
from eventsourcing.persistence import StoredEvent

from ehsg_events.kernel import TOPICS, Refused
from projections.facts.columns import (
    WHOLE,
    Leaf,
    Shape,
    columns,
    kinds,
    leaves,
    parsed,
    typed,
    written,
)

CHUNK = 5000  # facts handed to DuckDB at once
LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "temp_directory": "",
    "threads": "1",  # an assessment is small: a second costs more memory and time than it saves
}
Row = tuple[int, StoredEvent]
_staging = threading.Lock()


def table_of(rows: Iterable[Row], *assessments: UUID) -> duckdb.DuckDBPyConnection:
    """A connection that holds some assessments' facts in the table `held`, and can do no more.

    All such connections share one database, which costs much to begin; but what each holds is
    temporary, seen by itself alone and gone when it is closed.

    Raises:
        Refused: a stored value is not of its field's type, so a figure would silently be wrong.
    """
    wanted = list(map(str, assessments))
    with _staging:
        stage = _stage()
        try:
            put(stage, rows)
            db = stage.cursor()
            db.execute(
                "CREATE TEMP TABLE held AS FROM staged "
                "WHERE list_contains($1::UUID[], assessment) ORDER BY position",
                [wanted],
            )
        finally:
            stage.execute("TRUNCATE staged")
    return db


@cache
def _stage() -> duckdb.DuckDBPyConnection:
    """The one database of this process, with the table where facts are read before each has its own."""
    stage = duckdb.connect(":memory:", config=LOCKED)
    stage.execute("SET GLOBAL TimeZone = 'UTC'")
    stage.execute("SET lock_configuration = true")
    ready(stage)
    return stage


def ready(db: duckdb.DuckDBPyConnection) -> None:
    """Lay the empty table, and the statement that fills it: to plan it takes longer than to run it."""
    drawn = ", ".join(f'"{name}" {kind}' for name, kind in kinds().items())
    db.execute(f"CREATE TABLE staged ({drawn})")
    db.execute(f"PREPARE put AS INSERT INTO staged {LOAD}")


def put(db: duckdb.DuckDBPyConnection, rows: Iterable[Row]) -> None:
    """Read stored facts into the table that was made ready.

    Raises:
        Refused: a stored value is not of its field's type, or nobody knows the fact.
    """
    every = iter(rows)
    while chunk := list(islice(every, CHUNK)):
        told = as_json(chunk)
        with naming_what_is_lost(db, ROWS, [told]):
            db.execute("EXECUTE put('" + told.replace("'", "''") + "')")


def lay_beyond(db: duckdb.DuckDBPyConnection, rows: Sequence[Row]) -> None:
    """Lay a few facts out that stand beyond a base.

    Raises:
        Refused: as `put`.
    """
    told = as_json(rows)
    with naming_what_is_lost(db, ROWS, [told]):
        db.execute(f"CREATE TEMP TABLE beyond AS {LOAD}", [told])


def as_json(rows: Sequence[Row]) -> str:
    """Rows as one JSON array, each state a text in it: letter for letter as it is stored."""
    return f"[{','.join(_one_as_json(position, stored) for position, stored in rows)}]"


def _one_as_json(position: int, stored: StoredEvent) -> str:
    if stored.topic not in TOPICS:
        raise Refused(
            f"Position {position} of the log holds {stored.topic}, which this version "
            f"does not know. Install the version that wrote it, or a newer one."
        )
    return (
        f'{{"position":{position},"stream":"{stored.originator_id}",'
        f'"version":{stored.originator_version},"topic":"{stored.topic}",'
        f'"state":{json.dumps(stored.state.decode(), ensure_ascii=False)}}}'
    )


ROW = (
    '[{"position":"BIGINT","stream":"UUID","version":"BIGINT","topic":"VARCHAR","state":"VARCHAR"}]'
)
ROWS = f"SELECT unnest(from_json($1::VARCHAR, '{ROW}'), max_depth := 2)"


def reading(rows: str, topics: Collection[str] = TOPICS) -> str:
    """The question that reads rows of some topics as facts: only our own field names are in it."""
    wide = ", ".join(f'{read} AS "{name}"' for name, read in columns(topics).items())
    return f"""
        SELECT position, stream, version, topic, split_part(topic, '.', 2) AS what, {wide}, state
        FROM (SELECT *, {typed(topics)} AS s FROM (SELECT *, {parsed(topics)} AS t FROM ({rows})))"""  # noqa: S608


def lost(rows: str) -> str:
    """The question which value in some rows is not of its type."""
    paths = ", ".join(f"'{leaf.path}'" for leaf in leaves())
    wrong = ", ".join(map(_is_wrong, leaves()))
    return f"""
        SELECT position, topic, path FROM (
          SELECT position, topic, unnest([{paths}]) AS path, unnest([{wrong}]) AS wrong
          FROM (SELECT * REPLACE (if(json_valid(state), state, '{{}}') AS state) FROM ({rows})))
        WHERE wrong ORDER BY position LIMIT 1"""  # noqa: S608


def _is_wrong(leaf: Leaf) -> str:
    """Whether a value is not of its type, or is not there though it must be."""
    told = f"json_extract{'' if leaf.nests else '_string'}(state, '{leaf.path}')"
    right = f"TRY_CAST({told} AS {leaf.kind}) IS NOT NULL"
    if leaf.kind == WHOLE:
        right += f" AND regexp_full_match({told}, '-?[0-9]+')"
    there = f"coalesce(json_type(state, '{leaf.path}'), 'NULL') <> 'NULL'"
    return f"NOT ({there} AND {right})" if leaf.needed else f"({there} AND NOT ({right}))"


LOAD = reading(ROWS)


@contextmanager
def naming_what_is_lost(
    db: duckdb.DuckDBPyConnection, rows: str, values: Sequence[object] = ()
) -> Iterator[None]:
    """Read some rows; where that fails, the fact and the field are named.

    Raises:
        Refused: a stored value is not of its field's type.
    """
    try:
        yield
    except (duckdb.ConversionException, duckdb.InvalidInputException):
        for row in select(db, lost(rows), values):
            raise Refused(
                f"Position {row['position']} of the log cannot be read: {row['topic']} holds no "
                f"{row['path'].removeprefix('$.')} of the right type, so the "
                f"log was altered. Restore it from your backup."
            ) from None
        raise


def lay(
    db: duckdb.DuckDBPyConnection,
    name: str,
    drawn: Mapping[str, Shape],
    rows: Sequence[object],
    *,
    shared: bool = False,
) -> None:
    """A small table of parameters beside the facts.

    Args:
        shared: every connection to this database is to see it, not this one alone.
    """
    kind = "TABLE" if shared else "TEMP TABLE"
    columns = ", ".join(f'"{column}" {written(shape)}' for column, shape in drawn.items())
    db.execute(f'CREATE OR REPLACE {kind} "{name}" ({columns})')
    if rows:  # to plan the reading of none takes as long as that of many
        read = f"unnest(from_json($1, '[{json.dumps(drawn)}]'), max_depth := 2)"
        db.execute(f'INSERT INTO "{name}" SELECT {read}', [json.dumps(rows)])


def select(
    db: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object] = ()
) -> list[dict[str, Any]]:
    """Rows by column name."""
    found = db.execute(sql, list(values))
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
