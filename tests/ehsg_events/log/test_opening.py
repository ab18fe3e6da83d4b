"""What is noticed when a log is opened: a sentence with the way out, before anything is recorded."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from support.area import Area
from support.log.store import HERE, raw, rows

from ehsg_events.events import InputRefused
from ehsg_events.kernel import Refused, Words
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.log.vault import LOSSES, instead
from ehsg_events.states.streams import interview_stream


def closed(area: Area) -> Path:
    """A copy of a log's folder as it lies there once nobody has it open: all is in log.sqlite."""
    folder = area.log.folder.with_name("closed")
    shutil.copytree(area.log.folder, folder)
    with closing(sqlite3.connect(folder / "log.sqlite")) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder


def _a_page_of_noise(folder: Path) -> None:
    log = folder / "log.sqlite"
    whole = bytearray(log.read_bytes())
    whole[4096 * 3 : 4096 * 4] = bytes(range(256)) * 16
    log.write_bytes(whole)


def _the_beginning_gone(folder: Path) -> None:
    log = folder / "log.sqlite"
    log.write_bytes(b"no database at all, but long enough to be one" * 100)


def _an_index_that_lacks_a_row(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "log.sqlite", isolation_level=None)) as db:
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_schema SET rootpage = 2 WHERE name = 'by_topic'")


def _keys_gone(folder: Path) -> None:
    (folder / "keys" / "keys.sqlite").unlink()


def _keys_empty(folder: Path) -> None:
    (folder / "keys" / "keys.sqlite").write_bytes(b"")


def _keys_of_another_log(folder: Path) -> None:
    other = Log(folder.parent / "other")
    other.vault.seal("x", interview_stream(HERE, 1, "a"), "a")
    other.close()
    shutil.rmtree(folder / "keys")
    shutil.copytree(folder.parent / "other" / "keys", folder / "keys")


def _keys_damaged(folder: Path) -> None:
    keys = folder / "keys" / "keys.sqlite"
    keys.write_bytes(keys.read_bytes()[:4096] + bytes(range(256)) * 32)


def _newest_facts_deleted(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "log.sqlite", isolation_level=None)) as db:
        db.execute("DROP TRIGGER no_delete")
        db.execute("DELETE FROM stored_events WHERE rowid = (SELECT max(rowid) FROM stored_events)")


def _put(folder: Path, change: str) -> None:
    """Change how the newest fact is stored, as a newer version would have written it."""
    with closing(sqlite3.connect(folder / "log.sqlite", isolation_level=None)) as db:
        db.execute("DROP TRIGGER no_edit")
        newest = "rowid = (SELECT max(rowid) FROM stored_events)"
        db.execute(f"UPDATE stored_events SET {change} WHERE {newest}")  # noqa: S608


def _a_newer_fact(folder: Path) -> None:
    _put(folder, "topic = 'round.Sung.v1'")


def _a_newer_field(folder: Path) -> None:
    _put(folder, "state = CAST(json_set(CAST(state AS TEXT), '$.fact.mood', 'x') AS BLOB)")


def _a_newer_stamp(folder: Path) -> None:
    _put(folder, "state = CAST(json_set(CAST(state AS TEXT), '$.through', 'x') AS BLOB)")


@pytest.mark.parametrize(
    ("happens", "says"),
    [
        (_a_page_of_noise, "log.sqlite is damaged, or its disk fails"),
        (_the_beginning_gone, "log.sqlite is damaged, or its disk fails"),
        (_an_index_that_lacks_a_row, "log.sqlite is damaged, or its disk fails"),
        (_keys_gone, "The keys of .* are missing"),
        (_keys_empty, "No key in .*keys.sqlite belongs to this log"),
        (_keys_of_another_log, "No key in .*keys.sqlite belongs to this log"),
        (_keys_damaged, "keys.sqlite is damaged, so no name"),
        (_newest_facts_deleted, "The newest facts are missing: 10 were recorded .* holds 9"),
        (_a_newer_fact, "Position 10 of the log holds round.Sung.v1, which this version"),
        (_a_newer_field, "Position 10 of the log holds the field mood of .*, which this version"),
        (_a_newer_stamp, "Position 10 of the log holds the field through of .*, which this"),
    ],
)
def test_what_is_wrong_is_said_when_it_is_opened(
    asked: Area, happens: Callable[[Path], None], says: str
) -> None:
    """Each names what is wrong and what to do; opening it once more says the same."""
    assert asked.facts[-1].position == 10
    folder = closed(asked)
    happens(folder)
    for _ in range(2):
        with pytest.raises(Refused, match=says) as refused:
            Log(folder)
        assert any(way in str(refused.value) for way in ("estore", "Install the version"))


