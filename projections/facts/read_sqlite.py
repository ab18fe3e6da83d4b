"""Reading a whole log at once into a new base: a program of its own, `python -m projections.facts.read_sqlite`.

It reads through ADBC, which is fast but brings an SQLite of its own. In a process that also has the
log open through Python's sqlite3, closing the one would release the file locks of the other, and
facts would be lost. So this module must never be imported into such a process.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]
from adbc_driver_sqlite import dbapi

from ehsg_events.kernel import Refused
from ehsg_events.log.mapper import refuse_if_newer
from guides import durable
from projections.facts.base import BUSY, FOLDER, name_of
from projections.facts.table import naming_what_is_lost, reading

BATCH = 20_000  # rows that SQLite hands over at once
PORTION = 4 * 122_880  # rows turned into facts at once: four of DuckDB's row groups
TIGHT = {"state": "USING COMPRESSION zstd"}  # faster and smaller than what DuckDB would choose
STORED = """
SELECT rowid AS position, originator_id AS stream, originator_version AS version, topic,
       CAST(state AS TEXT) AS state
FROM stored_events ORDER BY rowid
"""
RAW = """
CREATE TEMP TABLE raw AS
SELECT position, stream::UUID AS stream, version, topic, state
FROM arriving
ORDER BY from_json(state, '{"assessment":"UUID"}').assessment, position
"""
PART = "SELECT * FROM raw WHERE rowid >= {} AND rowid < {}"
LAST = "SELECT position, stream::VARCHAR, version, topic, state FROM raw ORDER BY position DESC LIMIT 1"
FIRST_OF_EACH_TOPIC = "SELECT min(position), topic FROM raw GROUP BY topic ORDER BY 1"
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
    building = bases / f"building-{os.getpid()}.duckdb"
    settings = {"threads": "2", "memory_limit": "1GB", "temp_directory": f"{building}.tmp"}
    with closing(duckdb.connect(building, config=settings)) as db:  # type: ignore[arg-type]
        db.execute("SET TimeZone = 'UTC'")
        _read(folder / "log.sqlite", db, progress)
        _turn_into_facts(db, _topics(db), progress)
        last = db.execute(LAST).fetchone()
        assert last is not None, "an empty log has no base"
        name = name_of(*last)
    durable.put_in_place(building, bases / name)
    _clear(bases, name)
    return bases / name


def _read(log: Path, db: duckdb.DuckDBPyConnection, progress: Progress) -> None:
    # autocommit, or one long read transaction would keep the log from being checkpointed
    address = f"{log.absolute().as_uri()}?mode=ro"
    with dbapi.connect(address, autocommit=True) as source, source.cursor() as cursor:
        cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": str(BATCH)})
        cursor.execute(STORED)
        reader = cursor.fetch_record_batch()
        db.register(
            "arriving", pa.RecordBatchReader.from_batches(reader.schema, _counted(reader, progress))
        )
        db.execute(RAW)
        db.unregister("arriving")


def _counted(batches: pa.RecordBatchReader, progress: Progress) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        progress(len(batch))
        yield batch


def _topics(db: duckdb.DuckDBPyConnection) -> Collection[str]:
    """The topics on the log: only these get columns, as an empty one costs as much as any."""
    rows = db.execute(FIRST_OF_EACH_TOPIC).fetchall()
    for position, topic in rows:
        refuse_if_newer(topic, position=position)
    return [topic for _, topic in rows]


def _turn_into_facts(
    db: duckdb.DuckDBPyConnection, topics: Collection[str], progress: Progress
) -> None:
    ((total,),) = db.execute("SELECT count(*) FROM raw").fetchall()
    described = db.execute(f"DESCRIBE {reading(PART.format(0, 0), topics)}").fetchall()
    columns = (f'"{name}" {kind} {TIGHT.get(name, "")}' for name, kind, *_ in described)
    db.execute(f"CREATE TABLE kept ({', '.join(columns)})")
    # so that two threads can work at once; rows still stay together in runs, which is enough to
    # find an assessment quickly
    db.execute("SET preserve_insertion_order = false")
    for first in range(0, total, PORTION):
        part = PART.format(first, first + PORTION)
        with naming_what_is_lost(db, part):
            db.execute(f"INSERT INTO kept {reading(part, topics)}")
        progress(min(PORTION, total - first))


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
        for leftover in bases.glob("building-*"):
            if leftover.is_dir():
                shutil.rmtree(leftover)
            else:
                leftover.unlink()
        yield True


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
    print(json.dumps(built.name))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
