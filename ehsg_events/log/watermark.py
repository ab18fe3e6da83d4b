"""When a fact may be stamped: never before the last fact, and never at or before the watermark.

Clocks step back, and a writer may be slow; the order of the log does neither. So whatever was asked
for by time holds the same facts for ever.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from eventsourcing.persistence import PersistenceError
from eventsourcing.sqlite import SQLiteCursor, SQLiteDatastore

NEWEST = "SELECT state FROM stored_events ORDER BY rowid DESC LIMIT 1"
WATERMARK = "SELECT at FROM watermark"
RAISE = "INSERT INTO watermark VALUES (1, ?) ON CONFLICT DO UPDATE SET at = max(at, excluded.at)"
NEXT = timedelta(microseconds=1)  # the shortest time that a stamp tells apart


def earliest(cursor: SQLiteCursor, at: datetime) -> datetime:
    """The time a fact is stamped with that is recorded at a time by somebody's clock."""
    last, mark = _last_stamp(cursor), _watermark(cursor)
    if last is not None and at < last:
        at = last + NEXT
    return mark + NEXT if mark is not None and at <= mark else at


def raise_watermark(datastore: SQLiteDatastore, moment: datetime) -> None:
    """Let no later fact be stamped at or before a moment, as far as anything can be written.

    Where nothing can, because the disk is full or the copy is read-only, no fact comes either.
    """
    with suppress(PersistenceError, sqlite3.Error):
        with datastore.transaction(commit=False) as cursor:
            if earliest(cursor, moment) != moment:
                return
        with datastore.transaction(commit=True) as cursor:
            cursor.execute(RAISE, (moment.astimezone(UTC).isoformat(timespec="microseconds"),))


def _last_stamp(cursor: SQLiteCursor) -> datetime | None:
    cursor.execute(NEWEST)
    row = cursor.fetchone()
    return datetime.fromisoformat(json.loads(row[0])["at"]) if row else None


def _watermark(cursor: SQLiteCursor) -> datetime | None:
    cursor.execute(WATERMARK)
    row = cursor.fetchone()
    return datetime.fromisoformat(row[0]) if row else None
