"""The fact table: stored facts read into a locked-down, in-memory DuckDB, and none lost on the way."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

import duckdb
from eventsourcing.persistence import StoredEvent

from ehsg_events.kernel import TOPICS, Refused
from ehsg_events.log.mapper import refuse_if_newer
from projections.facts.columns import (
    WHOLE,
    Leaf,
    Shape,
    columns,
    kinds,
    leaves,
    newer,
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
WHAT = "split_part(topic, '.', 2) AS what"
OWN = f"position, stream, version, topic, {WHAT}, state"
Row = tuple[int, StoredEvent]


def ready(db: duckdb.DuckDBPyConnection) -> None:
    """Create the empty table, and prepare its insert, which takes longer to plan than to run."""
    described = ", ".join(f'"{name}" {kind}' for name, kind in kinds().items())
    db.execute(f"CREATE TABLE staged ({described})")
    db.execute(f"PREPARE put AS INSERT INTO staged {LOAD}")


def put(db: duckdb.DuckDBPyConnection, rows: Iterable[Row]) -> None:
    """Read stored facts into the table that `ready` created.

    Raises:
        Refused: a stored value is not of its field's type, or this version does not know the fact.
    """
    remaining = iter(rows)
    while chunk := list(islice(remaining, CHUNK)):
        text = as_json(chunk)
        with naming_what_is_lost(db, ROWS, [text]):
            # quoted by hand, since DuckDB's EXECUTE takes no parameters
            db.execute("EXECUTE put('" + text.replace("'", "''") + "')")


def as_json(rows: Sequence[Row]) -> str:
    """Rows as one JSON array, each state a string in it, exactly as it is stored."""
    return f"[{','.join(_row_as_json(position, stored) for position, stored in rows)}]"


def _row_as_json(position: int, stored: StoredEvent) -> str:
    refuse_if_newer(stored.topic, position=position)
    return (
        f'{{"position":{position},"stream":"{stored.originator_id}",'
        f'"version":{stored.originator_version},"topic":"{stored.topic}",'
        f'"state":{json.dumps(stored.state.decode(), ensure_ascii=False)}}}'
    )


ROW = (
    '[{"position":"BIGINT","stream":"UUID","version":"BIGINT","topic":"VARCHAR","state":"VARCHAR"}]'
)
ROWS = f"SELECT unnest(from_json($1::VARCHAR, '{ROW}'), max_depth := 2)"


def reading(
    rows: str, topics: Collection[str] = TOPICS, beside: Collection[str] = (), own: str = OWN
) -> str:
    """The query that reads rows of some topics as facts; its only names are fields of our own.

    Args:
        beside: the fields that are read of what stands beside each fact; all when none is named.
        own: what the log itself records about a fact, as it is to be seen.
    """
    fields = ", ".join(f'{read} AS "{name}"' for name, read in columns(topics, beside).items())
    return f"""
        SELECT {own}, {fields}
        FROM (SELECT *, {typed(topics, beside)} AS s
              FROM (SELECT *, {parsed(topics, beside)} AS t FROM ({rows})))"""  # noqa: S608


def lost(rows: str) -> str:
    """The query that finds the first value in some rows that is not of its type."""
    paths = ", ".join(f"'{leaf.path}'" for leaf in leaves())
    wrong = ", ".join(map(_is_wrong, leaves()))
    return f"""
        SELECT position, topic, path FROM (
          SELECT position, topic, unnest([{paths}]) AS path, unnest([{wrong}]) AS wrong
          FROM (SELECT * REPLACE (if(json_valid(state), state, '{{}}') AS state) FROM ({rows})))
        WHERE wrong ORDER BY position LIMIT 1"""  # noqa: S608


def of_newer(rows: str, topics: Collection[str] = TOPICS) -> str:
    """The query that finds the first of some rows that a newer version of the product wrote."""
    return f"""
        SELECT min(position) AS position, arg_min(topic, position) AS topic,
               arg_min(state, position) AS state
        FROM ({rows}) WHERE if(json_valid(state), {newer(topics)}, false)
        HAVING count(*) > 0"""  # noqa: S608 - with LIMIT 1 DuckDB 2.0 fails on rows by rowid


def _is_wrong(leaf: Leaf) -> str:
    """The expression for whether a value is not of its type, or is missing though it is needed."""
    value = f"json_extract{'' if leaf.nests else '_string'}(state, '{leaf.path}')"
    is_right = f"TRY_CAST({value} AS {leaf.kind}) IS NOT NULL"
    if leaf.kind == WHOLE:
        is_right += f" AND regexp_full_match({value}, '-?[0-9]+')"
    is_present = f"coalesce(json_type(state, '{leaf.path}'), 'NULL') <> 'NULL'"
    return (
        f"NOT ({is_present} AND {is_right})"
        if leaf.needed
        else f"({is_present} AND NOT ({is_right}))"
    )


LOAD = reading(ROWS)


@contextmanager
def naming_what_is_lost(
    db: duckdb.DuckDBPyConnection,
    rows: str,
    values: Sequence[object] = (),
    topics: Collection[str] = TOPICS,
) -> Iterator[None]:
    """Wrap the reading of some rows: if it fails, refuse and name the fact and the field.

    Args:
        topics: those that the rows are of.

    Raises:
        Refused: a stored value is not of its field's type, or a newer version wrote it.
    """
    try:
        yield
    except (duckdb.ConversionException, duckdb.InvalidInputException):
        for row in select(db, of_newer(rows, topics), values):
            refuse_if_newer(row["topic"], row["state"].encode(), row["position"])
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
    shapes: Mapping[str, Shape],
    rows: Sequence[Mapping[str, object]],
) -> None:
    """Create a small table of parameters beside the facts.

    Args:
        shapes: the type of each column.
        rows: the values by column; what else stands in them is left out.
    """
    if not rows:
        columns = ", ".join(f'"{column}" {written(shape)}' for column, shape in shapes.items())
        db.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" ({columns})')
        return
    lists = [[row[column] for row in rows] for column in shapes]
    read = ", ".join(
        f'unnest(${n}::{written(shape)}[]) AS "{column}"'
        for n, (column, shape) in enumerate(shapes.items(), start=1)
    )
    db.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS SELECT {read}', lists)


def select(
    db: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object] = ()
) -> list[dict[str, Any]]:
    """Rows by column name."""
    result = db.execute(sql, list(values))
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
