"""The facts of some assessments up to a position, from the base and from the log beyond it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple
from uuid import UUID

import duckdb

from ehsg_events.log.log import Log
from projections.facts.base import Base, opened
from projections.facts.columns import kinds
from projections.facts.fact_cache import facts_in_memory
from projections.facts.table import Row, lay_beyond

NOBODY_KNOWS = 2**63 - 1  # beyond every position
VIEW = "CREATE TEMP VIEW fact AS FROM held WHERE position <= {0}"
TABLE = """
ALTER TABLE held RENAME TO fact;
CREATE TEMP TABLE held AS SELECT position, said_at, what, stakeholder FROM fact;
DELETE FROM fact WHERE position > {0}"""


class Held(NamedTuple):
    """A connection with facts in `held`, and whether that is a table of its own and so small."""

    db: duckdb.DuckDBPyConnection
    small: bool


def facts_of(log: Log, *assessments: UUID, upto: int | None = None) -> duckdb.DuckDBPyConnection:
    """A connection that sees the facts of some assessments, and no others, as the table `fact`.

    Args:
        upto: the last position seen; the newest when none is given.
    """
    held = held_of(log, *assessments)
    see(held, NOBODY_KNOWS if upto is None else upto)
    return held.db


def held_of(log: Log, *assessments: UUID) -> Held:
    """A connection that holds all facts of some assessments in `held`."""
    base_and_db = opened(log)
    if base_and_db is None:
        return Held(facts_in_memory(log, *assessments), small=True)
    base, db = base_and_db
    _lay_over(base, db, log, assessments)
    return Held(db, small=False)


def see(held: Held, upto: int) -> None:
    """Make the held facts up to a position visible as `fact`.

    Of few it is a table: a view's hundred columns are planned again wherever a query names it. To
    copy those columns takes longer than to take away the facts that came later.
    """
    held.db.execute((TABLE if held.small else VIEW).format(upto))


def _tail(log: Log, assessments: Sequence[UUID], after: int) -> list[Row]:
    return [*chain.from_iterable(log.store.about(assessment, after) for assessment in assessments)]


def _lay_over(
    base: Base, db: duckdb.DuckDBPyConnection, log: Log, assessments: Sequence[UUID]
) -> None:
    """Make the base's facts and those beyond it visible as the one table `held`."""
    wanted = ", ".join(f"'{assessment}'::UUID" for assessment in assessments)
    stored = {name for (name,) in db.execute("SELECT column_name FROM (DESCRIBE kept)").fetchall()}
    columns = ", ".join(
        f'"{name}"' if name in stored else f'NULL::{kind} AS "{name}"'
        for name, kind in kinds().items()
    )
    parts = [f"SELECT {columns} FROM kept"]  # noqa: S608 - our own names
    if tail := _tail(log, assessments, base.position):
        lay_beyond(db, tail)
        parts.append("FROM temp.beyond")
    where = f"WHERE assessment IN ({wanted})"
    db.execute(
        f"CREATE TEMP VIEW held AS {' UNION ALL '.join(f'{part} {where}' for part in parts)}"
    )
