"""The base: most of a long log's facts, read once into a file that any number of processes share.

A base is never changed. It is named after its last position and all that it was made from, so one
that another version made, or that was made of another log, is not taken for ours. Like the log it
holds ids and digests where people's words were; these are nowhere in it.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import duckdb

from ehsg_events.kernel import Refused, Way
from ehsg_events.log.log import Log
from projections.facts.table import LOCKED, reading

FEWEST = 50_000  # facts beyond the base before a new one is worth its while
FOLDER = "read-models"
UNREADABLE = (
    f"The base in {FOLDER} cannot be read. Delete that folder: the log holds all that was in it."
)
MADE_ANEW = Way("rebuild", "make it anew")
BUSY = 3  # the exit code of a builder that finds another at work
_opening = threading.Lock()
_open: dict[Path, tuple[Path, duckdb.DuckDBPyConnection]] = {}


class Base(NamedTuple):
    """A base, and the position of its last fact."""

    path: Path
    position: int


def name_of(position: int, stream: str, version: int, topic: str, state: str) -> str:
    """The name of the base whose last fact is this one, made by this version of the product."""
    made_by = (duckdb.__version__, reading("rows"), stream, str(version), topic, state)
    digest = hashlib.sha256("\n".join(made_by).encode()).hexdigest()
    return f"base-{position}-{digest[:16]}.duckdb"


def base_of(log: Log) -> Base | None:
    """The newest base that was made of this log, if there is one."""
    found = [(_position(path), path) for path in (log.folder / FOLDER).glob("base-*.duckdb")]
    end = log.store.last_position()
    for position, path in sorted(found, reverse=True):
        if position <= end and path.name == _expected(log, position):
            return Base(path, position)
    return None


def _position(path: Path) -> int:
    number = path.name.split("-")[1]
    return int(number) if number.isdecimal() else 0


def _expected(log: Log, position: int) -> str | None:
    for _, last in log.store.rows(position - 1, position):
        said = str(last.originator_id), last.originator_version, last.topic, last.state.decode()
        return name_of(position, *said)
    return None


def beyond(log: Log) -> int:
    """How many facts the log holds beyond its base; all of them when it has none."""
    base = base_of(log)
    return log.store.last_position() - (base.position if base else 0)


def is_long(log: Log, fewest: int = FEWEST) -> bool:
    """Whether so much of the log lies beyond its base that a new one is worth its while."""
    return log.store.last_position() >= fewest and beyond(log) >= fewest


def opened(log: Log) -> tuple[Base, duckdb.DuckDBPyConnection] | None:
    """A new connection to the base of a log, which may read it and do nothing else."""
    while base := base_of(log):
        try:
            return base, _shared(log.folder, base.path).cursor()
        except duckdb.Error as failed:
            if base.path.exists():
                raise Refused(UNREADABLE, MADE_ANEW) from failed
            # a newer one took its place between the look and the opening: look again
    return None


@contextmanager
def naming_a_damaged_base() -> Iterator[None]:
    """Ask of what may rest on a base; where its file is damaged, that is said, and what to do.

    Raises:
        Refused: a part of the file cannot be read.
    """
    try:
        yield
    except duckdb.Error as failed:  # beside a base nothing is ever read from a disk
        if isinstance(failed, duckdb.IOException) or "Corrupt database" in str(failed):
            with _opening:
                _open.clear()  # one that is made anew may have the same name
            raise Refused(UNREADABLE, MADE_ANEW) from failed
        raise


def _shared(folder: Path, path: Path) -> duckdb.DuckDBPyConnection:
    """The database of a base, opened once in this process; the one before it is let go."""
    with _opening:
        if folder not in _open or _open[folder][0] != path:
            shared = duckdb.connect(path, read_only=True, config=LOCKED)
            shared.execute("SET GLOBAL TimeZone = 'UTC'")
            shared.execute("SET lock_configuration = true")
            _open[folder] = (path, shared)
        return _open[folder][1]
