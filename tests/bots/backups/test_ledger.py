"""A backup never holds the ledger, and a folder that is moved takes it along."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.log.long_ledger import signed
from support.story.story import PANEL, Story

from bots.backups.backing_up import back_up
from bots.backups.restoring import move, restore
from bots.backups.snapshot import Backup
from ehsg_events.ledger.notes import checkpoint_of
from ehsg_events.ledger.sequencer import FOLDER, Altered
from ehsg_events.ledger.terms import terms_of
from ehsg_events.log.log import Log
from projections.verification.verification import kept_in, verified

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with an assessment, whose ledger was signed."""
    with Story(tmp_path / "data") as story:
        signed(story.opened(PANEL).log)
    return tmp_path / "data"


def test_no_backup_holds_it_nor_its_key(folder: Path, tmp_path: Path) -> None:
    """Whoever has a backup can neither sign nor take a signature back."""
    back_up(kept_in(folder), Backup(tmp_path / "backup"), NOW)
    private = (folder / FOLDER / "key").read_text().split("+", 4)[4].strip().encode()
    held = [file for file in (tmp_path / "backup").rglob("*") if file.is_file()]
    assert len(held) > 3
    assert all(FOLDER not in file.parts and private not in file.read_bytes() for file in held)


def test_what_comes_back_into_a_new_folder_has_another_key_and_says_when(
    folder: Path, tmp_path: Path
) -> None:
    """The old checkpoints are still part of it, so nothing is lost but who vouched for it."""
    back_up(kept_in(folder), Backup(tmp_path / "backup"), NOW)
    with Log(folder) as log:
        note, old = signed(log), terms_of(log)
    restore(Backup(tmp_path / "backup"), tmp_path / "back")
    with Log(tmp_path / "back") as log:
        signed(log)
        new = terms_of(log)
    found = verified(kept_in(tmp_path / "back"), checkpoints=[note])
    assert found.faults == []
    assert old
    assert new
    assert new.anew is not None
    assert (new.origin, new.keys[0]) == (old.origin, old.keys[0])


def test_an_older_log_that_is_put_back_in_its_place_is_noticed(
    folder: Path, tmp_path: Path
) -> None:
    """What was signed since is missing, whoever put it back."""
    back_up(kept_in(folder), Backup(tmp_path / "backup"), NOW)
    with Story(folder) as story:
        story.minutes = 60
        signed(story.round_opened().log)
    restore(Backup(tmp_path / "backup"), tmp_path / "back")
    for file in folder.glob("log.*"):
        file.unlink()
    (folder / "log.sqlite").write_bytes((tmp_path / "back" / "log.sqlite").read_bytes())
    with Log(folder) as log, pytest.raises(Altered, match="put back"):
        signed(log)


def test_a_folder_that_is_moved_goes_on_under_the_same_key(folder: Path, tmp_path: Path) -> None:
    """And its checkpoints lead on from the old ones."""
    with Log(folder) as log:
        before = signed(log)
    assert move(kept_in(folder), tmp_path / "moved").whole
    with Story(tmp_path / "moved") as story:
        story.minutes = 60
        after = signed(story.round_opened().log)
        terms = terms_of(story.log)
    assert terms
    assert len(terms.keys) == 1
    assert checkpoint_of(after).size > checkpoint_of(before).size
    assert verified(kept_in(tmp_path / "moved"), checkpoints=[before, after]).faults == []
    assert ((tmp_path / "moved" / FOLDER / "key").stat().st_mode & 0o777) == 0o600
