"""A backup holds all or is none; it is brought back whole, and nothing is ever written over."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from support.log import spoiled
from support.log.failing import unlistable
from support.log.spoiled import last
from support.log.under_load import backed_up_and_restored
from support.story.story import PANEL, Story, agree_and_split

from bots.backups import key_copy
from bots.backups.backing_up import Made, back_up
from bots.backups.restoring import move, restore
from bots.backups.snapshot import Backup, named, snapshots
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from guides.shelf import Shelf
from projections.verification.verification import Kept, kept_in, verified

NIGHT = datetime(2026, 11, 30, 2, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with words, a measured round and a guide of its own."""
    with Story(tmp_path / "data") as story:
        agree_and_split(story.opened(PANEL)).noted("police-1", "5.1", "working-well", "Good rooms.")
        story.round_closed()
    Shelf(tmp_path / "data" / "guides").put("ours@1", b"id: ours\n")
    return tmp_path / "data"


@pytest.fixture
def backup(tmp_path: Path) -> Backup:
    """Where to; the keys elsewhere."""
    return Backup(tmp_path / "backup", tmp_path / "safe", keep=3)


def after(nights: int) -> datetime:
    """A moment some nights later."""
    return NIGHT + timedelta(days=nights)


def made(folder: Path, backup: Backup, nights: int = 0) -> Made:
    """A backup at night."""
    return back_up(kept_in(folder), backup, after(nights))


def spoke(folder: Path, words: str, minutes: float = 5000) -> None:
    """Somebody is moderated once more, so that something is new."""
    with Story(folder) as story:
        story.minutes = minutes
        story.moderated("5.2", "2", words)


def files(place: Path) -> Iterator[bytes]:
    """Every file below a folder."""
    return (file.read_bytes() for file in place.rglob("*") if file.is_file())


# -- made ----------------------------------------------------------------------------------------
def test_log_and_keys_lie_apart_and_only_their_owner_may_read_them(
    folder: Path, backup: Backup
) -> None:
    """Neither place holds what the other does."""
    done = made(folder, backup)
    assert (done.new, done.snapshot.faults) == (True, ())
    assert not [file for file in backup.folder.rglob("*") if "key" in file.name]
    assert {file.name for file in backup.keys.rglob("*")} == {"keys.sqlite", "kek"}
    kek, wrapped = (
        (folder / "keys" / "kek").read_bytes(),
        key_copy.rows(folder / "keys/keys.sqlite"),
    )
    assert wrapped
    assert not any(one in held for held in files(backup.folder) for one in (kek, wrapped[0][2]))
    everything = [*backup.folder.rglob("*"), *backup.keys.rglob("*")]
    assert not [file for file in everything if file.stat().st_mode & 0o077]


