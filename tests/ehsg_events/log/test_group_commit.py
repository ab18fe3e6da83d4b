"""Saves that come at the same moment share a transaction, and nothing else: no failure, no delay."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from eventsourcing.persistence import IntegrityError, OperationalError, StoredEvent
from eventsourcing.sqlite import SQLiteConnection
from support.area import Area
from support.log.failing import held, impatient
from support.log.gate import BEFORE, statements, together
from support.log.store import HERE, note, rows, sealed, sqlite

from ehsg_events.kernel import Recorded, Stream
from ehsg_events.log.log import Log
from ehsg_events.log.store import Twice
from ehsg_events.states.streams import interview_stream

MANY = 12


def theirs(number: int) -> Stream:
    """A stream that only one of them writes to."""
    return interview_stream(HERE, 1, f"p-{number}")


def saving(log: Log, number: int, *facts: Recorded, key: str = "") -> partial[Any]:
    """A save that is still to be called, of one fact unless others are named."""
    return partial(log.save, *(facts or [note(1, theirs(number))]), key=key or f"k{number}")


# -- one transaction -------------------------------------------------------------------------------
def test_all_that_wait_are_written_in_one_transaction(log: Log) -> None:
    """In the order in which they came, without a savepoint, each told its own position."""
    told = statements(log)
    ends = together(log, *(saving(log, number) for number in range(MANY)))
    assert [one.notification.id for (one,) in ends] == list(range(1, MANY + 1))  # type: ignore[misc, has-type]
    assert told.count("COMMIT") == 2, "one for the save before them, one for them all"
    assert not [statement for statement in told if statement.startswith("SAVEPOINT")]


def test_a_save_that_clashes_alone_is_tried_once(log: Log) -> None:
    """Nobody else is there whom a second try would help."""
    log.save(note(1), key="k")
    told = statements(log)
    with pytest.raises(Twice):
        log.save(note(2), key="k")
    assert told.count("BEGIN") == 1


# -- only one's own --------------------------------------------------------------------------------
@pytest.mark.parametrize("place", range(3))
def test_a_clash_is_only_its_own(log: Log, place: int) -> None:
    """Wherever it stands among the others; they are written in the second try, in one transaction."""
    log.save(note(1), key="taken")
    told = statements(log)
    saves = [saving(log, number) for number in range(2)]
    saves.insert(place, saving(log, 9, note(1), key="k9"))
    ends = together(log, *saves)
    assert isinstance(ends.pop(place), IntegrityError)
    assert [one.notification.id for (one,) in ends] == [2, 3]  # type: ignore[misc, has-type]
    assert (told.count("COMMIT"), rows(log, "stored_events")) == (2, 3)
    assert not log.store.knows("k9")


def test_of_several_clashes_each_hears_of_its_own(log: Log) -> None:
    """A key that is known, a version that is taken by another of them, and one that is well."""
    log.save(note(1), key="known")
    saves = (
        saving(log, 1, key="known"),
        saving(log, 2),
        saving(log, 3, note(1, theirs(2))),
        saving(log, 4),
    )
    ends = together(log, *saves)
    assert [type(end) for end in ends if isinstance(end, Exception)] == [Twice, IntegrityError]
    assert rows(log, "stored_events") == 3


def test_what_is_wrong_with_one_save_is_only_its_own(log: Log) -> None:
    """Not only a clash: here SQLite cannot keep what it is given."""
    wrong = StoredEvent(theirs(9).id, 1, "a", object())  # type: ignore[arg-type]
    spoiled = partial(sqlite(log).insert_events, [wrong], key="k9")
    ends = together(log, saving(log, 0), spoiled, saving(log, 1))
    assert [isinstance(end, Exception) for end in ends] == [False, True, False]
    assert rows(log, "stored_events") == 2
    assert not log.store.knows("k9")


def test_a_second_try_stamps_facts_as_if_it_were_the_first(area: Area) -> None:
    """With a clock that is behind, a fact is above the last of the log, whatever clashed beside it."""
    log, last = area.log, area.facts[-1].stamp.at
    early = area.stamp(key="early").model_copy(update={"at": last - timedelta(days=1)})
    taken = area.facts[-1]

    def late() -> object:
        return log.record(early, lambda tx: tx.decide(theirs(1), note(1).fact))

    clash = partial(log.save, note(taken.version, taken.stream), key="clash")
    _, clashed = together(log, late, clash)  # it is undone once, since it is written first
    assert isinstance(clashed, IntegrityError)
    (fact,) = log.facts(theirs(1))
    assert fact.stamp.at > last


# -- everybody's -----------------------------------------------------------------------------------
@contextmanager
def full(log: Log) -> Iterator[None]:
    """The log's file may grow no more meanwhile."""
    for most in (1, 1_000_000):  # pages, or as many as there are
        with sqlite(log).datastore.transaction(commit=False) as cursor:
            cursor.execute(f"PRAGMA max_page_count = {most}")
        if most == 1:
            yield


