"""Whatever fails of the machine is a sentence: what is so, and what helps; each provoked for real."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import get_args

import pytest
from eventsourcing.persistence import OperationalError, PersistenceError

from ehsg_events.machine.failures import HELPS, IS_SO, Kind, failure_of

Provoke = Callable[[Path], None]
FEW_DESCRIPTORS = """
import os, resource, sqlite3, sys
from pathlib import Path
from ehsg_events.machine.failures import failure_of
path = Path(sys.argv[1]) / "log.sqlite"
resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))
held = []
try:
    while True:
        held.append(os.open(os.devnull, os.O_RDONLY))
except OSError as plain:
    ours = failure_of(plain)
try:
    sqlite3.connect(path).execute("SELECT 1 FROM sqlite_master")
except sqlite3.Error as database:
    theirs = failure_of(database, path.parent)
for one in held:
    os.close(one)
print(ours.kind, theirs.kind)
"""


def file(folder: Path) -> Path:
    """A database with a table and some pages."""
    path = folder / "log.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE t (x)")
        db.executemany("INSERT INTO t VALUES (?)", [("x" * 900,)] * 50)
        db.commit()
    return path


def full(folder: Path) -> None:
    """SQLite's own limit raises what a full disk raises."""
    with closing(sqlite3.connect(file(folder))) as db:
        db.execute("PRAGMA max_page_count = 1")
        db.executemany("INSERT INTO t VALUES (?)", [("x" * 4000,)] * 50)


def full_for_a_file(_: Path) -> None:
    """The device that is always full."""
    with Path("/dev/full").open("w") as out:
        out.write("x")


def locked(folder: Path) -> None:
    """Another connection writes."""
    path = file(folder)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with closing(sqlite3.connect(path, timeout=0)) as db:
            db.execute("INSERT INTO t VALUES (1)")


def damaged(folder: Path) -> None:
    """A page holds something else."""
    path = file(folder)
    with path.open("r+b") as pages:
        for page in range(1, 8):
            pages.seek(page * 4096)
            pages.write(b"\xff" * 4096)
    with closing(sqlite3.connect(path)) as db:
        db.execute("SELECT sum(length(x)) FROM t").fetchall()


def no_database(folder: Path) -> None:
    """The file was replaced by another."""
    (folder / "log.sqlite").write_text("Not a database, but a text of some length. " * 99)
    with closing(sqlite3.connect(folder / "log.sqlite")) as db:
        db.execute("SELECT 1 FROM sqlite_master")


def read_only(folder: Path) -> None:
    """The file may not be written."""
    with closing(sqlite3.connect(f"file:{file(folder)}?mode=ro", uri=True)) as db:
        db.execute("INSERT INTO t VALUES (1)")


@pytest.mark.parametrize(
    ("provoke", "kind"),
    [
        (full, "full"),
        pytest.param(
            full_for_a_file,
            "full",
            marks=pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here"),
        ),
        (locked, "locked"),
        (damaged, "damaged"),
        (no_database, "damaged"),
        (read_only, "forbidden"),
    ],
)
def test_what_is_provoked_is_known(tmp_path: Path, provoke: Provoke, kind: Kind) -> None:
    """As it is raised, and wrapped as the store's library and task groups wrap it."""
    with pytest.raises((sqlite3.Error, OSError)) as raised:
        provoke(tmp_path)
    plain = raised.value
    wrapped = OperationalError(plain)
    wrapped.__cause__ = plain
    for error in (plain, wrapped, ExceptionGroup("several", [wrapped])):
        found = failure_of(error)
        assert found is not None
        assert found.kind == kind


def test_out_of_descriptors_both_the_system_and_sqlite_say_so(tmp_path: Path) -> None:
    """SQLite only says that it cannot open a file."""
    file(tmp_path)
    command = [sys.executable, "-c", FEW_DESCRIPTORS, str(tmp_path)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.stdout.split() == ["descriptors", "descriptors"], said.stderr


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, "full"),
        (errno.EDQUOT, "full"),
        (errno.EIO, "failing"),
        (errno.EMFILE, "descriptors"),
        (errno.EROFS, "forbidden"),
        (errno.ENOMEM, "memory"),
        (errno.EAGAIN, "threads"),
    ],
)
def test_the_systems_numbers_are_known(number: int, kind: Kind) -> None:
    """Whatever subclass of OSError they come as."""
    found = failure_of(OSError(number, os.strerror(number)))
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    "mistake",
    [
        ValueError("no"),
        KeyError("disk"),
        FileNotFoundError(errno.ENOENT, "No such file"),
        ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"),
        sqlite3.OperationalError("no such table: stored_events"),
        PersistenceError("something else"),
        RuntimeError("Query interrupted"),
    ],
    ids=lambda mistake: type(mistake).__name__,
)
def test_a_mistake_of_ours_is_no_failure_of_the_machine(mistake: Exception) -> None:
    """Nobody is sent to look at a disk for it."""
    assert failure_of(mistake) is None


def test_a_disk_that_is_full_elsewhere_is_not_that_of_the_folder(tmp_path: Path) -> None:
    """Where the output goes, or the temporary files."""
    found = failure_of(OSError(errno.ENOSPC, "No space left on device"), tmp_path)
    assert found is not None
    assert "not the one that holds" in found.says


def test_every_kind_says_what_is_so_and_what_helps_and_only_a_damaged_file_needs_a_backup() -> None:
    """Nobody restores a backup over a folder that is whole, and nobody reads the name of a class."""
    assert set(IS_SO) == set(HELPS) == set(get_args(Kind))
    for kind in IS_SO:
        says, helps = IS_SO[kind], HELPS[kind]
        assert says.endswith(".")
        assert helps.endswith(".")
        assert not re.search(r"\w(Error|Exception)\b|sqlite3\.|\berrno\b", f"{says} {helps}")
        whole = "What was recorded is whole" in helps or "may well be whole" in helps
        assert whole == (kind != "damaged")
    assert "only if not, restore" in HELPS["damaged"]
