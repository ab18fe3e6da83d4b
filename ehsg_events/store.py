"""The log on SQLite: facts, sealed texts and idempotency keys in one durable transaction.

Built on the library's recorder, with four things it does not do: keyword arguments of a save are
written in the same transaction, concurrent saves share one fsync, followers are woken in and
across processes, and positions are never reused.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import (
    IntegrityError,
    JSONTranscoder,
    Mapper,
    StoredEvent,
)
from eventsourcing.sqlite import (
    SQLiteApplicationRecorder,
    SQLiteCursor,
    SQLiteDatastore,
)

from ehsg_events import events  # noqa: F401 - every topic is known once this page was read
from ehsg_events.kernel import TOPICS, Recorded, Stamp, Stream, Words
from ehsg_events.vault import Sealed

POLL = 0.01  # seconds between two looks for facts of another process
ADDRESS = ("round", "stakeholder", "item", "message")
STAMP = tuple(Stamp.model_fields)


class Twice(IntegrityError):
    """This cause was already recorded: a retry, a double click, a message sent again."""


class PlainMapper(Mapper[UUID]):
    """Facts as plain JSON with their stamp and address beside them, so that SQL can read them."""

    def __init__(self) -> None:
        super().__init__(JSONTranscoder())

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        """Write one recorded fact."""
        assert isinstance(domain_event, Recorded)
        stream = domain_event.stream.model_dump(mode="json", exclude_none=True, exclude={"kind"})
        stamp = domain_event.stamp.model_dump(mode="json")
        fact = domain_event.fact.model_dump(mode="json")
        state = json.dumps({**stream, **stamp, "fact": fact}, ensure_ascii=False).encode()
        return StoredEvent(
            domain_event.originator_id, domain_event.version, domain_event.fact.TOPIC, state
        )

    def to_domain_event(self, stored_event: StoredEvent) -> Recorded:
        """Read one recorded fact."""
        return self.read(stored_event, 0)

    def read(self, stored: StoredEvent, position: int) -> Recorded:
        """Read one recorded fact at its position in the log."""
        state = json.loads(stored.state)
        address = {name: state[name] for name in ADDRESS if name in state}
        return Recorded(
            stream=Stream(
                kind=stored.topic.partition(".")[0],  # type: ignore[arg-type]
                assessment=UUID(state["assessment"]),
                **address,
            ),
            version=stored.originator_version,
            stamp=Stamp.model_validate({name: state[name] for name in STAMP}),
            fact=TOPICS[stored.topic].model_validate_json(json.dumps(state["fact"])),
            position=position,
        )


class _Save:
    """One save on its way to the disk, and what became of it."""

    def __init__(
        self,
        stored: Sequence[StoredEvent],
        key: str | None,
        sealed: Sequence[Sealed],
        unmoved: dict[UUID, int],
    ) -> None:
        self.stored, self.key, self.sealed, self.unmoved = stored, key, sealed, unmoved
        self.positions: list[int] = []
        self.refused: Exception | None = None
        self.written = False


class Recorder(SQLiteApplicationRecorder):
    """Appends facts durably, once, and tells followers."""

    def __init__(self, path: Path) -> None:
        super().__init__(SQLiteDatastore(str(path)))
        self.insert_events_statement = (
            "INSERT INTO stored_events (originator_id, originator_version, topic, state) "
            "VALUES (?, ?, ?, ?)"
        )
        self._path = path
        self._waiting: list[_Save] = []
        self._leader = threading.Lock()
        self._grown = threading.Condition()
        self.create_table()

    def construct_create_table_statements(self) -> list[str]:
        """The log, which nothing may edit, and beside it the sealed texts, which may go."""
        never = "BEGIN SELECT RAISE(ABORT, 'a fact is never edited or deleted'); END"
        return [
            "CREATE TABLE IF NOT EXISTS stored_events ("
            "rowid INTEGER PRIMARY KEY AUTOINCREMENT, originator_id TEXT NOT NULL, "  # by the library's name
            "originator_version INTEGER NOT NULL, topic TEXT NOT NULL, state BLOB NOT NULL, "
            "UNIQUE (originator_id, originator_version))",
            f"CREATE TRIGGER IF NOT EXISTS no_edit BEFORE UPDATE ON stored_events {never}",
            f"CREATE TRIGGER IF NOT EXISTS no_delete BEFORE DELETE ON stored_events {never}",
            "CREATE TABLE IF NOT EXISTS idempotency_key (key TEXT PRIMARY KEY) WITHOUT ROWID",
            "CREATE TABLE IF NOT EXISTS sealed_text (id TEXT PRIMARY KEY, assessment TEXT, "
            "person TEXT, stream TEXT, body BLOB)",
        ]

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        """Append facts with their sealed texts and idempotency key, all or nothing.

        Whoever holds the pen writes for all who wait: one transaction, one fsync.

        Args:
            stored_events: facts in order.
            kwargs: `key`, the cause's idempotency key; `sealed`, the texts; `unmoved`, streams
                that were only read, by id, with the version that must still be their last.

        Raises:
            Twice: the key was recorded before.
            IntegrityError: another writer was faster on one of the streams.
        """
        mine = _Save(
            stored_events,
            kwargs.get("key"),
            kwargs.get("sealed", ()),
            kwargs.get("unmoved", {}),
        )
        self._waiting.append(mine)
        with self._leader:
            if not mine.written:
                self._write(self._take_waiting())
        if mine.refused is not None:
            raise mine.refused
        with self._grown:
            self._grown.notify_all()
        return mine.positions

    def _take_waiting(self) -> list[_Save]:
        taken, self._waiting = self._waiting, []
        return taken

    def _write(self, saves: Sequence[_Save]) -> None:
        try:
            with self.datastore.transaction(commit=True) as cursor:
                for save in saves:
                    cursor.execute("SAVEPOINT save")
                    try:
                        self._write_one(cursor, save)
                    except (sqlite3.IntegrityError, IntegrityError) as clash:
                        cursor.execute("ROLLBACK TO save")
                        save.refused = (
                            clash if isinstance(clash, IntegrityError) else IntegrityError(clash)
                        )
                    cursor.execute("RELEASE save")
        except Exception as failure:
            for save in saves:
                save.refused = failure
        for save in saves:
            save.written = True

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
        save.positions = list(self._insert_events(cursor, save.stored) or ())
        for text in save.sealed:
            row = (text.words.id.hex, text.assessment.hex, text.person, text.stream.hex, text.body)
            cursor.execute("INSERT INTO sealed_text VALUES (?, ?, ?, ?, ?)", row)

    def sealed(self, words: Words) -> Sealed | None:
        """The ciphertext that words stand for, none once its row was deleted."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(
                "SELECT assessment, person, stream, body FROM sealed_text WHERE id = ?",
                (words.id.hex,),
            )
            row = cursor.fetchone()
        if row is None:
            return None
        return Sealed(words, UUID(row[0]), row[1], UUID(row[2]), row[3])

    def rows(self, after: int = 0, upto: int | None = None) -> Iterator[tuple[int, StoredEvent]]:
        """Facts as they are stored, in order, with their positions."""
        while True:
            page = self.select_notifications(after, 5000, upto, inclusive_of_start=False)
            for row in page:
                yield row.id, row
                after = row.id
            if not page:
                return

    def wait(self, after: int, timeout: float) -> bool:
        """Sleep until the log holds more than `after`, or for `timeout` seconds.

        A save in this process wakes at once; one in another is seen within `POLL` seconds.
        """
        waited = 0.0
        while (self.max_notification_id() or 0) <= after:
            if waited >= timeout:
                return False
            with self._grown:
                self._grown.wait(POLL)
            waited += POLL
        return True