@pytest.mark.parametrize(("key", "tries"), [("new", 1), ("known", 2)])
def test_a_full_disk_is_everybodys(log: Log, key: str, tries: int) -> None:
    """Nothing is written and each hears so; there is a second try only if something clashed first."""
    log.save(note(1), key="known")
    big = partial(log.save, note(1, theirs(1)), key="big", sealed=[sealed(log, "x" * 1_000_000)])
    with full(log):
        told = statements(log)
        ends = together(log, saving(log, 0, key=key), big, saving(log, 2))
        assert told.count("BEGIN") == 1 + tries, "one for the save before them"
    assert [type(end) for end in ends] == [OperationalError] * 3
    assert {str(end) for end in ends} == {"database or disk is full"}
    assert (rows(log, "stored_events"), told.count("COMMIT")) == (1, 1)
    saving(log, 0)()


@pytest.fixture
def patient_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Log]:
    """A log that waits only a moment for another program."""
    impatient(monkeypatch)
    with closing(Log(tmp_path / "impatient")) as log:
        yield log


def test_a_log_that_another_program_holds_is_everybodys(patient_no_more: Log) -> None:
    """And the next save is none the worse."""
    log = patient_no_more
    with held(log):
        ends = together(log, *(saving(log, number) for number in range(3)))
    assert [type(end) for end in ends] == [OperationalError] * 3
    saving(log, 0)()


# -- durable, and handed over ----------------------------------------------------------------------
def test_no_save_returns_before_its_transaction_is_committed(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever leads and whoever follows."""
    commit, returned, early = SQLiteConnection.commit, Event(), list[bool]()

    def slow(connection: SQLiteConnection) -> None:
        early.append(returned.wait(0.1))
        commit(connection)

    def save(number: int) -> None:
        saving(log, number)()
        returned.set()

    monkeypatch.setattr(SQLiteConnection, "commit", slow)
    together(log, *(partial(save, number) for number in range(4)))
    assert early == [False, False]
    assert returned.is_set()


@pytest.mark.parametrize("death", [KeyboardInterrupt, SystemExit, GeneratorExit])
def test_a_save_whose_writer_was_ended_is_never_acknowledged(
    log: Log, monkeypatch: pytest.MonkeyPatch, death: type[BaseException]
) -> None:
    """Ctrl-C in the thread that wrote for all: the others hear that it failed, and may go on."""
    write = sqlite(log)._write_one

    def ended(cursor: Any, save: Any) -> None:
        if save.key != BEFORE:
            raise death
        write(cursor, save)

    with monkeypatch.context() as patch:
        patch.setattr(log.store, "_write_one", ended)
        ends = together(log, *(saving(log, number) for number in range(3)))
    assert [type(end) for end in ends] == [death, OperationalError, OperationalError]
    assert rows(log, "stored_events") == 0
    assert len(together(log, *(saving(log, number) for number in range(3)))) == 3
    assert rows(log, "stored_events") == 3


def test_a_save_that_fails_hands_over_to_whoever_came_meanwhile(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here the save before them dies, and they are written all the same."""
    write = sqlite(log)._write_one

    def failing(cursor: Any, save: Any) -> None:
        if save.key == BEFORE:
            raise sqlite3.OperationalError("disk I/O error")
        write(cursor, save)

    monkeypatch.setattr(log.store, "_write_one", failing)
    ends = together(log, *(saving(log, number) for number in range(3)))
    assert not [end for end in ends if isinstance(end, BaseException)]
    assert rows(log, "stored_events") == 3
