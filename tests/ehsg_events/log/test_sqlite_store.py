"""The store in a folder: what every store keeps, and what the file itself refuses."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from eventsourcing.persistence import OperationalError
from support.area import Area
from support.log.gate import statements
from support.log.stamp_contract import StampContract
from support.log.store import STREAM, note, raw, rows, sealed, sqlite
from support.log.store_contract import PAGE, StoreContract

from ehsg_events.log import sqlite_reading, sqlite_store
from ehsg_events.log.log import Log
from ehsg_events.log.store import Store


class TestContract(StoreContract, StampContract):
    """SQLite in a folder keeps what every store keeps."""

    @pytest.fixture(autouse=True)
    def _small_pages(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sqlite_reading, "PAGE", PAGE)

    def opened(self, folder: Path) -> Store:
        """The store that lies in a folder, opened anew."""
        return sqlite_store.SQLiteStore(folder / "log.sqlite")


def test_an_error_of_the_disk_reaches_whoever_saved(log: Log) -> None:
    """And the next save is none the worse."""
    with closing(raw(log)) as db:
        db.execute("ALTER TABLE sealed_text RENAME TO away")
        with pytest.raises(OperationalError, match="no such table"):
            log.save(note(1), key="k1", sealed=[sealed(log)])
        db.execute("ALTER TABLE away RENAME TO sealed_text")
    assert rows(log, "stored_events") == 0
    log.save(note(1), key="k1", sealed=[sealed(log)])


# -- never edited ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE stored_events SET state = x'00'",
        "UPDATE stored_events SET originator_version = 9 WHERE rowid = 1",
        "DELETE FROM stored_events",
        "DELETE FROM stored_events WHERE rowid = 2",
        "INSERT OR REPLACE INTO stored_events SELECT rowid, 'a', 1, 't', x'00' FROM stored_events",
        "REPLACE INTO stored_events SELECT rowid + 9, originator_id, originator_version, topic, x'00' FROM stored_events",
    ],
)
def test_the_file_itself_refuses_to_edit_a_fact(log: Log, attack: str) -> None:
    """Whatever program opens it, as long as it does not first take the guard away."""
    log.save(note(1), note(2), key="k1")
    before = list(log.store.rows())
    with closing(raw(log)) as db, pytest.raises(sqlite3.IntegrityError, match="a fact is never"):
        db.execute(attack)
    assert list(log.store.rows()) == before


def test_a_position_is_never_used_again(log: Log) -> None:
    """Not even when somebody took the guard away and the newest fact with it."""
    log.save(note(1), key="k1")
    with closing(raw(log)) as db:
        db.execute("DROP TRIGGER no_delete")
        db.execute("DELETE FROM stored_events")
    (recording,) = log.save(note(1), key="k2")
    assert recording.notification.id == 2


def test_a_commit_is_on_the_disk_before_it_is_one(log: Log) -> None:
    """The connection that writes says so itself: a write-ahead log, fully synchronous."""
    with sqlite(log).datastore.transaction(commit=True) as cursor:
        for pragma, means in (("synchronous", 2), ("journal_mode", "wal")):
            cursor.execute(f"PRAGMA {pragma}")
            assert cursor.fetchone()[0] == means


def test_what_waits_for_the_disk_is_said_to_each_connection_once(log: Log) -> None:
    """A save itself says nothing of it."""
    told = statements(log)
    log.save(note(1), key="k")
    assert not [statement for statement in told if "PRAGMA" in statement]


def test_a_save_returns_what_it_recorded(area: Area) -> None:
    """The position is the log's, not the stream's."""
    saved = area.log.record(
        area.stamp(), lambda tx: tx.decide(STREAM, note(1).fact, replace(note(1)).fact)
    )
    assert saved.position == area.facts[-1].position
    assert list(saved.new) == area.facts[-2:]
