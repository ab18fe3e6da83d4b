"""The base: most of a long log's facts, read once into a file that any number of processes share.

A base is never changed. Its name holds its last position and a digest of everything it was made
from, so that a base made by another version, or from another log, is never mistaken for this log's.
Like the log it holds ids and digests in place of people's words, and never the words themselves.
"""

from __future__ import annotations

import hashlib
import shutil
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import duckdb

from ehsg_events.kernel import Refused, Way
from ehsg_events.machine.failures import failure_of
from projections.facts.long.families import as_family, families
from projections.facts.long.kept_rows import forget_rows
from projections.facts.table import LOCKED

if TYPE_CHECKING:  # whoever builds a base opens no log, and starts without what that takes to load
    from ehsg_events.log.log import Log

FEWEST = 50_000  # facts beyond the base that make a new one worth building
FOLDER = "read-models"
UNREADABLE = (
    f"The base in {FOLDER} cannot be read. Delete that folder: the log holds all that was in it."
)
MADE_ANEW = Way("rebuild", "make it anew")
APPEND = "--append"  # a builder goes on from the newest base, if it is sound
BUSY = 3  # the exit code of a builder that finds another at work
_opening = threading.Lock()
_open: dict[Path, tuple[Path, duckdb.DuckDBPyConnection]] = {}
_given: weakref.WeakSet[duckdb.DuckDBPyConnection] = weakref.WeakSet()
CLOSED = (duckdb.IOException, duckdb.ConnectionException)  # damaged, or closed for its damage


def unfinished(folder: Path, builder: int) -> Path:
    """The file that a builder, by its process id, writes before it is a base."""
    return folder / FOLDER / f"building-{builder}.duckdb"


def clear_unfinished(folder: Path, builder: int | None = None) -> None:
    """Delete what a builder that has ended left unfinished; what any did when none is named."""
    beginning = "building-" if builder is None else unfinished(folder, builder).name
    for leftover in (folder / FOLDER).glob(f"{beginning}*"):
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            leftover.unlink(missing_ok=True)


class Base(NamedTuple):
    """A base, and the position of its last fact."""

    path: Path
    position: int


def name_of(position: int, stream: str, version: int, topic: str, state: str) -> str:
    """The name of the base whose last fact is this one, made by this version of the product."""
    made_by = (duckdb.__version__, _reading(), stream, str(version), topic, state)
    digest = hashlib.sha256("\n".join(made_by).encode()).hexdigest()
    return f"base-{position}-{digest[:16]}.duckdb"


@cache
def _reading() -> str:
    """How facts are read; the same for as long as a process runs, and dear to write down."""
    return "\n".join(as_family("rows", topics) for topics in families().values())


def base_of(log: Log) -> Base | None:
    """The newest base that was made from this log, if there is one."""
    bases = [(position_of(path), path) for path in (log.folder / FOLDER).glob("base-*.duckdb")]
    end = log.store.last_position()
    for position, path in sorted(bases, reverse=True):
        if position <= end and path.name == _expected(log, position):
            return Base(path, position)
    return None


def position_of(path: Path) -> int:
    """The position of a base's last fact, by its name; 0 when that says none."""
    number = path.name.split("-")[1]
    return int(number) if number.isdecimal() else 0


def _expected(log: Log, position: int) -> str | None:
    for _, last in log.store.rows(position - 1, position):
        identity = str(last.originator_id), last.originator_version, last.topic, last.state.decode()
        return name_of(position, *identity)
    return None


def beyond(log: Log) -> int:
    """How many facts the log holds beyond its base; all of them when it has none."""
    base = base_of(log)
    return log.store.last_position() - (base.position if base else 0)


def is_long(log: Log, fewest: int = FEWEST) -> bool:
    """Whether enough facts lie beyond the log's base to make a new one worth building."""
    return log.store.last_position() >= fewest and beyond(log) >= fewest


def opened(log: Log) -> tuple[Base, duckdb.DuckDBPyConnection] | None:
    """The base of a log, if it has one, and a new read-only connection to it.

    Raises:
        Refused: the base's file cannot be read.
    """
    while base := base_of(log):
        try:
            return base, _cursor(log.folder, base.path)
        except duckdb.Error as failed:
            if failure_of(failed, log.folder) is not None:
                raise  # the machine fails, and the base may well be whole
            if base.path.exists():
                raise Refused(UNREADABLE, MADE_ANEW) from failed
            # a newer base replaced this one before it was opened: look again
    return None


@contextmanager
def naming_a_damaged_base() -> Iterator[None]:
    """Wrap queries that may read a base: if its file is damaged, refuse and say what to do.

    Raises:
        Refused: a part of the file cannot be read.
    """
    try:
        yield
    except duckdb.Error as failed:  # DuckDB reads nothing but a base from disk
        if failure_of(failed) is not None:
            raise
        if isinstance(failed, CLOSED) or "Corrupt database" in str(failed):
            _close()
            raise Refused(UNREADABLE, MADE_ANEW) from failed
        raise


def _close() -> None:
    """Close every base for everybody: one made anew may have the name of one that was damaged.

    As long as anybody holds a connection, DuckDB gives whoever opens that name what it has in memory.
    """
    with _opening:
        for connection in [*_given, *(db for _, db in _open.values())]:
            with suppress(duckdb.Error):  # who asks just now meets the damage, and lets go
                connection.close()
        _open.clear()
    forget_rows()


def _cursor(folder: Path, path: Path) -> duckdb.DuckDBPyConnection:
    """A connection of one's own, which is closed with all others where the base is damaged."""
    cursor = _shared(folder, path).cursor()
    _given.add(cursor)
    return cursor


def _shared(folder: Path, path: Path) -> duckdb.DuckDBPyConnection:
    """The database of a base, opened once in this process; it replaces the folder's earlier one."""
    with _opening:
        if folder not in _open or _open[folder][0] != path:
            db = duckdb.connect(path, read_only=True, config=LOCKED)
            db.execute("SET GLOBAL TimeZone = 'UTC'")
            db.execute("SET lock_configuration = true")
            _open[folder] = (path, db)
        return _open[folder][1]
