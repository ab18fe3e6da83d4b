"""The facts of some assessments up to a position, from the base and from the log beyond it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain
from uuid import UUID

import duckdb

from ehsg_events.application import Log
from projections.base import Base, opened
from projections.columns import SAID_AT, kinds
from projections.table import Row, lay_beyond, table_of

NOBODY_KNOWS = 2**63 - 1  # beyond every position
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOMENTS = f"SELECT position, epoch_us({SAID_AT}) FROM fact ORDER BY position"  # noqa: S608


def facts_of(log: Log, *assessments: UUID, upto: int | None = None) -> duckdb.DuckDBPyConnection:
    """A connection that sees these facts, and no others, as the table `fact`."""
    found = opened(log)
    if found is None:
        return table_of(_tail(log, assessments, 0, upto), *assessments)
    _lay_over(*found, log, assessments, upto)
    return found[1]


def _tail(log: Log, assessments: Sequence[UUID], after: int, upto: int | None) -> Iterator[Row]:
    return chain.from_iterable(log.store.about(one, after, upto) for one in assessments)


def _lay_over(
    base: Base,
    db: duckdb.DuckDBPyConnection,
    log: Log,
    assessments: Sequence[UUID],
    upto: int | None,
) -> None:
    """Lay the base's facts and those beyond it out as one table."""
    wanted = ", ".join(f"'{one}'::UUID" for one in assessments)
    last = NOBODY_KNOWS if upto is None else upto
    held = {name for (name,) in db.execute("SELECT column_name FROM (DESCRIBE kept)").fetchall()}
    columns = ", ".join(
        f'"{name}"' if name in held else f'NULL::{kind} AS "{name}"'
        for name, kind in kinds().items()
    )
    parts = [f"SELECT {columns} FROM kept"]  # noqa: S608 - our own names
    if tail := [*_tail(log, assessments, base.position, upto)]:
        lay_beyond(db, tail)
        parts.append("FROM temp.beyond")
    where = f"WHERE assessment IN ({wanted}) AND position <= {last}"
    db.execute(
        f"CREATE TEMP VIEW fact AS {' UNION ALL '.join(f'{part} {where}' for part in parts)}"
    )


def moments(log: Log, assessment: UUID) -> list[tuple[int, datetime]]:
    """When each fact of an assessment was recorded, in order."""
    found = opened(log)
    if found is None:
        return [(at, _moment(stored.state)) for at, stored in log.store.about(assessment)]
    _lay_over(*found, log, (assessment,), None)
    told = found[1].execute(MOMENTS).fetchall()
    return [(position, EPOCH + timedelta(microseconds=micro)) for position, micro in told]


def _moment(state: bytes) -> datetime:
    return datetime.fromisoformat(json.loads(state)["at"])