def test_prefect_locks_and_read_models_are_left_out(folder: Path, backup: Backup) -> None:
    """They are made again; a login has no place in a backup."""
    for name in ("prefect/login", "read-models/base-1-x.duckdb", "serve.lock"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("ehsg:password")
    shutil.rmtree(folder / "read-models")
    snapshot = made(folder, backup).snapshot
    assert set(snapshot.files) == {"log.sqlite", "guides/PUBLISHED", "guides/ours@1.yaml"}
    assert not any(b"ehsg:password" in held for held in files(backup.folder))


def test_nothing_is_copied_when_nothing_is_new(folder: Path, backup: Backup) -> None:
    """And whatever is new is: a fact, a key, a guide."""
    first = made(folder, backup)
    assert [made(folder, backup, night).new for night in (1, 2)] == [False, False]
    assert [one.name for one in snapshots(backup)] == [first.snapshot.name]
    assert backup.last_at() == after(2)
    spoke(folder, "They met.")
    assert made(folder, backup, 3).new
    Shelf(folder / "guides").put("ours@2", b"id: ours\nversion: 2\n")
    assert made(folder, backup, 4).new


def test_a_backup_that_was_spoiled_is_made_again_though_nothing_is_new(
    folder: Path, backup: Backup
) -> None:
    """What is said to be there is."""
    first = made(folder, backup)
    log = backup.logs / first.snapshot.name / "log.sqlite"
    log.write_bytes(log.read_bytes()[:-1])
    assert made(folder, backup, 1).new


def test_only_the_newest_are_kept(folder: Path, backup: Backup) -> None:
    """As many as was said."""
    for night in range(5):
        spoke(folder, f"They met on night {night}.", 5000 + night)
        made(folder, backup, night)
    assert [one.made_at for one in snapshots(backup)] == [after(2), after(3), after(4)]


def test_a_backup_with_faults_is_kept_and_pushes_no_whole_one_out(
    folder: Path, backup: Backup
) -> None:
    """A text that is lost for ever neither ends all backups nor costs the good ones."""
    good = made(folder, backup).snapshot
    at = spoiled.without_text(folder, last(folder, "NoteGiven"))
    for night in range(1, 6):
        spoke(folder, f"They met on night {night}.", 5000 + night)
        found = made(folder, backup, night).found
        assert found is not None
        assert ("text", at) in {(fault.part, fault.position) for fault in found.faults}
    there = snapshots(backup)
    assert (there[0].name, len(there)) == (good.name, 1 + backup.keep)


def test_a_fact_that_was_changed_since_the_last_backup_is_found_by_the_next(
    folder: Path, backup: Backup
) -> None:
    """Though nothing in the log itself could tell."""
    made(folder, backup)
    at = last(folder, "RoundOpened")
    spoiled.rewritten(
        folder, at, lambda state: state.replace('"surface": "command"', '"surface": "web"')
    )
    spoke(folder, "They met.")
    found = made(folder, backup, 1).found
    assert found is not None
    assert [(fault.part, fault.position) for fault in found.faults] == [("backup", at)]


def test_a_key_that_was_lost_stays_in_the_backup(folder: Path, backup: Backup) -> None:
    """And what is restored with it can be read."""
    made(folder, backup)
    spoiled.without_key(folder, "police-1")
    spoke(folder, "They met.")
    done = made(folder, backup, 1)
    assert (done.snapshot.faults, done.lost_keys) == ((), 1)
    assert restore(backup, folder.parent / "again").found.whole


def test_keys_that_cannot_be_read_end_the_backup_and_spoil_none(
    folder: Path, backup: Backup
) -> None:
    """Those that were backed up are as they were."""
    made(folder, backup)
    kept = (backup.keys / "keys.sqlite").read_bytes()
    (folder / "keys" / "keys.sqlite").write_bytes(
        b"no keys at all, and long enough to be a header" * 99
    )
    with pytest.raises(Refused, match=r"keys.sqlite cannot be read"):
        made(folder, backup, 1)
    assert (backup.keys / "keys.sqlite").read_bytes() == kept


def test_the_key_of_somebody_forgotten_leaves_the_backup() -> None:
    """If a fact says so, and only then."""
    here, person = UUID(int=7), "police-1"
    used, kept = [(here.hex, "a", b"1")], [(here.hex, "a", b"1"), (here.hex, person, b"2")]
    assert (
        key_copy.merged(used, kept, [])
        == [
            *kept[::-1],
        ][::-1]
    )
    assert key_copy.merged(used, kept, [(here, person)]) == used


@pytest.mark.parametrize("where", ["", "backup", "keys"])
def test_a_backup_within_the_data_folder_is_refused(folder: Path, where: str) -> None:
    """It would go with it."""
    with pytest.raises(Refused, match="lies in the data folder"):
        back_up(kept_in(folder), Backup(folder / where), NIGHT)


def test_the_backups_of_two_logs_are_not_mixed(
    folder: Path, backup: Backup, tmp_path: Path
) -> None:
    """A folder that holds another log's is refused, and stays as it was."""
    before = made(folder, backup).snapshot
    other = UUID("1e0f7a52-6a1f-4c84-9d0b-6a2f5d6b1c11")
    with Story(tmp_path / "other", other) as story:
        agree_and_split(story.opened(PANEL))
    with pytest.raises(Refused, match="another log"):
        made(tmp_path / "other", backup, 1)
    assert snapshots(backup) == [before]


def test_a_backup_that_fails_leaves_the_earlier_ones(
    folder: Path, backup: Backup, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fills in the middle: a sentence, and nothing half done."""
    before = made(folder, backup).snapshot
    spoke(folder, "They met.")
    monkeypatch.setattr("bots.backups.backing_up.LEAST_LEFT", 10**18)
    with pytest.raises(Refused, match="MB free"):
        made(folder, backup, 1)
    assert snapshots(backup) == [before]
    assert not list(backup.logs.glob(".*"))


def test_what_a_killed_backup_left_is_removed(folder: Path, backup: Backup) -> None:
    """And it is never taken for a backup."""
    (backup.logs / ".making").mkdir(parents=True)
    (backup.logs / ".making" / "log.sqlite").write_bytes(b"half")
    made(folder, backup)
    assert not list(backup.logs.glob(".*"))
    assert len(snapshots(backup)) == 1


# -- restored ------------------------------------------------------------------------------------
def test_what_is_restored_is_the_log_as_it_was(folder: Path, backup: Backup) -> None:
    """Facts, words, guides and keys; and it can be gone on with."""
    made(folder, backup)
    again = folder.parent / "again"
    assert restore(backup, again).found.whole
    with Log(folder) as before, Log(again) as now:
        assert list(now.all()) == list(before.all())
    assert (again / "guides" / "ours@1.yaml").read_bytes() == b"id: ours\n"
    spoke(again, "They met.")
    assert verified(kept_in(again)).whole


@pytest.mark.parametrize("held", ["log.sqlite", "anything"])
def test_nothing_is_ever_written_over(folder: Path, backup: Backup, held: str) -> None:
    """A folder that holds a log, or anything, is refused."""
    made(folder, backup)
    there = folder.parent / "there"
    there.mkdir()
    (there / held).write_bytes(b"mine")
    with pytest.raises(Refused, match="nothing is ever written over"):
        restore(backup, there)
    assert [*files(there)] == [b"mine"]


def test_an_empty_folder_may_be_restored_to(folder: Path, backup: Backup) -> None:
    """Such as a disk that was just put in."""
    made(folder, backup)
    (folder.parent / "empty").mkdir()
    assert restore(backup, folder.parent / "empty").found.whole


def test_what_is_newer_than_the_backup_is_said(folder: Path, backup: Backup) -> None:
    """In a newer backup, and in the folder that is in use."""
    first = made(folder, backup).snapshot
    spoke(folder, "They met.")
    made(folder, backup, 1)
    spoke(folder, "They met again.", 6000)
    done = restore(backup, folder.parent / "again", name=first.name[:10], beside=folder)
    newer, in_use = done.newer
    assert "2026-12-01 02:00 UTC is newer and holds 1 facts more" in newer
    assert "holds 2 facts more than this backup" in in_use


def test_a_spoiled_backup_is_not_restored(folder: Path, backup: Backup) -> None:
    """Another one may be chosen."""
    snapshot = made(folder, backup).snapshot
    log = backup.logs / snapshot.name / "log.sqlite"
    log.write_bytes(log.read_bytes()[:-1])
    with pytest.raises(Refused, match="not as it was written"):
        restore(backup, folder.parent / "again")
    assert not (folder.parent / "again").exists()


def test_keys_that_are_not_found_are_asked_for(folder: Path, backup: Backup) -> None:
    """Before anything is made."""
    made(folder, backup)
    with pytest.raises(Refused, match="Name the folder of the keys"):
        restore(Backup(backup.folder), folder.parent / "again")


def test_a_key_encryption_key_that_is_kept_apart_stays_apart(
    folder: Path, backup: Backup, tmp_path: Path
) -> None:
    """It is in no backup, and asked for when one is restored."""
    kek = tmp_path / "elsewhere" / "kek"
    kek.parent.mkdir()
    shutil.move(folder / "keys" / "kek", kek)
    back_up(Kept(folder, folder / "keys", kek), backup, NIGHT)
    assert not any(
        kek.read_bytes() in held for place in (backup.folder, backup.keys) for held in files(place)
    )
    with pytest.raises(Refused, match="EHSG_KEK_FILE"):
        restore(backup, tmp_path / "again")
    assert restore(backup, tmp_path / "again", kek).found.whole
    assert not (tmp_path / "again" / "keys" / "kek").exists()


def test_a_snapshot_is_named_by_the_beginning_of_its_date(folder: Path, backup: Backup) -> None:
    """One that fits none is refused with those there are."""
    snapshot = made(folder, backup).snapshot
    assert named(backup, "2026-11") == snapshot
    with pytest.raises(Refused, match=snapshot.name):
        named(backup, "2025")


def test_backups_under_load_are_restored_whole(tmp_path: Path) -> None:
    """A few here, fifty in `tests/long/backups.py`."""
    tally = backed_up_and_restored(tmp_path, 2)
    assert (tally.backups, tally.faults, tally.unlike) == (2, [], 0)


# -- moved ---------------------------------------------------------------------------------------
def test_a_folder_is_moved_whole_and_the_old_one_stays(folder: Path) -> None:
    """To the byte, until somebody removes it."""
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    assert move(kept_in(folder), folder.parent / "there").whole
    assert verified(kept_in(folder.parent / "there")).whole
    now = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    assert {file: now[file] for file in before} == before
    with closing(sqlite3.connect(folder.parent / "there" / "log.sqlite")) as db:
        assert db.execute("SELECT count(*) FROM stored_events").fetchone()[0] > 20


def test_a_move_onto_something_is_refused(folder: Path) -> None:
    """Also onto itself."""
    with pytest.raises(Refused, match="nothing is ever written over"):
        move(kept_in(folder), folder)


def test_the_description_of_a_snapshot_holds_no_words(folder: Path, backup: Backup) -> None:
    """Digests, positions and times alone."""
    snapshot = made(folder, backup).snapshot
    described = json.loads((backup.logs / snapshot.name / "snapshot.json").read_text())
    assert "Good rooms" not in str(described)


def test_guides_that_cannot_be_listed_are_not_left_out(
    folder: Path, backup: Backup, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no backup then, rather than one without them."""
    with monkeypatch.context() as failing:
        unlistable(failing, folder / "guides")
        with pytest.raises(Refused, match="not finished: Permission denied"):
            made(folder, backup)
    assert snapshots(backup) == []
    assert "guides/ours@1.yaml" in made(folder, backup).snapshot.files


def test_backups_that_cannot_be_listed_are_not_taken_for_none(
    folder: Path, backup: Backup, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nobody is told that there is nothing to restore."""
    made(folder, backup)
    unlistable(monkeypatch, backup.logs)
    with pytest.raises(PermissionError):
        restore(backup, tmp_path / "again")
