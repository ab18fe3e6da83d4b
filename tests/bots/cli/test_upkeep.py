"""Backup, restore, verify and move as they are typed: 0 when all is well, 1 with faults, 2 refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.ehsg import ehsg, here, opened
from support.log import spoiled
from support.log.spoiled import last


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder in which somebody has answered."""
    opened(tmp_path / "data")
    assert ehsg(tmp_path / "data", "answer", "5.1", "3", "--as", "police-1").code == 0
    return tmp_path / "data"


def test_a_backup_is_made_verified_and_brought_back(data: Path, tmp_path: Path) -> None:
    """Each says what it did, and where."""
    made = ehsg(data, "backup", str(tmp_path / "b"))
    assert (made.code, "Backed up and verified" in made.out) == (0, True)
    assert f"Whoever has {tmp_path / 'b'} has log and keys" in made.err
    again = ehsg(data, "backup", str(tmp_path / "b"))
    assert (again.code, again.out.startswith("Nothing is new since")) == (0, True)
    back = here("restore", str(tmp_path / "b"), "--to", str(tmp_path / "again"))
    assert (back.code, "Everything is there and whole." in back.out) == (0, True)
    assert ehsg(tmp_path / "again", "progress").out == ehsg(data, "progress").out


def test_a_restore_needs_no_data_folder_and_says_what_is_newer(data: Path, tmp_path: Path) -> None:
    """If one is named, it is looked at and left alone."""
    ehsg(data, "backup", str(tmp_path / "b"))
    assert ehsg(data, "answer", "9.5", "2", "--as", "police-1").code == 0
    back = ehsg(data, "restore", str(tmp_path / "b"), "--to", str(tmp_path / "again"))
    assert (back.code, f"{data} holds" in back.err) == (0, True)
    refused = ehsg(data, "restore", str(tmp_path / "b"), "--to", str(data))
    assert (refused.code, "nothing is ever written over it" in refused.err) == (2, True)


def test_the_backups_there_are_can_be_listed(data: Path, tmp_path: Path) -> None:
    """As lines, and for programs."""
    ehsg(data, "backup", str(tmp_path / "b"))
    listed = here("restore", str(tmp_path / "b"), "--list", "--json")
    assert [row["faults"] for row in listed.document] == [[]]
    unsaid = here("restore", str(tmp_path / "b"))
    assert (unsaid.code, listed.document[0]["name"] in unsaid.out, "--to" in unsaid.err) == (
        2,
        True,
        True,
    )


@pytest.mark.parametrize("words", [("backup",), ("restore",)])
def test_whoever_names_no_place_is_asked_for_one(data: Path, words: tuple[str, ...]) -> None:
    """The setting, or the folder."""
    ran = ehsg(data, *words)
    assert (ran.code, "EHSG_BACKUP_FOLDER" in ran.err) == (2, True)


def test_verifying_ends_with_one_when_something_is_wrong(data: Path, tmp_path: Path) -> None:
    """Each thing in a sentence, and for programs with its position."""
    assert ehsg(data, "verify").code == 0
    ehsg(data, "backup", str(tmp_path / "b"))
    spoiled.without_key(data, "police-1")
    ran = ehsg(data, "verify", "--json")
    assert ran.code == 1
    (fault,) = ran.document["faults"]
    assert (fault["part"], fault["position"]) == ("text", ran.document["faults"][0]["position"])
    assert "the key of police-1 is missing" in ehsg(data, "verify").out


def test_verifying_looks_beside_the_backup_that_is_set_up(data: Path, tmp_path: Path) -> None:
    """Where a changed answer shows that nothing else would show."""
    place = {"EHSG_BACKUP_FOLDER": str(tmp_path / "b")}
    assert ehsg(data, "verify", **place).code == 0
    assert ehsg(data, "backup", **place).code == 0
    at = last(data, "AnswerGiven")
    spoiled.rewritten(data, at, lambda state: state.replace('"score": 3', '"score": 4'))
    assert ehsg(data, "verify").code == 0
    ran = ehsg(data, "verify", "--json", **place)
    assert (ran.code, [fault["position"] for fault in ran.document["faults"]]) == (1, [at])


def test_a_damaged_log_is_verified_though_no_other_command_opens_it(data: Path) -> None:
    """Without a traceback, whatever is left of it."""
    spoiled.cut(data, 0.5)
    assert ehsg(data, "progress").code == 2
    ran = ehsg(data, "verify")
    assert (ran.code, "wrong:" in ran.out, ran.err) == (1, True, "")


def test_a_folder_is_moved_and_the_old_one_renamed_if_that_is_said(
    data: Path, tmp_path: Path
) -> None:
    """Otherwise it is as it was, and that is said."""
    before = ehsg(data, "progress").out
    moved = ehsg(data, "move", str(tmp_path / "there"))
    assert (moved.code, f"{data} is as it was" in moved.out) == (0, True)
    assert ehsg(tmp_path / "there", "progress").out == before
    shutil.rmtree(tmp_path / "there")
    moved = ehsg(data, "move", str(tmp_path / "there"), "--rename-old", "--json")
    assert (moved.code, data.exists()) == (0, False)
    assert Path(moved.document["old"]).is_dir()
    assert ehsg(tmp_path / "there", "progress").out == before


@pytest.mark.parametrize("name", ["backup", "verify", "doctor"])
def test_a_folder_without_a_log_is_said_to_have_none(tmp_path: Path, name: str) -> None:
    """And none is made."""
    ran = ehsg(tmp_path / "none", name, *(["x"] if name == "backup" else []))
    assert (ran.code, "no log" in ran.err, (tmp_path / "none").exists()) == (2, True, False)
