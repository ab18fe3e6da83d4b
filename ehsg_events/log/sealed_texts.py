"""The sealed texts beside the facts, in a table whose rows may be deleted."""

from __future__ import annotations

import sqlite3
import threading
import time
from typing import Any
from uuid import UUID

from eventsourcing.sqlite import SQLiteDatastore

from ehsg_events.kernel import Words
from ehsg_events.log.keys import Person
from ehsg_events.log.vault import Sealed

PATIENCE, PAUSE = 5, 0.2  # how often a reader is waited for, as long as SQLite waits, and between

SEALED = "SELECT assessment, person, stream, CAST(ifnull(body, '') AS BLOB) FROM sealed_text WHERE id = ?"
STATE = "SELECT state FROM stored_events WHERE originator_id = ? AND originator_version = ?"


class SealedTexts:
    """How sealed texts are read; they are written with the facts that hold them."""

    datastore: SQLiteDatastore
    _watch: sqlite3.Connection
    _watching: threading.Lock

    def whose_texts(self) -> set[Person]:
        """Everybody whose texts lie beside the log."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute("SELECT DISTINCT assessment, person FROM sealed_text")
            return {(UUID(row[0]), row[1]) for row in cursor.fetchall()}

    def has_texts_of(self, assessment: UUID, person: str) -> bool:
        """Whether any text of a person lies beside the log."""
        asked = "SELECT EXISTS (SELECT 1 FROM sealed_text WHERE assessment = ? AND person = ?)"
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(asked, (assessment.hex, person))
            return bool(cursor.fetchone()[0])

    def texts_of(self, assessment: UUID, person: str) -> list[tuple[UUID, bytes]]:
        """The ids and the ciphertexts of all a person's texts, in the order they were sealed."""
        asked = (
            "SELECT id, body FROM sealed_text WHERE assessment = ? AND person = ? ORDER BY rowid"
        )
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(asked, (assessment.hex, person))
            return [(UUID(row[0]), bytes(row[1])) for row in cursor.fetchall()]

    def empty_write_ahead(self) -> bool:
        """Write the write-ahead log back and empty it; false while a reader holds on to it.

        A deleted text stands in it until then.
        """
        for _ in range(PATIENCE):
            with self._watching:
                held = self._watch.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            if not held:
                return True
            time.sleep(PAUSE)
        return False

    def sealed(self, words: Words) -> Sealed | None:
        """The ciphertext that words stand for, none once its row was deleted.

        Raises:
            ValueError: its row is damaged.
        """
        row = self._one(SEALED, (words.id.hex,))
        if row is None:
            return None
        return Sealed(words, UUID(row[0]), str(row[1]), UUID(row[2]), row[3])

    def state_of(self, stream: UUID, version: int) -> bytes | None:
        """The state of one fact as it is stored, none where there is no such fact."""
        row = self._one(STATE, (stream.hex, version))
        return bytes(row[0]) if row else None

    def _one(self, asked: str, values: tuple[str | int, ...]) -> Any:
        """One row, without a transaction of its own: hundreds are asked for on one page."""
        with self._watching:
            return self._watch.execute(asked, values).fetchone()
