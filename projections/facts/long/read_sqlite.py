"""Reading a whole log at once into a new base: a program of its own, `python -m projections.facts.long.read_sqlite`.

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
from projections.facts.long.base import (
    APPEND,
    BUSY,
    FOLDER,
    clear_unfinished,
    name_of,
    position_of,
    unfinished,
)
from projections.facts.long.families import as_family, table_of
from projections.facts.table import naming_what_is_lost

BATCH = 20_000  # rows that SQLite hands over at once
PORTION = 2 * 122_880  # rows turned into facts at once: two of DuckDB's row groups
END = "SELECT max(rowid) FROM stored_events"
STORED = """
SELECT rowid AS position, originator_id AS stream, originator_version AS version, topic,
       CAST(state AS TEXT) AS state
FROM stored_events WHERE rowid {} {} {} ORDER BY rowid
"""
TOPICS = "SELECT min(rowid) AS first, topic FROM stored_events WHERE rowid <= {} GROUP BY topic ORDER BY 1"
NO_ROWS = "SELECT 0 AS position, 0 AS version, '' AS topic, '' AS state"
OF_FAMILY = "SELECT * FROM portion WHERE starts_with(topic, '{}.')"


class OtherColumns(Exception):
    """A base that is to be added to has other columns than it would have now."""


Progress = Callable[[int], object]  # called with how many more rows are done


def build(folder: Path, progress: Progress, *, anew: bool = True) -> Path:
    """Build a base of all facts on the log, and replace earlier bases with it.

    Args:
        folder: the data folder.
        progress: called with how many rows were read or turned into facts since the last call.
        anew: whether every fact is read; else only those beyond the newest base, if it is sound.

    Raises:
        Refused: a fact cannot be read.
    """
    building = unfinished(folder, os.getpid())
    with _reading(folder / "log.sqlite") as log:
        ((end,),) = log.execute(END).fetchall()
        earlier = None if anew else _earlier(folder / FOLDER, log, end)
        if earlier is not None:
            shutil.copyfile(earlier, building)
            try:
                _fill(building, log, position_of(earlier), end, progress)
            except (duckdb.Error, OtherColumns) as failed:
                if failure_of(failed, folder) is not None:
                    raise
                clear_unfinished(folder, os.getpid())  # it is damaged, or too old: all is read
                earlier = None
        if earlier is None:
            _fill(building, log, 0, end, progress)
        name = _name(log, end)
    durable.put_in_place(building, folder / FOLDER / name)
    _clear(folder / FOLDER, name)
    return folder / FOLDER / name


def _fill(building: Path, log: dbapi.Cursor, after: int, end: int, progress: Progress) -> None:
    """Add the facts after a position, up to an end, to what is being built."""
    settings = {"threads": "2", "memory_limit": "1GB", "temp_directory": f"{building}.tmp"}
    with closing(duckdb.connect(building, config=settings)) as db:  # type: ignore[arg-type]
        db.execute("SET TimeZone = 'UTC'")
        families = _families(log, end)
        _make_tables(db, families)
        for portion in _portions(log, after, end, progress):
            _add(db, families, portion)
            progress(len(portion))
        db.execute("CHECKPOINT")  # closing would do it too, and keep quiet about a full disk


def _earlier(bases: Path, log: dbapi.Cursor, end: int) -> Path | None:
    """The newest base that this version made of this log."""
    made = sorted((position_of(path), path) for path in bases.glob("base-*.duckdb"))
    return next(
        (path for at, path in reversed(made) if 0 < at <= end and path.name == _name(log, at)), None
    )


def _name(log: dbapi.Cursor, position: int) -> str:
    """The name of a base that ends at a position of the log."""
    (last,) = log.execute(STORED.format("=", position, "")).fetch_arrow_table().to_pylist()
    return name_of(**last | {"stream": str(UUID(last["stream"]))})


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
    """Make the tables that are missing, and the columns that are missing in those that are there.

    Raises:
        OtherColumns: what is there has a column of another type.
    """
    for family, topics in families.items():
        described = db.execute(f"DESCRIBE {as_family(NO_ROWS, topics)}").fetchall()
        columns = [f'"{name}" {kind}' for name, kind, *_ in described]
        db.execute(f"CREATE TABLE IF NOT EXISTS {table_of(family)} ({', '.join(columns)})")
        for column in columns:
            db.execute(f"ALTER TABLE {table_of(family)} ADD COLUMN IF NOT EXISTS {column}")
        there = {
            name: kind for name, kind, *_ in db.execute(f"DESCRIBE {table_of(family)}").fetchall()
        }
        if any(there[name] != kind for name, kind, *_ in described):
            raise OtherColumns


def _portions(log: dbapi.Cursor, after: int, end: int, progress: Progress) -> Iterator[pa.Table]:
    """The stored facts after a position, up to an end, so many at once that they fit into memory."""
    batches: list[pa.RecordBatch] = []
    for batch in log.execute(STORED.format(">", after, f"AND rowid <= {end}")).fetch_record_batch():
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
            db.execute(
                f"INSERT INTO {table_of(family)} BY NAME {facts} ORDER BY assessment, position"
            )
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
    folder, anew = Path(sys.argv[1]), APPEND not in sys.argv[2:]
    os.umask(0o077)
    with _alone(folder / FOLDER) as locked:
        if not locked:
            return BUSY
        try:
            built = build(folder, lambda rows: print(rows, flush=True), anew=anew)  # noqa: T201
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
