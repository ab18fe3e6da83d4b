"""An auditor is given a copy that nobody can write to, and every command that reads reads it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

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
from typing import Any
from support.ehsg import ehsg, opened
folder, out, *commands = sys.argv[1:]
said = {}
for command in commands:
    ran = ehsg(Path(folder), *command.split())
    said[command] = [ran.code, ran.out, ran.err]
for form in ("pack.zip", "report.md"):
    ran = ehsg(Path(folder), form.partition(".")[0], "--out", f"{out}/{form}")
    said[form] = [ran.code, ran.out, ran.err]
print(json.dumps(said))
"""


@pytest.fixture
def in_a_round(tmp_path: Path) -> Path:
    """A data folder with an open round."""
    opened(tmp_path / "data")
    return tmp_path / "data"


def as_auditor(folder: Path, out: Path, *commands: str) -> dict[str, list[Any]]:
    """Run commands as somebody who cannot write to the folder."""
    around = AS_ANYBODY if os.geteuid() == 0 else ()  # root may write whatever the modes say
    ran = subprocess.run(
        [*around, sys.executable, "-c", AUDITOR, str(folder), str(out), *commands],
        cwd=TESTS,
        capture_output=True,
        text=True,
        check=True,
    )
    said: dict[str, list[Any]] = json.loads(ran.stdout)
    return said


@pytest.mark.slow
@pytest.mark.skipif(
    os.geteuid() == 0 and shutil.which("setpriv") is None,
    reason="root may write to every folder, and setpriv is not installed",
)
@pytest.mark.parametrize("beside", ["nothing", "ahead", "ahead and index"])
def test_a_copy_that_cannot_be_written_is_read_by_every_reading_command(
    in_a_round: Path, tmp_path: Path, beside: str
) -> None:
    """As it lay there: closed properly, or with a write-ahead log, with its index or without it."""
    assert ehsg(in_a_round, "answer", "5.1", "3", "--as", "police-1").code == 0
    copy, out = tmp_path / "copy", tmp_path / "out"
    out.mkdir()
    with closing(sqlite3.connect(in_a_round / "log.sqlite")) as held:
        held.execute("SELECT count(*) FROM stored_events").fetchone()  # keeps the log ahead there
        assert ehsg(in_a_round, "answer", "9.5", "3", "--as", "police-1").code == 0
        expected = {command: ehsg(in_a_round, *command.split()).out for command in COMMANDS}
        shutil.copytree(in_a_round, copy)
    if beside == "nothing":
        with closing(sqlite3.connect(copy / "log.sqlite")) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    elif beside == "ahead":
        (copy / "log.sqlite-shm").unlink()
    assert (copy / "log.sqlite-wal").exists() == (beside != "nothing")
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = sorted(path.name for path in copy.rglob("*"))
    said = as_auditor(copy, out, *COMMANDS, *WRITES)
    for command in COMMANDS:
        assert said[command][:2] == [0, expected[command]], said[command]
    for command in WRITES:
        assert said[command][0] == 2
        assert "can only be read here" in said[command][2]
    for form in ("pack.zip", "report.md"):
        assert said[form][0] == 0, said[form]
        assert (out / form).stat().st_size > 1000
    assert sorted(path.name for path in copy.rglob("*")) == before
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o700)  # so that pytest can delete it
