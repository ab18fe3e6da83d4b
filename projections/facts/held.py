"""The facts of some assessments up to a position, in a table of an in-memory DuckDB."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import duckdb

from ehsg_events.log.log import Log
from projections.facts.fact_cache import facts_in_memory, table_of
from projections.facts.long.base import base_of
from projections.facts.long.of_assessment import stored_facts
from projections.facts.moments import BEYOND_ALL

SEEN = """
ALTER TABLE held RENAME TO fact;
CREATE TEMP TABLE held AS SELECT position, said_at, what, stakeholder FROM fact;
DELETE FROM fact WHERE position > {0}"""


def facts_of(
    log: Log, *assessments: UUID, upto: int | None = None, kinds: Collection[str] = ()
) -> duckdb.DuckDBPyConnection:
    """A connection that sees the facts of some assessments, and no others, as the table `fact`.

    Args:
        upto: the last position seen; the newest when none is given.
        kinds: the only kinds of facts that are asked for, which are few; all when none is named.
    """
    if kinds and base_of(log):
        rows = [row for one in assessments for row in stored_facts(log, one, kinds=kinds)]
        db = table_of(sorted(rows, key=lambda row: row[0]), *assessments)
    else:
        db = held_of(log, *assessments)
    see(db, BEYOND_ALL if upto is None else upto)
    return db


def held_of(log: Log, *assessments: UUID) -> duckdb.DuckDBPyConnection:
    """A connection that holds all facts of some assessments in `held`."""
    return facts_in_memory(log, *assessments)


def see(db: duckdb.DuckDBPyConnection, upto: int) -> None:
    """Make the held facts up to a position visible as `fact`.

    It is a table: a view's hundred columns are planned again wherever a query names it. To copy
    those columns takes longer than to take away the facts that came later.
    """
    db.execute(SEEN.format(upto))
