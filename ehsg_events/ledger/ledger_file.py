"""The file of a ledger: its tiles, and every checkpoint that was ever signed.

It is a small database of its own beside the log, and never part of a backup of the log: so a log
that is put back to an earlier state is noticed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from ehsg_events.ledger import tree
from ehsg_events.ledger.tiles import FULL, WIDTH, Tile, complete, grown, tiles_of
from ehsg_events.ledger.tree import HASH, Complete
from ehsg_events.log.opening import can_be_written
from guides import durable

TABLES = """
CREATE TABLE IF NOT EXISTS tile (
    level INTEGER NOT NULL, number INTEGER NOT NULL, hashes BLOB NOT NULL,
    PRIMARY KEY (level, number)
);
CREATE TABLE IF NOT EXISTS checkpoint (
    size INTEGER PRIMARY KEY, at TEXT NOT NULL, note TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS cosignature (  -- the line by which a witness signed a checkpoint too
    size INTEGER NOT NULL, name TEXT NOT NULL, line TEXT NOT NULL,
    PRIMARY KEY (size, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS told_time (  -- what a service of trusted time answered of a checkpoint
    size INTEGER PRIMARY KEY, answer BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS shown (  -- to whom, by assessment and pseudonym; not only by number:
    person TEXT, size INTEGER, at TEXT NOT NULL, note TEXT NOT NULL,  -- it outlives a tree made anew
    PRIMARY KEY (person, size)
) WITHOUT ROWID;
"""
NEWEST = "SELECT level, number, hashes FROM tile WHERE level = ? ORDER BY number DESC LIMIT 1"
TILES = "SELECT level, number, length(hashes), typeof(hashes) FROM tile ORDER BY level, number"
HASHES = "SELECT hashes FROM tile WHERE level = ? AND number = ?"
CHECKPOINTS = """SELECT size, at, note || coalesce((SELECT group_concat(line, '') FROM (
    SELECT line FROM cosignature WHERE cosignature.size = checkpoint.size ORDER BY name
)), '') FROM checkpoint """
PAGE = "WHERE size > ? ORDER BY size LIMIT 500"
BEFORE_ALL = -(2**63)
WAIT = 30.0  # seconds for whoever is adding to it just now
KEPT = 256  # full tiles in memory: 2 MB


class Signed(NamedTuple):
    """A checkpoint that was signed: how many facts it has, when it was signed, and its note.

    The note has the lines of witnesses below ours.
    """

    size: int
    at: datetime
    note: str


class LedgerFile:
    """The tiles and the checkpoints, in one SQLite file.

    Args:
        path: the file; made if it is not there, unless it is only read.
        read_only: whether nothing is added. What somebody left half done who was killed is undone
            all the same, where that can be written: until then SQLite tells nothing of the file.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        if not read_only:
            durable.make_folder(path.parent, mode=0o700)
            durable.make_private(path)
        mode = "rw" if not read_only or can_be_written(path) else "ro"
        address = f"{path.absolute().as_uri()}?mode={mode}"
        self._db = sqlite3.connect(
            address, uri=True, isolation_level=None, timeout=WAIT, check_same_thread=False
        )
        self._db.execute("PRAGMA synchronous = FULL")
        self._full: dict[tuple[int, int], bytes] = {}  # tiles that never change any more
        if read_only:
            self._db.execute("PRAGMA query_only = ON")
        else:
            self._db.executescript(TABLES)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """What is done in the block is on the disk after it, all or nothing; nobody else changes it."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:  # a full disk has ended it already
                self._db.execute("ROLLBACK")
            raise

    # -- the tree --------------------------------------------------------------------------------
    def size(self) -> int:
        """How many leaves there are."""
        last = self._newest(0)
        return last.number * WIDTH + len(last.hashes) // HASH if last else 0

    def add(self, leaves: Sequence[bytes]) -> None:
        """Add leaves, by their hashes."""
        for tile in grown(self._newest, leaves):
            self._db.execute("INSERT OR REPLACE INTO tile VALUES (?, ?, ?)", tile)

    def misplaced(self) -> tuple[object, object] | None:
        """The level and number of the first tile that no tree has of as many leaves; none if all are.

        Tiles of a tree have their places and lengths by its size alone.
        """
        there = self._db.execute(TILES).fetchall()  # at one moment: others may be adding to it
        lowest = [row for row in there if row[0] == 0]
        size = lowest[-1][1] * WIDTH + lowest[-1][2] // HASH if lowest else 0
        for tile, due in zip_longest(there, tiles_of(size)):
            if due is None or tile != (due[0], due[1], due[2] * HASH, "blob"):
                return (tile or due)[:2]
        return None

    def leaf_hashes(self, after: int, upto: int) -> list[bytes]:
        """The hashes of the leaves from one number of leaves to another."""
        row = b"".join(
            self.tile(0, number) for number in range(after // WIDTH, (upto + WIDTH - 1) // WIDTH)
        )
        first, last = after % WIDTH, upto - after // WIDTH * WIDTH
        return [row[at * HASH : (at + 1) * HASH] for at in range(first, last)]

    def tile(self, level: int, number: int) -> bytes:
        """The hashes of a tile as it is now; none where there is none."""
        place = level, number
        if place not in self._full:
            row = self._db.execute(HASHES, place).fetchone()
            if row is None or len(row[0]) < FULL:
                return row[0] if row else b""
            if len(self._full) >= KEPT:
                self._full.clear()
            self._full[place] = row[0]
        return self._full[place]

    @property
    def complete(self) -> Complete:
        """The hashes of the complete subtrees."""
        return complete(self.tile)

    def root(self, size: int) -> bytes:
        """The root of the first leaves."""
        return tree.root(self.complete, size)

    # -- checkpoints -----------------------------------------------------------------------------
    def keep(self, signed: Signed) -> None:
        """Keep a checkpoint for ever."""
        at = signed.at.astimezone(UTC).isoformat(timespec="microseconds")
        self._db.execute("INSERT INTO checkpoint VALUES (?, ?, ?)", (signed.size, at, signed.note))

    def newest(self, upto: int | None = None) -> Signed | None:
        """The newest checkpoint of any leaves, or the newest of at most so many."""
        sql, given = ("AND size <= ? ", (upto,)) if upto is not None else ("", ())
        which = f"WHERE size > 0 {sql}ORDER BY size DESC LIMIT 1"
        return next(self._checkpoints(which, given), None)

    def was_begun(self) -> bool:
        """Whether anything was ever signed: one that was emptied holds nothing."""
        return next(self._checkpoints("LIMIT 1", ()), None) is not None

    def begun(self) -> Signed:
        """The first checkpoint, of no facts."""
        return next(self._checkpoints("WHERE size = 0", ()))

    def first_with(self, position: int) -> Signed | None:
        """The first checkpoint that covers the fact at a position."""
        return next(self._checkpoints("WHERE size >= ? ORDER BY size LIMIT 1", (position,)), None)

    def checkpoints(self) -> Iterator[Signed]:
        """Every checkpoint, in order; so many at once that whoever adds to it need not wait for all."""
        after = BEFORE_ALL
        while page := [*self._checkpoints(PAGE, (after,))]:
            yield from page
            after = page[-1].size

    def keep_time(self, size: int, answer: bytes) -> None:
        """Keep what a service of trusted time answered of a checkpoint."""
        self._db.execute("INSERT OR REPLACE INTO told_time VALUES (?, ?)", (size, answer))

    def times(self, upto: int) -> list[tuple[int, bytes]]:
        """What such services answered, by how many facts the checkpoint has, of at most so many."""
        asked = "SELECT size, answer FROM told_time WHERE size <= ? ORDER BY size"
        return self._db.execute(asked, (upto,)).fetchall()

    def keep_cosignature(self, size: int, name: str, line: str) -> None:
        """Keep the line by which a witness signed a checkpoint; it is the newest that holds."""
        self._db.execute("INSERT OR REPLACE INTO cosignature VALUES (?, ?, ?)", (size, name, line))

    def cosigned(self, name: str | None = None, upto: int | None = None) -> Iterator[int]:
        """The sizes of the checkpoints that a witness signed, or any of them did; newest first."""
        asked = (
            "SELECT DISTINCT size FROM cosignature WHERE name = coalesce(?, name) "
            "AND size <= coalesce(?, size) ORDER BY size DESC"
        )
        yield from (size for (size,) in self._db.execute(asked, (name, upto)))

    def keep_shown(self, person: str, signed: Signed, at: datetime) -> None:
        """Keep which checkpoint somebody was shown, and when they first were."""
        row = (
            person,
            signed.size,
            at.astimezone(UTC).isoformat(timespec="microseconds"),
            signed.note,
        )
        self._db.execute("INSERT OR IGNORE INTO shown VALUES (?, ?, ?, ?)", row)

    def shown(self, person: str) -> list[Signed]:
        """The checkpoints that somebody was shown, the newest first; `at` is when they were."""
        asked = "SELECT size, at, note FROM shown WHERE person = ? ORDER BY size DESC"
        rows = self._db.execute(asked, (person,)).fetchall()
        return [Signed(size, datetime.fromisoformat(at), note) for size, at, note in rows]

    def _checkpoints(self, which: str, given: tuple[int, ...]) -> Iterator[Signed]:
        for size, at, note in self._db.execute(CHECKPOINTS + which, given):
            yield Signed(size, datetime.fromisoformat(at), note)

    def _newest(self, level: int) -> Tile | None:
        row = self._db.execute(NEWEST, (level,)).fetchone()
        return Tile(*row) if row else None
