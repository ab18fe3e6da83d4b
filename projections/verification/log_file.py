"""The log's file as it lies there: read however damaged it is, and copied while others write."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from ehsg_events.kernel import Words
from ehsg_events.log.opening import address_to_read, can_be_written
from ehsg_events.log.vault import Sealed
from ehsg_events.values.places import Place, text_at

PAGE = 5000  # facts read at once
AT_ONCE = 500  # positions asked for in one query
SMALLEST = (
    100  # bytes that a fact takes at the least: a damaged file may promise any number of them
)
MOST_DAMAGE = 20  # damaged places that SQLite is asked to name
ROW = "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events "
Raw = tuple[int, object, object, object, object]


class LogFile:
    """A log's file, of which nothing is changed and which need not be whole.

    Args:
        path: the file.
        resting: whether nobody else can have it open, as a backup; then it is opened as it is,
            and nothing is made beside it.
    """

    def __init__(self, path: Path, *, resting: bool = False) -> None:
        self._copied: Path | None = None
        self._size = _size(path)
        if resting:
            address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        elif can_be_written(path):
            address = f"{path.absolute().as_uri()}?mode=rw"
        else:
            address, self._copied = address_to_read(path)
        self._address = address
        self._db = sqlite3.connect(address, uri=True, isolation_level=None, timeout=5)
        # nothing is written; with it SQLite reads what is left of a file whose end is missing
        self._db.execute("PRAGMA writable_schema = ON")
        self._db.execute("PRAGMA query_only = ON")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._db.close()
        if self._copied:
            shutil.rmtree(self._copied, ignore_errors=True)

    def pin(self) -> None:
        """Go on seeing the file as it is now, whatever others write meanwhile."""
        with suppress(sqlite3.DatabaseError):  # a file that is no database holds nothing to pin
            self._db.execute("BEGIN")
            self._db.execute("SELECT 1 FROM stored_events LIMIT 1").fetchall()

    def damage(self) -> list[str]:
        """The damaged places of the file, in SQLite's words; none when it is whole."""
        try:
            with closing(sqlite3.connect(self._address, uri=True, timeout=5)) as strict:
                strict.execute("PRAGMA query_only = ON")
                found = strict.execute(f"PRAGMA integrity_check({MOST_DAMAGE})").fetchall()
        except sqlite3.DatabaseError as mistake:
            return [str(mistake)]
        return [line for (line,) in found if line != "ok"]

    def promised_end(self) -> int:
        """The last position that was ever given, whether or not its fact is still there."""
        asked = "SELECT seq FROM sqlite_sequence WHERE name = 'stored_events'"
        return self._number(asked)

    def end(self) -> int:
        """The last position that is there, 0 when there is none."""
        return self._number("SELECT max(rowid) FROM stored_events")

    def _number(self, asked: str) -> int:
        with suppress(sqlite3.DatabaseError):
            return int((self._db.execute(asked).fetchone() or (0,))[0] or 0)
        return 0

    def counted(self) -> dict[str, int]:
        """How many rows each table has: whether anything was written since is told by them."""
        tables = ("stored_events", "sealed_text", "idempotency_key")
        return {name: self._number(f"SELECT count(*) FROM {name}") for name in tables}  # noqa: S608

    # -- facts -----------------------------------------------------------------------------------
    def rows(self) -> Iterator[tuple[int, StoredEvent | None]]:
        """Every position with its stored fact, in order; none where it cannot be read."""
        for position, *rest in self.raw():
            yield position, _as_stored(rest)

    def raw(self) -> Iterator[Raw]:
        """Every position with what is stored there, in order, as it is."""
        after, end = 0, min(self.end() or self.promised_end(), self._size // SMALLEST)
        while after < end:
            page = self._page(after, end)
            yield from page
            after = page[-1][0] if len(page) == PAGE else max(after + PAGE, end)

    def _page(self, after: int, end: int) -> list[Raw]:
        asked = f"{ROW} WHERE rowid > ? AND rowid <= ? ORDER BY rowid LIMIT ?"
        try:
            return self._db.execute(asked, (after, end, PAGE)).fetchall()
        except sqlite3.DatabaseError:
            return [*self._one_by_one(after, end)]

    def _one_by_one(self, after: int, end: int) -> Iterator[Raw]:
        """Facts of a damaged part, which may be readable even so."""
        for position in range(after + 1, end + 1):
            try:
                found = self._db.execute(f"{ROW} WHERE rowid = ?", (position,)).fetchone()
            except sqlite3.DatabaseError:
                found = (position, None, None, None, None)
            if found is not None:
                yield found

    def at(self, positions: Sequence[int]) -> Iterator[tuple[int, StoredEvent]]:
        """The stored facts at some positions that can be read, in order."""
        for first in range(0, len(positions), AT_ONCE):
            some = positions[first : first + AT_ONCE]
            marks = ", ".join("?" * len(some))
            for position, *rest in self._db.execute(
                f"{ROW} WHERE rowid IN ({marks}) ORDER BY rowid", some
            ):
                stored = _as_stored(rest)
                if stored is not None:
                    yield position, stored

    def of_topics(self, topics: Sequence[str]) -> Iterator[tuple[int, StoredEvent]]:
        """The stored facts of some topics that can be read, in order."""
        marks = ", ".join("?" * len(topics))
        asked = f"{ROW} WHERE topic IN ({marks}) ORDER BY rowid"
        with suppress(sqlite3.DatabaseError):
            for position, *rest in self._db.execute(asked, (*topics,)):
                if (stored := _as_stored(rest)) is not None:
                    yield position, stored

    def differences(self, earlier: LogFile) -> Iterator[int]:
        """The positions at which an earlier copy of this log holds something else, or more."""
        ours = self.raw()
        raw: Raw = (0, None, None, None, None)
        for theirs in earlier.raw():
            while raw[0] < theirs[0]:
                raw = next(ours, (theirs[0] + 1, None, None, None, None))
            if raw != theirs:
                yield theirs[0]

    # -- sealed texts ----------------------------------------------------------------------------
    def sealed(self, words: Words) -> Sealed | None:
        """The ciphertext that words stand for, none when its row is not there or not readable."""
        asked = "SELECT assessment, person, stream, body FROM sealed_text WHERE id = ?"
        with suppress(sqlite3.DatabaseError, ValueError, TypeError, AttributeError):
            row = self._db.execute(asked, (words.id.hex,)).fetchone()
            if row:
                return Sealed(words, UUID(row[0]), row[1], UUID(row[2]), row[3])
        return None

    def holds(self, stream: UUID, place: Place, text: UUID) -> bool:
        """Whether the fact at a place of a stream holds a text there."""
        asked = "SELECT state FROM stored_events WHERE originator_id = ? AND originator_version = ?"
        with suppress(sqlite3.DatabaseError):
            row = self._db.execute(asked, (stream.hex, place.version)).fetchone()
            return row is not None and text_at(row[0], place.field) == text
        return False

    def sealed_ids(self) -> set[str]:
        """The id of every sealed text that lies beside the log, as it is stored."""
        with suppress(sqlite3.DatabaseError):
            return {row[0] for row in self._db.execute("SELECT id FROM sealed_text")}
        return set()

    # -- copies ----------------------------------------------------------------------------------
    def copy_to(self, path: Path) -> None:
        """Copy the whole file as it stands at one moment; those who write need not wait."""
        with closing(sqlite3.connect(path)) as copy:
            self._db.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # so that it is one file, and stays one


def _size(path: Path) -> int:
    """How many bytes a log takes: the newest facts of one that is in use lie beside its file."""
    ahead = path.with_name(f"{path.name}-wal")
    with suppress(FileNotFoundError):  # moved into the file by whoever closed it last
        return path.stat().st_size + ahead.stat().st_size
    return path.stat().st_size


def _as_stored(raw: list[object]) -> StoredEvent | None:
    stream, version, topic, state = raw
    typed = isinstance(version, int) and isinstance(topic, str) and isinstance(state, bytes)
    if not typed or not isinstance(stream, str):
        return None
    try:
        return StoredEvent(UUID(stream), version, topic, state)  # type: ignore[arg-type]  # as checked
    except ValueError:
        return None