def test_a_log_that_is_whole_is_opened_without_a_word(asked: Area) -> None:
    """So that the test above does not pass by refusing everything."""
    log = Log(closed(asked))
    assert (log.notices, log.store.last_position()) == ([], 10)
    log.close()


def test_a_copy_without_its_write_ahead_log_is_refused(asked: Area, tmp_path: Path) -> None:
    """Its newest facts are in the file that was left behind; put back, it is whole."""
    folder, copy = asked.log.folder, tmp_path / "copy"
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    with pytest.raises(Refused, match="-wal back beside"):
        Log(copy)
    shutil.copy(folder / "log.sqlite-wal", copy)
    log = Log(copy)
    assert log.store.last_position() == 10
    log.close()


def test_who_goes_on_without_those_facts_says_so_first(asked: Area) -> None:
    """By deleting the file that the refusal names; then the log is what it is."""
    folder = closed(asked)
    _newest_facts_deleted(folder)
    (folder / "log.position").unlink()
    log = Log(folder)
    assert log.store.last_position() == 9
    log.close()


def test_how_far_a_log_came_is_never_ahead_of_it(asked: Area) -> None:
    """It is noted after the commit; whatever stands there instead is no reason to refuse."""
    folder = asked.log.folder
    for score in "01234":
        asked.answer("police-1", "5.1", score)
        assert int((folder / "log.position").read_bytes()) == asked.facts[-1].position
    for nonsense in (b"", b"x", b"0003"):
        (folder / "log.position").write_bytes(nonsense)
        Log(folder).close()


# -- newer facts while it runs -----------------------------------------------------------------
def test_a_running_process_says_what_a_newer_version_wrote(
    asked: Area, caplog: pytest.LogCaptureFixture
) -> None:
    """A sentence to whoever reads that stream, and once to whoever runs the server."""
    asked.answer("police-1", "5.1", "3")
    log = Log(closed(asked))
    position, stored = [*log.store.rows()][-1]
    assert stored.topic.startswith("interview.Answer")
    state = json.loads(stored.state)
    state["fact"]["exposure"] = {"mood": 1}
    with closing(raw(log)) as db:
        db.execute(
            "INSERT INTO stored_events (originator_id, originator_version, topic, state) "
            "VALUES (?, ?, ?, ?)",
            (
                str(stored.originator_id).replace("-", ""),
                9,
                stored.topic,
                json.dumps(state).encode(),
            ),
        )
    for _ in range(3):
        with pytest.raises(Refused, match=r"The log holds the field exposure\.mood of interview"):
            log.situation(asked.id)
    assert len([line for line in caplog.messages if "exposure.mood" in line]) == 1
    with pytest.raises(Refused, match=f"Position {position + 1} of the log holds the field"):
        [*log.all()]
    log.close()


# -- keys --------------------------------------------------------------------------------------
def test_nobody_gets_a_second_key(asked: Area) -> None:
    """It would hide that the first is missing: what it sealed would look like a forgery."""
    log, stream = asked.log, interview_stream(asked.id, 1, "police-1")
    with closing(sqlite3.connect(log.folder / "keys" / "keys.sqlite")) as db, db:
        db.execute("DELETE FROM person_key WHERE person = 'police-1'")
    before = len(asked.facts)

    def decide(tx: object) -> None:
        tx.seal("words", stream, "police-1")  # type: ignore[attr-defined]

    with pytest.raises(Refused, match="The key of police-1 is missing"):
        log.record(asked.stamp(), decide)
    assert len(asked.facts) == before
    log.vault.seal("words", interview_stream(asked.id, 1, "nobody-9"), "nobody-9")


