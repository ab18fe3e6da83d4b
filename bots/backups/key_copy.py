"""The keys of a backup: all that are in use, and those of older snapshots until they are forgotten.

A key that is lost where it is used stays in the backup. One whose person was forgotten leaves it
with the next backup, and with it their words leave every snapshot.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from ehsg_events.log.keys import Person
from guides import durable

TABLE = (
    "CREATE TABLE IF NOT EXISTS person_key (assessment TEXT, person TEXT, wrapped BLOB, "
    "PRIMARY KEY (assessment, person))"
)
Row = tuple[str, str, bytes]


def rows(file: Path) -> list[Row]:
    """Every key in a file, wrapped as it is there; none where there is no file."""
    if not file.exists():
        return []
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=5)) as db:
        some = "SELECT 1 FROM sqlite_master WHERE name = 'person_key'"
        if db.execute(some).fetchone() is None:
            return []
        asked = "SELECT assessment, person, wrapped FROM person_key ORDER BY assessment, person"
        return db.execute(asked).fetchall()


def merged(
    used: Collection[Row], kept: Collection[Row], forgotten: Collection[Person]
) -> list[Row]:
    """The keys in use, and of those that a backup kept all but the forgotten's."""
    gone = {(assessment.hex, person) for assessment, person in forgotten}
    by_person = {row[:2]: row for row in kept if row[:2] not in gone}
    return [*(by_person | {row[:2]: row for row in used}).values()]


def write(keys: Collection[Row], file: Path) -> None:
    """Write keys into a new file, which is on the disk when this returns."""
    durable.make_private(file)
    with closing(sqlite3.connect(file)) as db, db:
        db.execute(TABLE)
        db.executemany("INSERT INTO person_key VALUES (?, ?, ?)", keys)
    durable.sync(file)


def digest_of(keys: Collection[Row]) -> str:
    """One digest of all keys, to see whether any was made or destroyed."""
    lines = "\n".join(f"{one} {person} {wrapped.hex()}" for one, person, wrapped in sorted(keys))
    return hashlib.sha256(lines.encode()).hexdigest()
