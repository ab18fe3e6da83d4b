"""The log on SQLite: facts, sealed texts and idempotency keys in one durable transaction.

Built on the library's recorder, with four things it does not do: keyword arguments of a save are
written in the same transaction, concurrent saves share one fsync, followers are woken in and
across processes, and positions are never reused.
"""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from eventsourcing.persistence import (
    IntegrityError,
    OperationalError,
    StoredEvent,
)
from eventsourcing.sqlite import (
    SQLiteCursor,
)

from ehsg_events.kernel import Refused
from ehsg_events.log.keys import Person
from ehsg_events.log.opening import (
    DAMAGED,
    LOOKED_THROUGH,
    Reached,
    address_to_read,
    can_be_written,
)
from ehsg_events.log.schema import TABLES, Datastore
from ehsg_events.log.sealed_texts import SealedTexts
from ehsg_events.log.sqlite_reading import SQLiteReading
from ehsg_events.log.store import Saving, Twice
from ehsg_events.log.vault import Sealed
from ehsg_events.log.watermark import earliest, raise_watermark
from ehsg_events.machine.batching import Batching
from ehsg_events.machine.failures import failure_of
from guides import durable

POLL = 0.005  # seconds between two looks for facts of another process
ERASE = "DELETE FROM sealed_text WHERE assessment = ? AND person = ?"


class _Save:
    """One save on its way to the disk, and what became of it."""

    def __init__(
        self,
        stored: Sequence[StoredEvent],
        key: str | None,
        sealed: Sequence[Sealed],
        unmoved: dict[UUID, int],
        saving: Saving | None,
        erased: dict[Person, int],
    ) -> None:
        self.stored, self.key, self.sealed, self.unmoved = stored, key, sealed, unmoved
        self.saving, self.erased = saving, erased
        self.clock = saving.at if saving is not None else None
        self.positions: list[int] = []
        self.refused: Exception | None = OperationalError("interrupted while it was written")


Write = Callable[[SQLiteCursor, _Save], Exception | None]


