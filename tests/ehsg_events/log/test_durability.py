"""Acknowledged implies recorded: order of system calls, and processes killed without mercy."""

from __future__ import annotations

import multiprocessing
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from support.log.store import write
from support.places import TESTS

from ehsg_events.log.log import Log

WRITER = """
import os, sys
from pathlib import Path
from support.log.store import write
folder, start, count = sys.argv[1:]
write(Path(folder), int(start), int(count), lambda said: os.write(1, said))
"""
NEW_PEOPLE = """
import os, sys
from pathlib import Path
from ehsg_events.log.log import Log
from ehsg_events.states.streams import interview_stream
from support.log.store import HERE, note
log = Log(Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    stream = interview_stream(HERE, 1, f"p-{number}")
    text = log.vault.seal("x", stream, f"p-{number}")
    said = note(1, stream, text.words)
    log.save(said, key=f"k{number}", sealed=log.vault.bound([text], [said]))
    os.write(1, b"acknowledged")
"""
forks = multiprocessing.get_context("forkserver")  # a process that need not import everything anew
forks.set_forkserver_preload(["ehsg_events.commands.rounds"])


def writer(folder: Path, start: int, count: int, *around: str) -> subprocess.Popen[str]:
    """A program that saves and acknowledges, under another program if named."""
    command = [*around, sys.executable, "-c", WRITER, str(folder), str(start), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=TESTS)


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("strace") is None,
    reason="strace is not installed, so nobody sees the order of system calls",
)
def test_the_disk_has_it_before_anyone_is_told(tmp_path: Path) -> None:
    """Between the last write to the log's file and the acknowledgement there is an fdatasync."""
    trace = tmp_path / "trace"
    calls = "trace=pwrite64,fdatasync,fsync,write"
    tracer = ("strace", "-f", "-y", "-e", calls, "-e", "signal=none", "-o", str(trace))
    process = writer(tmp_path / "data", 1, 40, *tracer)
    said = process.communicate(timeout=100)[0]
    assert said.count("acknowledged") == 40
    dirty, written, acknowledged = False, 0, 0
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        if "pwrite64(" in line and "log.sqlite-wal" in line:
            dirty, written = True, written + 1
        elif re.search(r"f(data)?sync\(", line) and "log.sqlite-wal" in line:
            dirty = False
        elif "write(1<" in line and "acknowledged" in line:
            assert not dirty, f"acknowledged before it was on the disk: {line}"
            acknowledged += 1
    assert acknowledged == 40
    assert written >= 40


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("strace") is None,
    reason="strace is not installed, so nobody sees the order of system calls",
)
def test_the_disk_has_a_persons_key_before_the_log_needs_it(tmp_path: Path) -> None:
    """Their first words: the key's commit is the deletion of a journal, and its folder is synced."""
    trace = tmp_path / "trace"
    calls = "trace=pwrite64,fdatasync,fsync,write,unlink"
    tracer = ("strace", "-f", "-y", "-e", calls, "-e", "signal=none", "-o", str(trace))
    process = subprocess.Popen(
        [*tracer, sys.executable, "-c", NEW_PEOPLE, str(tmp_path / "data"), "20"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=TESTS,
    )
    assert process.communicate(timeout=100)[0].count("acknowledged") == 20
    unsynced, keys, acknowledged = set[str](), 0, 0
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        if re.search(r"unlink\(.*keys\.sqlite-journal", line):
            unsynced.add("the folder of keys")
            keys += 1
        elif re.search(r"f(data)?sync\(\d+<[^>]*/keys>", line):
            unsynced.discard("the folder of keys")
        elif "pwrite64(" in line and "log.sqlite-wal" in line:
            assert "the folder of keys" not in unsynced, line
            unsynced.add("the log")
        elif re.search(r"f(data)?sync\(", line) and "log.sqlite-wal" in line:
            unsynced.discard("the log")
        elif "write(1<" in line and "acknowledged" in line:
            assert not unsynced, line
            acknowledged += 1
    assert acknowledged == 20
    assert keys >= 20


def sound(folder: Path, told: set[int]) -> None:
    """All that was acknowledged is there, whole, and nothing is there by half."""
    with closing(sqlite3.connect(folder / "log.sqlite")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        keys = {int(key[1:]) for (key,) in db.execute("SELECT key FROM idempotency_key")}
        texts = db.execute("SELECT count(*) FROM sealed_text").fetchone()[0]
    log = Log(folder)
    facts: dict[int, int] = {}
    for recorded in log.all():
        number = recorded.stream.round or 0
        facts[number] = facts.get(number, 0) + 1
    assert told <= facts.keys()
    assert facts.keys() == keys
    assert set(facts.values()) <= {2}
    assert texts == len(facts)
    log.close()


@pytest.mark.slow
def test_thirty_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    """Each at another moment of the writing, all on the same log."""
    folder, told = tmp_path / "data", set[int]()
    for kill in range(30):
        hears, says = forks.Pipe(duplex=False)
        asked = (folder, kill * 10_000, 10_000, says.send_bytes)
        process = forks.Process(target=write, args=asked)
        process.start()
        says.close()
        for heard, number in enumerate(acknowledged(hears), start=1):
            told.add(number)
            if heard > kill * 2:
                process.kill()
        process.join()
        assert process.exitcode == -signal.SIGKILL
    assert len(told) > 30
    sound(folder, told)


def acknowledged(hears: Connection) -> Iterator[int]:
    """What a process has saved, as far as it came to say so."""
    with hears, suppress(EOFError):
        while True:
            yield int(hears.recv_bytes().split()[1])


def test_opening_a_log_for_the_first_time_may_be_killed(tmp_path: Path) -> None:
    """Whenever that happens, the next start finds a log or makes one."""
    for pause in (0.2, 0.35, 0.5):
        process = writer(tmp_path / "data", 1, 0)
        try:
            process.wait(timeout=pause)
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()
    log = Log(tmp_path / "data")
    assert list(log.all()) == []
    log.close()
