"""An auditor is given a copy that nobody can write to, and every command that reads reads it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from support.ehsg import ehsg, opened
from support.places import TESTS

AS_ANYBODY = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--")
COMMANDS = (
    "results",
    "why 5.1",
    "trail",
    "progress",
    "evidence list",
    "panel list",
    "round status",
)
WRITES = ("answer 5.1 2 --as police-1", "round close")
AUDITOR = """
import json, sys
from pathlib import Path
from support.ehsg import ehsg
folders, *commands = sys.argv[1:]
all_said = {}
for folder in folders.split(","):
    said = all_said[folder] = {}
    for command in commands:
        ran = ehsg(Path(folder), *command.split())
        said[command] = [ran.code, ran.out, ran.err]
    Path(f"{folder}-out").mkdir()
    for form in ("pack.zip", "report.md"):
        ran = ehsg(Path(folder), form.partition(".")[0], "--out", f"{folder}-out/{form}")
        said[form] = [ran.code, ran.out, ran.err]
print(json.dumps(all_said))
"""
BESIDE = ("nothing", "ahead", "ahead and index")


class Read(NamedTuple):
    """What was made of a copy: the files beside it before and after, what is printed, what was written."""

    before: list[str]
    after: list[str]
    said: dict[str, list[Any]]
    written: dict[str, int]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where everything lies."""
    return tmp_path_factory.mktemp("read-only")


@pytest.fixture(scope="module")
def expected(folder: Path) -> dict[str, str]:
    """What the commands print of the original; three copies were made of it, as it lay there."""
    data = folder / "data"
    opened(data)
    assert ehsg(data, "answer", "5.1", "3", "--as", "police-1").code == 0
    with closing(sqlite3.connect(data / "log.sqlite")) as held:
        held.execute("SELECT count(*) FROM stored_events").fetchone()  # keeps the log ahead there
        assert ehsg(data, "answer", "9.5", "3", "--as", "police-1").code == 0
        said = {command: ehsg(data, *command.split()).out for command in COMMANDS}
        for beside in BESIDE:
            shutil.copytree(data, folder / beside)
    with closing(sqlite3.connect(folder / "nothing" / "log.sqlite")) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (folder / "ahead" / "log.sqlite-shm").unlink()
    return said


@pytest.fixture(scope="module")
def read(folder: Path, expected: dict[str, str]) -> Iterator[dict[str, Read]]:
    """Each copy as somebody reads it who cannot write to it."""
    assert expected
    copies = {beside: folder / beside for beside in BESIDE}
    for copy in copies.values():
        for path in (copy, *copy.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
    before = {beside: files_of(copy) for beside, copy in copies.items()}
    said = as_auditor(list(copies.values()), *COMMANDS, *WRITES)
    yield {
        beside: Read(before[beside], files_of(copy), said[str(copy)], sizes_of(copy))
        for beside, copy in copies.items()
    }
    for copy in copies.values():
        for path in (copy, *copy.rglob("*")):
            path.chmod(0o700)  # so that pytest can delete it


def files_of(copy: Path) -> list[str]:
    """Every file of a copy by its name."""
    return sorted(path.name for path in copy.rglob("*"))


def sizes_of(copy: Path) -> dict[str, int]:
    """What was written beside a copy."""
    return {path.name: path.stat().st_size for path in Path(f"{copy}-out").iterdir()}


def as_auditor(folders: list[Path], *commands: str) -> dict[str, dict[str, list[Any]]]:
    """Run commands as somebody who cannot write to the folders."""
    around = AS_ANYBODY if os.geteuid() == 0 else ()  # root may write whatever the modes say
    ran = subprocess.run(
        [*around, sys.executable, "-c", AUDITOR, ",".join(map(str, folders)), *commands],
        cwd=TESTS,
        capture_output=True,
        text=True,
        check=True,
    )
    said: dict[str, dict[str, list[Any]]] = json.loads(ran.stdout)
    return said


@pytest.mark.slow
@pytest.mark.skipif(
    os.geteuid() == 0 and shutil.which("setpriv") is None,
    reason="root may write to every folder, and setpriv is not installed",
)
@pytest.mark.parametrize("beside", BESIDE)
def test_a_copy_that_cannot_be_written_is_read_by_every_reading_command(
    expected: dict[str, str], read: dict[str, Read], beside: str
) -> None:
    """As it lay there: closed properly, or with a write-ahead log, with its index or without it."""
    found = read[beside]
    assert ("log.sqlite-wal" in found.before) == (beside != "nothing")
    assert ("log.sqlite-shm" in found.before) == (beside == "ahead and index")
    for command in COMMANDS:
        assert found.said[command][:2] == [0, expected[command]], found.said[command]
    for command in WRITES:
        assert found.said[command][0] == 2
        assert "can only be read here" in found.said[command][2]
    for form in ("pack.zip", "report.md"):
        assert found.said[form][0] == 0, found.said[form]
        assert found.written[form] > 1000
    assert found.after == found.before
