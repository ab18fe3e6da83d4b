"""Facts to be saved, the file as any program may open it, and other processes that do."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from ehsg_events.events import NoteGiven
from ehsg_events.kernel import Recorded, Stamp, Stream, Words
from ehsg_events.log.log import Log
from ehsg_events.log.sqlite_store import SQLiteStore
from ehsg_events.log.vault import Sealed
from ehsg_events.states.streams import interview_stream
from support.area import OPENS, words
from support.places import TESTS

HERE = UUID(int=7)
STREAM = interview_stream(HERE, 1, "police-1")


def note(version: int, stream: Stream = STREAM, held: Words | None = None) -> Recorded:
    """A fact at its place, which holds some text."""
    stamp = Stamp(at=OPENS, by="x", role="stakeholder", surface="web", cause="c", key="k")
    fact = NoteGiven(item="5.1", field="working-well", words=held or words("x"))
    return Recorded(stream, version, stamp, fact)


def sealed(log: Log, text: str = "secret") -> Sealed:
    """A sealed text that no fact holds yet."""
    return log.vault.seal(text, STREAM, "police-1")


def sqlite(log: Log) -> SQLiteStore:
    """The log's store, by its own type."""
    assert isinstance(log.store, SQLiteStore)
    return log.store


def raw(log: Log) -> sqlite3.Connection:
    """The file as any program may open it."""
    return sqlite3.connect(log.folder / "log.sqlite", isolation_level=None)


def rows(log: Log, table: str) -> int:
    """How many rows a table has."""
    with closing(raw(log)) as db:
        return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


def write(folder: Path, start: int, count: int, say: Callable[[bytes], object]) -> None:
    """Save two facts and a sealed text at a time, and say so only when that is done."""
    log = Log(folder)
    for n in range(start, start + count):
        stream = interview_stream(HERE, n, "p-1")
        text = log.vault.seal("words", stream, "p-1")
        facts = [note(1, stream, text.words), note(2, stream)]
        log.save(*facts, key=f"k{n}", sealed=log.vault.bound([text], facts))
        say(b"acknowledged %d\n" % n)


def child(log: Log, program: str) -> subprocess.Popen[str]:
    """Another process with the same log; it says when it is ready."""
    started = subprocess.Popen(
        [sys.executable, "-c", program, str(log.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=TESTS,
    )
    assert started.stdout
    assert started.stdout.readline() == "ready\n"
    return started


def altered(stored: StoredEvent, state: bytes, topic: str | None = None) -> StoredEvent:
    """A stored fact with another content."""
    return StoredEvent(
        stored.originator_id, stored.originator_version, topic or stored.topic, state
    )
