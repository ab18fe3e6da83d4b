"""Reading a whole log at once into a new base: a program of its own, `python -m projections.facts.long.read_sqlite`.

It reads through ADBC, which is fast but brings an SQLite of its own. In a process that also has the
log open through Python's sqlite3, closing the one would release the file locks of the other, and
facts would be lost. So this module must never be imported into such a process.
"""

from __future__ import annotations

import fcntl
import json
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import UUID

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]
from adbc_driver_sqlite import dbapi

from ehsg_events.kernel import Refused
from ehsg_events.log.mapper import refuse_if_newer
from ehsg_events.machine.failures import failure_of
from guides import durable
from projections.facts.long.base import BUSY, FOLDER, clear_unfinished, name_of, unfinished
from projections.facts.long.families import as_family, table_of
from projections.facts.table import naming_what_is_lost

BATCH = 20_000  # rows that SQLite hands over at once
PORTION = 2 * 122_880  # rows turned into facts at once: two of DuckDB's row groups
END = "SELECT max(rowid) FROM stored_events"
STORED = """
SELECT rowid AS position, originator_id AS stream, originator_version AS version, topic,
       CAST(state AS TEXT) AS state
FROM stored_events WHERE rowid {} {} ORDER BY rowid
"""
TOPICS = "SELECT min(rowid) AS first, topic FROM stored_events WHERE rowid <= {} GROUP BY topic ORDER BY 1"
NO_ROWS = "SELECT 0 AS position, 0 AS version, '' AS topic, '' AS state"
OF_FAMILY = "SELECT * FROM portion WHERE starts_with(topic, '{}.')"
Progress = Callable[[int], object]  # called with how many more rows are done


def build(folder: Path, progress: Progress) -> Path:
    """Build a base of all facts on the log, and replace earlier bases with it.

    Args:
        folder: the data folder.
        progress: called with how many rows were read or turned into facts since the last call.

    Raises:
        Refused: a fact cannot be read.
    """
    bases = folder / FOLDER
    building = unfinished(folder, os.getpid())
    settings = {"threads": "2", "memory_limit": "1GB", "temp_directory": f"{building}.tmp"}
    with (
        closing(duckdb.connect(building, config=settings)) as db,  # type: ignore[arg-type]
        _reading(folder / "log.sqlite") as log,
    ):
        db.execute("SET TimeZone = 'UTC'")
        ((end,),) = log.execute(END).fetchall()
        families = _families(log, end)
        _make_tables(db, families)
        for portion in _portions(log, end, progress):
            _add(db, families, portion)
            progress(len(portion))
        (last,) = log.execute(STORED.format("=", end)).fetch_arrow_table().to_pylist()
        db.execute("CHECKPOINT")  # closing would do it too, and keep quiet about a full disk
        name = name_of(**last | {"stream": str(UUID(last["stream"]))})
    durable.put_in_place(building, bases / name)
    _clear(bases, name)
    return bases / name


@contextmanager
def _reading(log: Path) -> Iterator[dbapi.Cursor]:
    # autocommit, or one long read transaction would keep the log from being checkpointed
    address = f"{log.absolute().as_uri()}?mode=ro"
    with dbapi.connect(address, autocommit=True) as source, source.cursor() as cursor:
        cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": str(BATCH)})
        yield cursor


def _families(log: dbapi.Cursor, end: int) -> Mapping[str, Sequence[str]]:
    """The topics on the log by their family: only these get columns, an empty one costs as much."""
    families = defaultdict(list)
    for position, topic in log.execute(TOPICS.format(end)).fetchall():
        refuse_if_newer(topic, position=position)
        families[topic.partition(".")[0]].append(topic)
    return families


def _make_tables(db: duckdb.DuckDBPyConnection, families: Mapping[str, Sequence[str]]) -> None:
    for family, topics in families.items():
        described = db.execute(f"DESCRIBE {as_family(NO_ROWS, topics)}").fetchall()
        columns = ", ".join(f'"{name}" {kind}' for name, kind, *_ in described)
        db.execute(f"CREATE TABLE {table_of(family)} ({columns})")


def _portions(log: dbapi.Cursor, end: int, progress: Progress) -> Iterator[pa.Table]:
    """The stored facts up to an end, so many at once that they fit into memory."""
    batches: list[pa.RecordBatch] = []
    for batch in log.execute(STORED.format("<=", end)).fetch_record_batch():
        progress(len(batch))
        batches.append(batch)
        if sum(map(len, batches)) >= PORTION:
            yield pa.Table.from_batches(batches)
            batches = []
    if batches:
        yield pa.Table.from_batches(batches)


def _add(
    db: duckdb.DuckDBPyConnection, families: Mapping[str, Sequence[str]], portion: pa.Table
) -> None:
    """Turn rows into facts; those of one assessment lie together, so that they are found soon."""
    db.register("portion", portion)
    for family, topics in families.items():
        rows = OF_FAMILY.format(family)
        with naming_what_is_lost(db, rows, topics=topics):
            facts = as_family(rows, topics)
            db.execute(f"INSERT INTO {table_of(family)} {facts} ORDER BY assessment, position")
    db.unregister("portion")


def _clear(bases: Path, name: str) -> None:
    """Delete all other bases; a process that has one open goes on reading it."""
    for path in bases.glob("base-*.duckdb"):
        if path.name != name:
            path.unlink(missing_ok=True)


@contextmanager
def _alone(bases: Path) -> Iterator[bool]:
    """Lock the folder of bases, and delete what a killed builder left there.

    Yields:
        Whether the lock was free; a killed builder no longer holds it.
    """
    bases.mkdir(exist_ok=True)
    with (bases / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        clear_unfinished(bases.parent)
        try:
            yield True
        finally:
            clear_unfinished(bases.parent)


def main() -> int:
    """Build a base for the data folder named on the command line.

    Each line on stdout is the number of rows done since the last; the final one is the base's name.
    """
    folder = Path(sys.argv[1])
    os.umask(0o077)
    with _alone(folder / FOLDER) as locked:
        if not locked:
            return BUSY
        try:
            built = build(folder, lambda rows: print(rows, flush=True))  # noqa: T201
        except Refused as refusal:
            print(refusal, file=sys.stderr)  # noqa: T201
            return 2
        except Exception as error:
            failure = failure_of(error, folder)
            if failure is None:
                raise
            print(failure, file=sys.stderr)  # noqa: T201
            return 2
    print(json.dumps(built.name))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
