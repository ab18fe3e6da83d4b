"""The fact table: stored facts read into a locked-down, in-memory DuckDB, and none lost on the way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

import duckdb
from eventsourcing.persistence import StoredEvent

from ehsg_events.kernel import TOPICS, Refused
from projections.columns import columns, leaves, state_schema

CHUNK = 5000  # facts handed to DuckDB at once
Row = tuple[int, StoredEvent]


def table_of(rows: Iterable[Row], *assessments: UUID) -> duckdb.DuckDBPyConnection:
    """A database that holds some assessments' facts in the table `fact`, and can do no more.

    Raises:
        Refused: a stored value is not of its field's type, so a figure would silently be wrong.
    """
    db = duckdb.connect(":memory:", config={"enable_external_access": "false", "threads": "2"})
    db.execute("SET TimeZone = 'UTC'")
    db.execute("SET lock_configuration = true")
    every = iter(rows)
    chunks = iter(lambda: list(islice(every, CHUNK)), [])
    wanted = list(map(str, assessments))
    db.execute(f"CREATE TABLE fact AS {LOAD}", [_as_json(next(chunks, [])), wanted])
    for chunk in chunks:
        db.execute(f"INSERT INTO fact {LOAD}", [_as_json(chunk), wanted])
    _refuse_lost_values(db)
    return db


def _as_json(rows: Sequence[Row]) -> str:
    """Rows as one JSON array; each state is JSON already and is not taken apart."""
    listed = ",".join(
        f'{{"position":{position},"stream":"{stored.originator_id}",'
        f'"version":{stored.originator_version},"topic":"{stored.topic}",'
        f'"state":{stored.state.decode()}}}'
        for position, stored in rows
    )
    return f"[{listed}]"


def _load() -> str:
    """The statement that reads such an array: only our own field names are written into it."""
    wide = ", ".join(f'{read} AS "{name}"' for name, read in columns().items())
    row = '[{"position":"BIGINT","stream":"UUID","version":"BIGINT","topic":"VARCHAR","state":"JSON"}]'
    return f"""
        SELECT position, stream, version, topic, split_part(topic, '.', 2) AS what, {wide}, state
        FROM (SELECT *, from_json(state, '{state_schema()}') AS s
              FROM (SELECT unnest(from_json($1, '{row}'), max_depth := 2)))
        WHERE list_contains($2::UUID[], s.assessment)
        ORDER BY position"""  # noqa: S608


def _lost() -> str:
    """The question which stored values the table shows as missing."""
    paths = ", ".join(f"'{leaf.path}'" for leaf in leaves())
    missing = ", ".join(f"{leaf.expression} IS NULL" for leaf in leaves())
    return f"""
        SELECT position, topic, path FROM (
          SELECT position, topic, unnest([{paths}]) AS path, unnest([{missing}]) AS missing,
                 unnest(json_extract(state, [{paths}])) AS stored
          FROM fact)
        WHERE missing AND stored IS NOT NULL AND stored <> 'null'
        ORDER BY position LIMIT 1"""  # noqa: S608


LOAD, LOST = _load(), _lost()


def _refuse_lost_values(db: duckdb.DuckDBPyConnection) -> None:
    # from_json reads a value of the wrong type as missing, without a word
    for row in select(db, LOST):
        raise Refused(
            f"Position {row['position']} of the log cannot be read: {row['topic']} holds a "
            f"{row['path'].removeprefix('$.')} of the wrong type. `ehsg verify` tells whether "
            f"the log was altered; restore it from a backup if it was."
        )
    for row in select(db, "SELECT position, topic FROM fact ORDER BY position"):
        if row["topic"] not in TOPICS:
            raise Refused(
                f"Position {row['position']} of the log holds {row['topic']}, which this version "
                f"does not know. Install the version that wrote it, or a newer one."
            )


def lay(
    db: duckdb.DuckDBPyConnection, name: str, drawn: Mapping[str, object], rows: Sequence[object]
) -> None:
    """A small table of parameters beside the facts."""
    read = f"unnest(from_json($1, '[{json.dumps(drawn)}]'), max_depth := 2)"
    db.execute(f'CREATE TABLE "{name}" AS SELECT {read}', [json.dumps(rows)])


def select(
    db: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object] = ()
) -> list[dict[str, Any]]:
    """Rows by column name."""
    found = db.execute(sql, list(values))
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
