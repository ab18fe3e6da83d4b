"""The log's tables, whose triggers guard the facts, and the connection that commits durably."""

from __future__ import annotations

from eventsourcing.sqlite import SQLiteConnection, SQLiteConnectionPool, SQLiteDatastore

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
CREATE TABLE IF NOT EXISTS watermark (  -- one row: no fact is stamped at or before it any more
    one INTEGER PRIMARY KEY CHECK (one = 1), at TEXT NOT NULL
);;
CREATE TABLE IF NOT EXISTS idempotency_key (key TEXT PRIMARY KEY) WITHOUT ROWID;;
CREATE TABLE IF NOT EXISTS sealed_text (
    id TEXT PRIMARY KEY, assessment TEXT, person TEXT, stream TEXT, body BLOB
);;
CREATE INDEX IF NOT EXISTS by_person ON sealed_text (assessment, person)
"""


MOST_LEFT = 4 * 1024 * 1024  # bytes of the WAL that are kept once a long reader lets it be cut back
PRAGMAS = (
    "synchronous = FULL",
    f"journal_size_limit = {MOST_LEFT}",
    "secure_delete = ON",  # of a sealed text's row
)


class Pool(SQLiteConnectionPool):
    """Connections that wait for the disk at every commit, whatever the default of the SQLite at hand."""

    def _create_connection(self) -> SQLiteConnection:
        connection = super()._create_connection()
        for pragma in PRAGMAS:
            connection.cursor().execute(f"PRAGMA {pragma}")
        return connection


class Datastore(SQLiteDatastore):
    """The library's, with connections of ours."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.pool = Pool(db_name=address)
