"""Facts that were read stay in memory: who looks again, at any moment, has only new ones read.

All of it may be forgotten at any time; then the facts are read from the log again.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from uuid import UUID

import duckdb

from ehsg_events.log.log import Log
from projections.facts.long.of_assessment import stored_facts
from projections.facts.table import LOCKED, Row, put, ready

MOST = 50_000  # facts in memory, of all assessments together: 110 MB; a longer log has a base
_reading = threading.Lock()
_newest: dict[UUID, tuple[Path, Row]] = {}  # of each assessment, its log's folder and its last fact


def facts_in_memory(log: Log, *assessments: UUID) -> duckdb.DuckDBPyConnection:
    """A locked-down connection with all facts of some assessments in `held`.

    All such connections share one database, since starting one is slow. But the table of each is
    temporary: visible to that connection alone, and dropped when it is closed.

    Raises:
        Refused: a stored value is not of its field's type, so a figure would silently be wrong.
    """
    with _reading:
        _catch_up(log, assessments)
        return _held(assessments)


def table_of(rows: Iterable[Row], *assessments: UUID) -> duckdb.DuckDBPyConnection:
    """The same of rows in the order of the log, whatever the log itself holds.

    Raises:
        Refused: as `facts_in_memory`.
    """
    with _reading:
        _forget()
        try:
            put(_database(), rows)
            return _held(assessments)
        finally:
            _forget()


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """The one database of this process, with the table that facts are read into and copied from."""
    database = duckdb.connect(":memory:", config=LOCKED)
    database.execute("SET GLOBAL TimeZone = 'UTC'")
    database.execute("SET lock_configuration = true")
    ready(database)
    return database


def _catch_up(log: Log, assessments: Sequence[UUID]) -> None:
    try:
        if _are_too_many() or any(_is_another(log, each) for each in assessments):
            _forget()
        for assessment in assessments:
            _read_new(log, assessment)
    except BaseException:
        _forget()
        raise


def _held(assessments: Sequence[UUID]) -> duckdb.DuckDBPyConnection:
    db = _database().cursor()
    in_order = "ORDER BY position" if len(assessments) > 1 else ""  # one's facts lie in order
    db.execute(
        "CREATE TEMP TABLE held AS FROM staged "
        f"WHERE list_contains($1::UUID[], assessment) {in_order}",
        [list(map(str, assessments))],
    )
    return db


def _read_new(log: Log, assessment: UUID) -> None:
    """Read what an assessment's log holds of it beyond the last fact that was read."""
    after = _newest[assessment][1][0] if assessment in _newest else 0
    rows = list(stored_facts(log, assessment, after))
    if rows:
        put(_database(), rows)
        _newest[assessment] = log.folder, rows[-1]


def _is_another(log: Log, assessment: UUID) -> bool:
    """Whether what was read of an assessment is not what its log holds, which may have been put back."""
    if assessment not in _newest:
        return False
    folder, last = _newest[assessment]
    position, _ = last
    return folder != log.folder or [*log.store.about(assessment, position - 1, position)] != [last]


def _are_too_many() -> bool:
    ((facts,),) = _database().execute("SELECT count(*) FROM staged").fetchall()
    return bool(facts > MOST)


def _forget() -> None:
    _newest.clear()
    _database().execute("TRUNCATE staged")
