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
from tempfile import TemporaryDirectory

import pytest
from support.ehsg import ehsg
from support.places import TESTS

NOBODY = 65534
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
def place() -> Iterator[Path]:
    """A folder that everybody can reach: pytest's own are for their owner only."""
    with TemporaryDirectory(dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)
        subprocess.run(["chmod", "-R", "u+w", folder], check=True)


def as_auditor(folder: Path, out: Path, *commands: str) -> dict[str, list[str]]:
    """Run commands as somebody who cannot write to the folder."""
    nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    ran = subprocess.run(
        [sys.executable, "-c", AUDITOR, str(folder), str(out), *commands],
        cwd=TESTS,
        env={**os.environ, "HOME": str(out), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
        **nobody,  # type: ignore[call-overload]
    )
    said: dict[str, list[str]] = json.loads(ran.stdout)
    return said


@pytest.mark.parametrize("beside", ["nothing", "ahead", "ahead and index"])
def test_a_copy_that_cannot_be_written_is_read_by_every_reading_command(
    in_a_round: Path, place: Path, beside: str
) -> None:
    """As it lay there: closed properly, or with a write-ahead log, with its index or without it."""
    assert ehsg(in_a_round, "answer", "5.1", "3", "--as", "police-1").code == 0
    copy, out = place / "copy", place / "out"
    out.mkdir(mode=0o777)
    out.chmod(0o777)
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
