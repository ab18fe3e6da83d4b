"""The log's file: one transaction, once, never edited."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from uuid import UUID

import pytest
from eventsourcing.persistence import IntegrityError, OperationalError
from support.area import Area
from support.log.store import HERE, STREAM, note, raw, rows, sealed

from ehsg_events.kernel import interview_stream
from ehsg_events.log.log import Log
from ehsg_events.log.recorder import Twice


# -- one transaction ---------------------------------------------------------------------------
def test_facts_texts_and_key_are_written_together(log: Log) -> None:
    """One save, one row of each."""
    log.save(note(1), key="k1", sealed=[sealed(log)])
    assert [rows(log, t) for t in ("stored_events", "sealed_text", "idempotency_key")] == [1, 1, 1]


def test_a_text_that_cannot_be_written_takes_everything_with_it(log: Log) -> None:
    """No fact without its words, no key of a cause that did not happen."""
    text = sealed(log)
    log.save(note(1), key="k1", sealed=[text])
    with pytest.raises(IntegrityError):
        log.save(note(2), key="k2", sealed=[text])
    assert [rows(log, t) for t in ("stored_events", "sealed_text", "idempotency_key")] == [1, 1, 1]


def test_a_conflict_takes_everything_with_it(log: Log) -> None:
    """The version was taken: neither its text nor its key stays."""
    log.save(note(1), key="k1")
    with pytest.raises(IntegrityError):
        log.save(note(1), key="k2", sealed=[sealed(log)])
    assert [rows(log, t) for t in ("stored_events", "sealed_text", "idempotency_key")] == [1, 0, 1]
    assert not log.store.knows("k2")


def test_a_stream_that_was_only_read_must_not_have_moved(log: Log) -> None:
    """Neither on nor back."""
    log.save(note(1), key="k1")
    other = interview_stream(HERE, 1, "health-1")
    for version in (0, 2):
        with pytest.raises(IntegrityError, match="moved on"):
            log.save(note(1, other), key="k2", unmoved={STREAM.id: version})
    log.save(note(1, other), key="k2", unmoved={STREAM.id: 1, UUID(int=99): 0})


def test_the_same_key_is_written_once(log: Log) -> None:
    """Whatever the facts are."""
    log.save(note(1), key="k1")
    with pytest.raises(Twice, match="already recorded: k1"):
        log.save(note(2), key="k1")
    assert log.store.knows("k1")


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
    with log.store.datastore.transaction(commit=True) as cursor:
        for pragma, means in (("synchronous", 2), ("journal_mode", "wal")):
            cursor.execute(f"PRAGMA {pragma}")
            assert cursor.fetchone()[0] == means


def test_facts_come_in_pages_and_none_is_lost_between_them(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a position, and up to one."""
    log.save(*(note(version) for version in range(1, 12)), key="k1")
    whole = [position for position, _ in log.store.rows()]
    assert whole == list(range(1, 12))
    assert [position for position, _ in log.store.rows(after=3, upto=7)] == [4, 5, 6, 7]


def test_a_save_returns_what_it_recorded(area: Area) -> None:
    """The position is the log's, not the stream's."""
    position = area.log.record(
        area.stamp(), lambda pen: pen.decide(STREAM, note(1).fact, replace(note(1)).fact)
    )
    assert position == area.facts[-1].position