def test_each_loss_is_a_state_of_its_own(asked: Area) -> None:
    """A missing key, a missing row and an altered one; the others' names are read as ever."""
    log, panel = asked.log, asked.now.assessment.panel
    with closing(sqlite3.connect(log.folder / "keys" / "keys.sqlite")) as db, db:
        db.execute("DELETE FROM person_key WHERE person = 'police-1'")
    with closing(raw(log)) as db:
        db.execute("DELETE FROM sealed_text WHERE person = 'health-1'")
        db.execute("UPDATE sealed_text SET body = zeroblob(9) WHERE person = 'school-1'")
    losses = {name: log.opened(member.name).loss for name, member in panel.items()}
    assert losses == {
        "police-1": "key missing",
        "health-1": "text missing",
        "school-1": "unreadable",
        "school-2": None,
    }
    said = {name: log.shown(member.name) for name, member in panel.items()}
    assert said.pop("school-2") == "Given School-2 Surname"
    assert len({*said.values()}) == len(LOSSES.keys() - {"forgotten"})
    assert all("orgot" not in (words or "") for words in said.values())
    assert said["police-1"] == instead("key missing", "police-1")
    assert log.text(panel["police-1"].name) is None


def test_words_are_bound_to_the_fact_that_holds_them(asked: Area) -> None:
    """What lies beside the ciphertext says nothing: its row could have been moved with it."""
    log, mine = asked.log, interview_stream(asked.id, 1, "police-1")

    def decide(tx: Transaction) -> Words:
        words = tx.seal("mine", mine, "police-1")
        tx.decide(mine, InputRefused(words=words))
        return words

    words = log.record(asked.stamp(), decide).value
    assert words is not None
    assert log.opened(words, mine.id).text == "mine"
    assert log.opened(words).text == "mine"
    assert log.opened(words, interview_stream(asked.id, 1, "health-1").id).loss == "unreadable"


def test_a_text_that_no_fact_holds_is_not_kept(asked: Area) -> None:
    """Nobody could ever read it, or ask that it is forgotten."""
    log, mine = asked.log, interview_stream(asked.id, 1, "police-1")
    before = rows(log, "sealed_text")

    def decide(tx: Transaction) -> None:
        tx.seal("thought better of", mine, "police-1")
        tx.decide(mine, InputRefused(words=tx.seal("said", mine, "police-1")))

    log.record(asked.stamp(), decide)
    assert rows(log, "sealed_text") == before + 1


# -- modes -------------------------------------------------------------------------------------
def test_only_the_owner_may_read_what_lies_in_the_folder(tmp_path: Path) -> None:
    """Also in a folder that was made beforehand, and for files that an earlier version left."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    log = Log(folder)
    Area(log).open()
    for file in ("log.sqlite", "log.sqlite-wal", "log.sqlite-shm", "log.position"):
        assert stat.S_IMODE((folder / file).stat().st_mode) == 0o600, file
        (folder / file).chmod(0o644)
    again = Log(folder)
    for file in ("log.sqlite", "log.sqlite-wal", "log.sqlite-shm"):
        assert stat.S_IMODE((folder / file).stat().st_mode) == 0o600, file
    again.close()
    log.close()


def test_a_key_that_everybody_may_read_is_taken_from_them(asked: Area) -> None:
    """With a sentence; its group may have been chosen, and stays."""
    folder = closed(asked)
    kek = folder / "keys" / "kek"
    kek.chmod(0o644)
    log = Log(folder)
    assert "Everybody on this machine could read" in log.notices[0]
    assert stat.S_IMODE(kek.stat().st_mode) == 0o640
    log.close()
    log = Log(folder)
    assert log.notices == []
    log.close()


def test_the_disk_has_a_key_before_the_log_needs_it(asked: Area) -> None:
    """A commit to the keys is the deletion of a journal: its folder must be synced, too."""
    keys = asked.log.vault.keys
    with closing(keys._connect()) as db:
        assert db.execute("PRAGMA synchronous").fetchone() == (3,)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert db.execute("PRAGMA secure_delete").fetchone() == (1,)
