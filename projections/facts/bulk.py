"""Reading a whole log at once into a new base: a program of its own, `python -m projections.facts.bulk`.

It reads with a second SQLite, which is fast, and which in a process that also holds Python's own
connection to the log would drop its locks and lose facts. So it is never imported where that is.
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

from ehsg_events.kernel import TOPICS, Refused
from projections.facts.base import BUSY, FOLDER, name_of
from projections.facts.table import naming_what_is_lost, reading

BATCH = 20_000  # rows that SQLite hands over at once
PORTION = 4 * 122_880  # rows turned into facts at once: what DuckDB keeps together, a few times
TIGHT = {"state": "USING COMPRESSION zstd"}  # quicker than what DuckDB would choose, and smaller
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
STRANGE = "SELECT min(position), topic FROM raw GROUP BY topic ORDER BY 1"
Told = Callable[[int], object]


def build(folder: Path, told: Told) -> Path:
    """Build a base of all facts there are, and put it in the place of those before it.

    Args:
        folder: the data folder.
        told: is told how many rows were read or turned into facts since it was told last.

    Raises:
        Refused: a fact cannot be read.
    """
    shelf = folder / FOLDER
    aside = shelf / f"building-{os.getpid()}.duckdb"
    settings = {"threads": "2", "memory_limit": "1GB", "temp_directory": f"{aside}.tmp"}
    with closing(duckdb.connect(aside, config=settings)) as db:  # type: ignore[arg-type]
        db.execute("SET TimeZone = 'UTC'")
        _read(folder / "log.sqlite", db, told)
        _turn_into_facts(db, _topics(db), told)
        found = db.execute(LAST).fetchone()
        assert found is not None, "an empty log has no base"
        name = name_of(*found)
    aside.replace(shelf / name)
    _clear(shelf, name)
    return shelf / name


def _read(log: Path, db: duckdb.DuckDBPyConnection, told: Told) -> None:
    # autocommit, or the log could not be tidied up behind a reader that never lets go
    address = f"{log.absolute().as_uri()}?mode=ro"
    with dbapi.connect(address, autocommit=True) as source, source.cursor() as cursor:
        cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": str(BATCH)})
        cursor.execute(STORED)
        reader = cursor.fetch_record_batch()
        db.register(
            "arriving", pa.RecordBatchReader.from_batches(reader.schema, _counted(reader, told))
        )
        db.execute(RAW)
        db.unregister("arriving")


def _counted(batches: pa.RecordBatchReader, told: Told) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        told(len(batch))
        yield batch


def _topics(db: duckdb.DuckDBPyConnection) -> Collection[str]:
    """The topics there are: a column for a fact that never happened costs as much as another."""
    found = db.execute(STRANGE).fetchall()
    for position, topic in found:
        if topic not in TOPICS:
            raise Refused(
                f"Position {position} of the log holds {topic}, which this version does not know. "
                f"Install the version that wrote it, or a newer one."
            )
    return [topic for _, topic in found]


def _turn_into_facts(db: duckdb.DuckDBPyConnection, topics: Collection[str], told: Told) -> None:
    ((many,),) = db.execute("SELECT count(*) FROM raw").fetchall()
    drawn = db.execute(f"DESCRIBE {reading(PART.format(0, 0), topics)}").fetchall()
    columns = (f'"{name}" {kind} {TIGHT.get(name, "")}' for name, kind, *_ in drawn)
    db.execute(f"CREATE TABLE kept ({', '.join(columns)})")
    # a run of rows stays whole, which is all that finding an assessment needs, and two work at once
    db.execute("SET preserve_insertion_order = false")
    for first in range(0, many, PORTION):
        part = PART.format(first, first + PORTION)
        with naming_what_is_lost(db, part):
            db.execute(f"INSERT INTO kept {reading(part, topics)}")
        told(min(PORTION, many - first))


def _clear(shelf: Path, name: str) -> None:
    """Delete the bases before this one; who has one open goes on reading it."""
    for path in shelf.glob("base-*.duckdb"):
        if path.name != name:
            path.unlink(missing_ok=True)


@contextmanager
def _alone(shelf: Path) -> Iterator[bool]:
    """Hold the shelf, if nobody does; one who was killed holds it no more, and is tidied up after."""
    shelf.mkdir(exist_ok=True)
    with (shelf / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        for left in shelf.glob("building-*"):
            if left.is_dir():
                shutil.rmtree(left)
            else:
                left.unlink()
        yield True


def main() -> int:
    """Build a base of the data folder that is named; each line on stdout says how far it is."""
    folder = Path(sys.argv[1])
    os.umask(0o077)
    with _alone(folder / FOLDER) as held:
        if not held:
            return BUSY
        try:
            built = build(folder, lambda many: print(many, flush=True))  # noqa: T201
        except Refused as refusal:
            print(refusal, file=sys.stderr)  # noqa: T201
            return 2
    print(json.dumps(built.name))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