class SQLiteStore(SealedTexts, SQLiteReading):
    """Appends facts durably, once, and tells followers."""

    def __init__(self, path: Path) -> None:
        self.read_only = path.exists() and not can_be_written(path)
        self._reached, self._copied = Reached(path), None
        address = path.absolute().as_uri()
        if self.read_only:
            address, self._copied = address_to_read(path)
        else:
            durable.make_private(path)  # and so are the files that SQLite makes beside it
        super().__init__(Datastore(address))
        self.insert_events_statement = (
            "INSERT INTO stored_events (originator_id, originator_version, topic, state) "
            "VALUES (?, ?, ?, ?)"
        )
        self._path = path
        self.batching = Batching(self._write)
        self._grown = threading.Condition()
        self._watching = threading.Lock()
        self._watch = sqlite3.connect(address, uri=True, check_same_thread=False)
        if not self.read_only:
            self.create_table()
            for beside in path.parent.glob(f"{path.name}-*"):  # made by an earlier version
                durable.make_private(beside)

    def construct_create_table_statements(self) -> list[str]:
        """The log, which nothing may edit, and the sealed texts, whose rows may be deleted."""
        return [statement for statement in TABLES.split(";;") if statement.strip()]

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        """Append facts with their sealed texts and idempotency key, all or nothing.

        One of the threads that save writes for all that wait: one transaction, one fsync.

        Args:
            stored_events: facts in order.
            kwargs: `key`, the cause's idempotency key; `sealed`, the texts; `unmoved`, streams
                that were only read, by id, with the version that must still be their last;
                `saving`, when the facts are stamped; `erased`, people whose texts are deleted, with
                how many there must be.

        Raises:
            Twice: the key was recorded before.
            IntegrityError: another writer was faster on one of the streams.
        """
        mine = _Save(
            stored_events,
            kwargs.get("key"),
            kwargs.get("sealed", ()),
            kwargs.get("unmoved", {}),
            kwargs.get("saving"),
            kwargs.get("erased", {}),
        )
        self.batching.done(mine)
        if mine.refused is not None:
            raise mine.refused
        return mine.positions

    def _write(self, saves: Sequence[_Save]) -> None:
        """Write what waits in one transaction, a second time if only some of it can be written."""
        refused = self._transact(self._write_one, saves)
        if len(saves) > 1 and refused[0] and not failure_of(refused[0]):
            refused = self._transact(self._write_apart, saves)
        for save, why in zip(saves, refused, strict=True):
            save.refused = why
        self._tell([save.positions[-1] for save in saves if not save.refused and save.positions])

    def _transact(self, write: Write, saves: Sequence[_Save]) -> Sequence[Exception | None]:
        """Write all in one transaction; why each was refused."""
        try:
            with self.datastore.transaction(commit=True) as cursor:
                return [write(cursor, save) for save in saves]
        except Exception as failure:  # noqa: BLE001 - each waiting thread raises it as its own
            return [failure] * len(saves)

    def _tell(self, positions: Sequence[int]) -> None:
        """Note how far the log has come, and wake followers."""
        if positions:
            self._reached.note(max(positions))
            with self._grown:
                self._grown.notify_all()

    def _write_apart(self, cursor: SQLiteCursor, save: _Save) -> Exception | None:
        """Write one save among others; what is wrong with it undoes it alone."""
        cursor.execute("SAVEPOINT save")
        refused: Exception | None = None
        try:
            self._write_one(cursor, save)
        except Exception as raised:
            if failure_of(raised):  # a disk that fails one of them fails them all
                raise
            refused = (
                IntegrityError(raised) if isinstance(raised, sqlite3.IntegrityError) else raised
            )
            cursor.execute("ROLLBACK TO save")
        cursor.execute("RELEASE save")
        return refused

    def _write_one(self, cursor: SQLiteCursor, save: _Save) -> None:
        if save.key is not None:
            try:
                cursor.execute("INSERT INTO idempotency_key VALUES (?)", (save.key,))
            except sqlite3.IntegrityError:
                raise Twice(f"already recorded: {save.key}") from None
        for stream, version in save.unmoved.items():
            cursor.execute(
                "SELECT max(originator_version) FROM stored_events WHERE originator_id = ?",
                (stream.hex,),
            )
            if (cursor.fetchone()[0] or 0) != version:
                raise IntegrityError(f"stream {stream} moved on")
        save.positions = list(self._insert_events(cursor, self._stamped(cursor, save)) or ())
        for text in save.sealed:
            row = (text.words.id.hex, text.assessment.hex, text.person, text.stream.hex, text.body)
            cursor.execute("INSERT INTO sealed_text VALUES (?, ?, ?, ?, ?)", row)
        self._erase(cursor, save.erased)

    @staticmethod
    def _stamped(cursor: SQLiteCursor, save: _Save) -> Sequence[StoredEvent]:
        """The facts of a save as they are stamped now, whatever came of an earlier try."""
        if save.saving is None or save.clock is None:
            return save.stored
        save.saving.at = earliest(cursor, save.clock)
        return save.stored if save.saving.at == save.clock else save.saving.written(save.saving.at)

    @staticmethod
    def _erase(cursor: SQLiteCursor, erased: dict[Person, int]) -> None:
        """Delete every text of some people, of whom none may have been sealed meanwhile."""
        for (assessment, person), many in erased.items():
            cursor.execute(ERASE, (assessment.hex, person))
            cursor.execute("SELECT changes()")
            if cursor.fetchone()[0] != many:
                raise IntegrityError(f"a text of {person} was sealed meanwhile")

    def knows(self, key: str) -> bool:
        """Whether a cause was recorded, by its idempotency key."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute("SELECT 1 FROM idempotency_key WHERE key = ?", (key,))
            return cursor.fetchone() is not None

    def refuse_unless_whole(self) -> None:
        """Refuse a log of which a part is damaged or missing.

        Raises:
            Refused: it says which, and the way out.
        """
        self._reached.refuse_if_behind(self.last_position())
        if self._path.stat().st_size <= LOOKED_THROUGH:
            with self.datastore.transaction(commit=False) as cursor:
                cursor.execute("PRAGMA integrity_check(1)")
                if cursor.fetchone()[0] != "ok":
                    raise Refused(DAMAGED.format(path=self._path))

    def raise_watermark(self, moment: datetime) -> None:
        """Let no later fact be stamped at or before a moment."""
        raise_watermark(self.datastore, moment)

    def news(self) -> int:
        """A number that changes whenever anything was committed, by whichever process."""
        with self._watching:
            number: int = self._watch.execute("PRAGMA data_version").fetchone()[0]
        return number

    def close(self) -> None:
        """Close every connection."""
        self._watch.close()
        self.datastore.close()
        if self._copied:
            shutil.rmtree(self._copied, ignore_errors=True)

    def wait(self, after: int, timeout: float) -> bool:
        """Sleep until the log holds more than `after`, or for `timeout` seconds.

        A save in this process wakes at once; one in another is seen within `POLL` seconds.
        """
        waited, seen = 0.0, None
        while True:
            news = self.news()
            if news != seen and self.last_position() > after:
                return True
            if waited >= timeout:
                return False
            seen = news
            with self._grown:
                self._grown.wait(POLL)
            waited += POLL
