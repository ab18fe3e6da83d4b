"""What a rebuild of a whole log is compared with: the library's idiom, and the least one can do.

Each is a job done in a fresh process.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from benchmarks.alone import do
from benchmarks.idiom import project

BLOCK = 1 << 20
TOUCH = "SELECT sum(length(CAST(state AS TEXT))) FROM stored_events"


def read_bytes(folder: str) -> int:
    """Read the bytes of the log's file; how many there are."""
    many = 0
    with (Path(folder) / "log.sqlite").open("rb", buffering=0) as file:
        while block := file.read(BLOCK):
            many += len(block)
    return many


def touch(folder: str) -> int:
    """Have SQLite read every fact and hand over none; how many characters they have."""
    with closing(sqlite3.connect(Path(folder) / "log.sqlite")) as db:
        many: int = db.execute(TOUCH).fetchone()[0]
    return many


if __name__ == "__main__":
    do({"bytes": read_bytes, "touch": touch, "idiom": project})
