"""The log's tables, whose triggers guard the facts, and the connection that commits durably."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from eventsourcing.sqlite import SQLiteConnection, SQLiteDatastore

TABLES = """
CREATE TABLE IF NOT EXISTS stored_events (  -- the library's names
    rowid INTEGER PRIMARY KEY AUTOINCREMENT,
    originator_id TEXT NOT NULL,
    originator_version INTEGER NOT NULL,
    topic TEXT NOT NULL,
    state BLOB NOT NULL,
    UNIQUE (originator_id, originator_version)
);;
CREATE INDEX IF NOT EXISTS by_topic ON stored_events (topic);;
CREATE TRIGGER IF NOT EXISTS no_edit BEFORE UPDATE ON stored_events
BEGIN SELECT RAISE(ABORT, 'a fact is never edited or deleted'); END;;
CREATE TRIGGER IF NOT EXISTS no_delete BEFORE DELETE ON stored_events
BEGIN SELECT RAISE(ABORT, 'a fact is never edited or deleted'); END;;
CREATE TRIGGER IF NOT EXISTS no_replace BEFORE INSERT ON stored_events
WHEN EXISTS (
    SELECT 1 FROM stored_events WHERE rowid = NEW.rowid
    OR (originator_id = NEW.originator_id AND originator_version = NEW.originator_version)
)
BEGIN SELECT RAISE(ABORT, 'a fact is never replaced'); END;;
CREATE TABLE IF NOT EXISTS idempotency_key (key TEXT PRIMARY KEY) WITHOUT ROWID;;
CREATE TABLE IF NOT EXISTS sealed_text (
    id TEXT PRIMARY KEY, assessment TEXT, person TEXT, stream TEXT, body BLOB
);;
CREATE INDEX IF NOT EXISTS by_person ON sealed_text (assessment, person)
"""


class Datastore(SQLiteDatastore):
    """Waits for the disk at every commit, whatever the default of the SQLite at hand."""

    @contextmanager
    def get_connection(self, *, commit: bool) -> Iterator[SQLiteConnection]:
        """A connection of the pool; one that commits waits for the disk."""
        with super().get_connection(commit=commit) as connection:
            if commit:
                connection.cursor().execute("PRAGMA synchronous = FULL")
            yield connection
