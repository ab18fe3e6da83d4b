"""Acknowledged implies recorded: order of system calls, and processes killed without mercy."""

from __future__ import annotations

import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ehsg_events.application import Log

# Saves two facts and a sealed text at a time, and says so only when that is done.
WRITER = """
import os, sys
from pathlib import Path
from store_spec import HERE, note
from ehsg_events.application import Log
from ehsg_events.kernel import interview_stream
log, start, count = Log(Path(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3])
for n in range(start, start + count):
    stream = interview_stream(HERE, n, "p-1")
    text = log.vault.seal("words", stream, "p-1")
    log.save(note(1, stream), note(2, stream), key=f"k{n}", sealed=[text])
    os.write(1, b"acknowledged %d\\n" % n)
"""
HERE = Path(__file__).parent


def writer(folder: Path, start: int, count: int, *around: str) -> subprocess.Popen[str]:
    """A process that saves and acknowledges, under another program if named."""
    command = [*around, sys.executable, "-c", WRITER, str(folder), str(start), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HERE)


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
        process = writer(folder, kill * 10_000, 10_000)
        assert process.stdout
        for heard, line in enumerate(process.stdout, start=1):
            told.add(int(line.split()[1]))
            if heard > kill * 2:
                break
        process.send_signal(signal.SIGKILL)
        told |= {int(line.split()[1]) for line in process.stdout if line.endswith("\n")}
        process.wait()
        process.stdout.close()
    assert len(told) > 30
    sound(folder, told)


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
