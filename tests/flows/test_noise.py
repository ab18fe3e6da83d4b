"""What Prefect writes stays short, in a file for its owner alone; its processes know no secret of Slack."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from flows import child_process, noise, settings


def test_the_file_stays_short_however_much_is_written(tmp_path: Path) -> None:
    """The newest lines are kept, whole, while a process goes on adding to it."""
    file = noise.noise_of(tmp_path)
    adding = noise.opened(file)
    for number in range(40_000):
        os.write(adding, f"{number} Traceback (most recent call last):\n".encode() * 2)
        if number % 1000 == 0:
            noise.keep_short(file)
    noise.keep_short(file)
    os.write(adding, b"the end\n")
    os.close(adding)
    lines = file.read_text().splitlines()
    assert file.stat().st_size <= noise.MOST + len("the end\n")
    assert lines[-2:] == ["39999 Traceback (most recent call last):", "the end"]
    assert lines[0].endswith("Traceback (most recent call last):")
    assert file.stat().st_mode & 0o777 == 0o600


def test_where_nothing_can_be_written_nothing_is_kept() -> None:
    """A full disk keeps no child from starting."""
    assert noise.opened(Path("/dev/null/prefect.log")) < 0
    noise.keep_short(Path("/dev/null/prefect.log"))


def test_what_a_child_writes_goes_there(tmp_path: Path) -> None:
    """And nowhere else."""
    file = noise.noise_of(tmp_path)
    child = child_process.start("flows.nothing", environment=os.environ, stderr=noise.opened(file))
    child_process.end(child)
    assert "flows.nothing" in file.read_text()


def test_temporary_files_of_dead_processes_are_gone(tmp_path: Path) -> None:
    """They lie in the data folder, where nobody else can make their names first."""
    scratch = noise.scratch_of(tmp_path)
    (scratch / "left").write_text("x")
    assert noise.scratch_of(tmp_path) == scratch
    assert not list(scratch.iterdir())
    assert scratch.is_relative_to(settings.home(tmp_path))
    assert scratch.stat().st_mode & 0o777 == 0o700


def test_no_process_of_prefect_is_given_a_secret_of_slack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It never speaks to Slack."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_SIGNING_SECRET_FILE", "/secret")
    given = settings.environment(tmp_path, "http://127.0.0.1:1", "ehsg:x")
    assert not [name for name in given if name.startswith("SLACK_")]
    assert given["PATH"] == os.environ["PATH"]
    assert sys.executable
