"""The log's file: one transaction, once, never edited; many writers, and followers woken."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Barrier, Thread
from uuid import UUID

import pytest
from area import OPENS, Area, words
from eventsourcing.persistence import IntegrityError, OperationalError

from ehsg_events.application import Log
from ehsg_events.events import NoteGiven
from ehsg_events.kernel import Recorded, Stamp, Stream, interview_stream
from ehsg_events.store import Twice
from ehsg_events.vault import Sealed

HERE = UUID(int=7)
STREAM = interview_stream(HERE, 1, "police-1")


def note(version: int, stream: Stream = STREAM) -> Recorded:
    """A fact at its place."""
    stamp = Stamp(at=OPENS, by="x", role="stakeholder", surface="web", cause="c", key="k")
    fact = NoteGiven(item="5.1", field="working-well", words=words("x"))
    return Recorded(stream, version, stamp, fact)


def sealed(log: Log, text: str = "secret") -> Sealed:
    """A sealed text that no fact holds yet."""
    return log.vault.seal(text, STREAM, "police-1")


def raw(log: Log) -> sqlite3.Connection:
    """The file as any program may open it."""
    return sqlite3.connect(log.folder / "log.sqlite", isolation_level=None)


def rows(log: Log, table: str) -> int:
    """How many rows a table has."""
    with closing(raw(log)) as db:
        return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


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


# -- many at once ------------------------------------------------------------------------------
def test_sixteen_threads_lose_nothing(log: Log) -> None:
    """They share transactions; each gets the positions of its own facts."""
    start = Barrier(16)

    def write(number: int) -> list[tuple[int, int, int]]:
        stream = interview_stream(HERE, 1, f"p-{number}")
        start.wait()
        found = []
        for version in range(1, 21):
            (saved,) = log.save(note(version, stream), key=f"{number}-{version}")
            found.append((saved.notification.id, number, version))
        return found

    with ThreadPoolExecutor(16) as pool:
        told = [one for many in pool.map(write, range(16)) for one in many]
    held = [(r.position, int((r.stream.stakeholder or "")[2:]), r.version) for r in log.all()]
    assert sorted(told) == held
    assert len(held) == 320


def test_of_many_threads_with_one_key_one_is_recorded(log: Log) -> None:
    """A double click, a retry, a redelivery: all at the same moment."""
    start = Barrier(8)

    def press(number: int) -> bool:
        start.wait()
        try:
            log.save(note(1, interview_stream(HERE, 1, f"p-{number}")), key="click")
        except Twice:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(press, range(8))) == 1
    assert rows(log, "stored_events") == 1


def test_one_clash_in_a_shared_transaction_is_only_its_own(log: Log) -> None:
    """Those written beside it stand."""
    store = log.store
    store._leader.acquire()
    results: list[object] = []

    def save(fact: Recorded, key: str) -> None:
        try:
            results.append(log.save(fact, key=key))
        except IntegrityError as clash:
            results.append(clash)

    other = interview_stream(HERE, 1, "health-1")
    threads = [Thread(target=save, args=(note(1), "a")), Thread(target=save, args=(note(1), "b"))]
    threads.append(Thread(target=save, args=(note(1, other), "c")))
    for thread in threads:
        thread.start()
    while store._waiting.qsize() < 3:
        pass
    store._leader.release()
    for thread in threads:
        thread.join()
    assert sum(isinstance(result, IntegrityError) for result in results) == 1
    assert rows(log, "stored_events") == 2


def test_a_save_whose_writer_was_interrupted_is_never_acknowledged(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C in the thread that wrote for all: the others hear that it failed."""
    store = log.store

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "_write_one", interrupted)
    store._leader.acquire()
    failed: list[BaseException] = []

    def save(number: int) -> None:
        try:
            log.save(note(1, interview_stream(HERE, 1, f"p-{number}")), key=f"k{number}")
        except BaseException as failure:  # noqa: BLE001 - the interrupt is what is looked for
            failed.append(failure)

    threads = [Thread(target=save, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    while store._waiting.qsize() < 2:
        pass
    store._leader.release()
    for thread in threads:
        thread.join()
    assert {type(failure) for failure in failed} == {KeyboardInterrupt, OperationalError}
    assert rows(log, "stored_events") == 0


PRESSES = """
import sys
from pathlib import Path
from test_store import note, Twice
from ehsg_events.application import Log
log = Log(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
won = 0
for n in range(1, 31):
    try:
        log.save(note(n), key=f"click-{n}")
        won += 1
    except Exception as lost:
        assert "already recorded" in str(lost) or "UNIQUE" in str(lost), lost
print(won)
"""


def child(log: Log, program: str) -> subprocess.Popen[str]:
    """Another process with the same log; it says when it is ready."""
    started = subprocess.Popen(
        [sys.executable, "-c", program, str(log.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent,
    )
    assert started.stdout
    assert started.stdout.readline() == "ready\n"
    return started


def test_of_two_processes_with_one_key_one_records(log: Log) -> None:
    """Thirty clicks seen by both: thirty facts."""
    both = [child(log, PRESSES) for _ in range(2)]
    for process in both:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    won = [int(process.communicate()[0]) for process in both]
    assert sum(won) == rows(log, "stored_events") == 30


# -- followers ---------------------------------------------------------------------------------
def test_a_follower_is_woken_by_a_save_beside_it(log: Log) -> None:
    """And one that is behind does not wait at all."""
    with ThreadPoolExecutor(1) as pool:
        woken = pool.submit(log.store.wait, 0, 30)
        log.save(note(1), key="k1")
        assert woken.result(timeout=10)
    assert log.store.wait(0, 0)


def test_a_follower_of_a_quiet_log_gives_up(log: Log) -> None:
    """After the time it was given."""
    assert not log.store.wait(0, 0.02)


FOLLOWS = """
import sys
from pathlib import Path
from ehsg_events.application import Log
log = Log(Path(sys.argv[1]))
print("ready", flush=True)
assert log.store.wait(0, 30)
print([r.position for r in log.all()])
"""


def test_a_follower_in_another_process_is_woken(log: Log) -> None:
    """By nothing but the file."""
    follower = child(log, FOLLOWS)
    log.save(note(1), key="k1")
    assert follower.communicate(timeout=20)[0] == "[1]\n"


def test_a_save_returns_what_it_recorded(area: Area) -> None:
    """The position is the log's, not the stream's."""
    position = area.log.record(
        area.stamp(), lambda pen: pen.decide(STREAM, note(1).fact, replace(note(1)).fact)
    )
    assert position == area.facts[-1].position
