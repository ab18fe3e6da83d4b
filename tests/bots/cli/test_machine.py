"""A failure of the machine is one sentence on stderr and exit code 2, from whatever command."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from support.ehsg import PANEL, Ran, ehsg, environment
from support.log.failing import held, impatient

from ehsg_events.log.log import Log

CHANGING = (["answer", "5.1", "3", "--as", "police-1"], ["link", "police-1"])
READING = (["results"], ["trail"], ["why", "5.1"], ["progress"])


def opened_in(data: Path, panel: Path) -> Ran:
    """What comes of opening an assessment in a data folder."""
    opening = ("assessment", "open", "--area", "Sefton", "--guide", "ehsg-2022@1")
    return ehsg(data, *opening, "--panel", str(panel))


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of an assessment, which another program may hold."""
    impatient(monkeypatch)
    panel, data = tmp_path / "panel.csv", tmp_path / "data"
    panel.write_text(PANEL)
    ran = opened_in(data, panel)
    assert ran.code == 0, ran.err
    assert ehsg(data, "round", "open").code == 0
    return data


def is_one_sentence(said: str) -> bool:
    """Whether stderr holds one line, of words for people."""
    return said.count("\n") == 1 and not re.search(r"Traceback|\w(Error|Exception)\b", said)


@pytest.mark.parametrize("words", CHANGING, ids=" ".join)
def test_what_another_program_holds_is_not_changed(opened: Path, words: list[str]) -> None:
    """And reading goes on meanwhile."""
    log = Log(opened)
    with held(log):
        ran = ehsg(opened, *words)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f"Another program holds the files of {opened}")
        assert is_one_sentence(ran.err)
        assert ehsg(opened, "trail").code == 0
    log.close()


@pytest.mark.parametrize("words", [*CHANGING, *READING], ids=" ".join)
def test_a_damaged_file_is_said_and_a_copy_is_tried_before_any_backup(
    opened: Path, words: list[str]
) -> None:
    """SQLite says the same of a disk that fails to read."""
    whole = (opened / "log.sqlite").read_bytes()
    for leftover in opened.glob("log.sqlite-*"):
        leftover.unlink()
    (opened / "log.sqlite").write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
    ran = ehsg(opened, *words)
    assert ran.code == 2
    assert is_one_sentence(ran.err)
    assert "copy the folder to another disk" in ran.err.lower()


def test_output_that_meets_a_full_disk_is_a_sentence(opened: Path) -> None:
    """The device that is always full stands where a program sends its output."""
    device = Path("/dev/full")
    if not device.is_char_device():
        pytest.skip("no /dev/full here")
    command = [sys.executable, "-m", "bots.cli", "--data", str(opened), "trail"]
    with device.open("w") as out:
        ran = subprocess.run(
            command, stdout=out, stderr=subprocess.PIPE, env=environment(), text=True, check=False
        )
    assert ran.returncode == 2
    assert is_one_sentence(ran.stderr)
    assert "look where the output goes" in ran.stderr


def test_a_folder_that_cannot_be_one_is_not_restored(tmp_path: Path) -> None:
    """Nobody is sent to a backup for a wrong path."""
    (tmp_path / "file").write_text("x")
    panel = tmp_path / "panel.csv"
    panel.write_text(PANEL)
    ran = opened_in(tmp_path / "file" / "data", panel)
    assert ran.code == 2
    assert is_one_sentence(ran.err)
    assert "backup" not in ran.err
