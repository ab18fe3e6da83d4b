"""A log's file spoiled the way a disk, a careless hand or a bad one would spoil it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID


@contextmanager
def unguarded(folder: Path) -> Iterator[sqlite3.Connection]:
    """The log's file without the triggers that guard the facts."""
    with closing(sqlite3.connect(folder / "log.sqlite")) as db, db:
        for name in ("no_edit", "no_delete", "no_replace"):
            db.execute(f"DROP TRIGGER IF EXISTS {name}")
        yield db


@contextmanager
def unguarded_ledger(folder: Path) -> Iterator[sqlite3.Connection]:
    """The file of a log's ledger."""
    with closing(sqlite3.connect(folder / "ledger" / "ledger.sqlite")) as db, db:
        yield db


def first(folder: Path, what: str) -> int:
    """The position of the oldest fact of some kind."""
    return _position(folder, what, "min")


def last(folder: Path, what: str) -> int:
    """The position of the newest fact of some kind."""
    return _position(folder, what, "max")


def _position(folder: Path, what: str, which: str) -> int:
    asked = f"SELECT {which}(rowid) FROM stored_events WHERE topic LIKE ?"  # noqa: S608
    with closing(sqlite3.connect(folder / "log.sqlite")) as db:
        return int(db.execute(asked, (f"%.{what}.%",)).fetchone()[0])


def rewritten(folder: Path, position: int, change: Callable[[str], str]) -> int:
    """A fact with another content; returns its position."""
    with unguarded(folder) as db:
        asked = "SELECT state FROM stored_events WHERE rowid = ?"
        state = db.execute(asked, (position,)).fetchone()[0].decode()
        assert change(state) != state
        new = (change(state).encode(), position)
        db.execute("UPDATE stored_events SET state = ? WHERE rowid = ?", new)
    return position


def deleted(folder: Path, position: int) -> int:
    """A fact taken away; returns its position."""
    with unguarded(folder) as db:
        db.execute("DELETE FROM stored_events WHERE rowid = ?", (position,))
    return position


def text_of(folder: Path, position: int) -> str:
    """The id of the sealed text that a fact holds, as its row has it."""
    with closing(sqlite3.connect(folder / "log.sqlite")) as db:
        asked = "SELECT json_extract(CAST(state AS TEXT), '$.fact.words.id') FROM stored_events WHERE rowid = ?"
        return UUID(db.execute(asked, (position,)).fetchone()[0]).hex


def without_text(folder: Path, position: int) -> int:
    """The sealed text of a fact taken away; returns the position."""
    name = text_of(folder, position)
    with closing(sqlite3.connect(folder / "log.sqlite")) as db, db:
        assert db.execute("DELETE FROM sealed_text WHERE id = ?", (name,)).rowcount == 1
    return position


def swapped_texts(folder: Path, one: int, other: int) -> None:
    """The ciphertexts of two facts, each in the other's place."""
    first, second = text_of(folder, one), text_of(folder, other)
    with closing(sqlite3.connect(folder / "log.sqlite")) as db, db:
        asked = "SELECT body FROM sealed_text WHERE id = ?"
        bodies = [db.execute(asked, (name,)).fetchone()[0] for name in (first, second)]
        for name, body in zip((first, second), reversed(bodies), strict=True):
            db.execute("UPDATE sealed_text SET body = ? WHERE id = ?", (body, name))


def words_of(folder: Path, position: int, field: str = "words") -> Any:
    """What stands in a fact for a sealed text."""
    with closing(sqlite3.connect(folder / "log.sqlite")) as db:
        asked = "SELECT state FROM stored_events WHERE rowid = ?"
        return json.loads(db.execute(asked, (position,)).fetchone()[0])["fact"][field]


def pointed_at(folder: Path, position: int, words: Any, field: str = "words") -> int:
    """A fact made to point at another text; returns its position."""

    def change(state: str) -> str:
        stored = json.loads(state)
        stored["fact"][field] = words
        return json.dumps(stored, ensure_ascii=False)

    return rewritten(folder, position, change)


def exchanged_words(folder: Path, one: int, other: int) -> None:
    """Two facts, each made to point at the other's text."""
    first, second = words_of(folder, one), words_of(folder, other)
    pointed_at(folder, one, second)
    pointed_at(folder, other, first)


def exchanged_rows(folder: Path, one: int, other: int) -> None:
    """The rows of two facts' texts, each under the other's id."""
    first, second = text_of(folder, one), text_of(folder, other)
    with closing(sqlite3.connect(folder / "log.sqlite")) as db, db:
        for name, new in ((first, "meanwhile"), (second, first), ("meanwhile", second)):
            db.execute("UPDATE sealed_text SET id = ? WHERE id = ?", (new, name))


def without_key(folder: Path, person: str) -> None:
    """Somebody's key taken away."""
    with closing(sqlite3.connect(folder / "keys" / "keys.sqlite")) as db, db:
        assert db.execute("DELETE FROM person_key WHERE person = ?", (person,)).rowcount == 1


def cut(folder: Path, share: float) -> None:
    """The end of the file gone."""
    file = folder / "log.sqlite"
    with file.open("r+b") as out:
        out.truncate(int(file.stat().st_size * share))


def flipped(folder: Path, at: int, bit: int = 1) -> None:
    """One bit of the file the other way round."""
    with (folder / "log.sqlite").open("r+b") as out:
        out.seek(at)
        byte = out.read(1)[0]
        out.seek(at)
        out.write(bytes([byte ^ bit]))
