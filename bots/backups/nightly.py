"""A backup every night while a folder is served, made by a child process that gives way to others."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bots.backups.snapshot import Backup
from ehsg_events.machine.background import BackgroundThread
from ehsg_events.machine.children import without_secrets
from ehsg_events.machine.reports import Reports

NIGHT = range(1, 5)  # hours of the machine's own time
SHORTEST = timedelta(hours=12)  # between two nightly backups
LONGEST = timedelta(hours=28)  # after which one is made at any hour
EVERY = 300.0  # seconds between two looks whether one is due
AFTER_A_FAILURE = timedelta(hours=1)
NICENESS = 15
NOT_LOOKED = "Whether a backup is due could not be looked up."
reports = Reports(logging.getLogger("ehsg.backup"))
Say = Callable[[str], object]


def is_due(last: datetime | None, now: datetime) -> bool:
    """Whether a backup is due: at night, or at once when the last is missing or too old."""
    if last is None or not timedelta(0) <= now - last < LONGEST:
        return True
    return now - last >= SHORTEST and now.astimezone().hour in NIGHT


@contextmanager
def beside(
    folder: Path, backup: Backup, say: Say = lambda _: None, every: float = EVERY
) -> Iterator[None]:
    """Back a data folder up every night until the block ends.

    Args:
        say: receives a sentence when a backup could not be made, or was made with faults.
        every: seconds between two looks whether one is due.
    """
    over = threading.Event()

    def keep() -> None:
        said, not_before = "", datetime.min.replace(tzinfo=UTC)
        while not over.wait(every):
            now = datetime.now(UTC)
            if now < not_before or not is_due(backup.last_at(), now):
                continue
            wrong = _backed_up(folder, backup, over)
            not_before = now + AFTER_A_FAILURE if wrong else now
            if wrong and wrong != said:
                say(f"The nightly backup: {wrong}")
            said = wrong

    failed = partial(reports.failed, NOT_LOOKED, folder=folder)
    with BackgroundThread("nightly backup", keep, over, failed):
        yield


def _backed_up(folder: Path, backup: Backup, over: threading.Event) -> str:
    """Make one backup in a child process; returns what is wrong, nothing when all is well."""
    command = [sys.executable, "-m", "bots.cli", "--data", str(folder.absolute()), "backup"]
    command += [str(backup.folder.absolute()), "--keep", str(backup.keep), "--json"]
    if backup.keys_elsewhere:
        command += ["--keys", str(backup.keys_elsewhere.absolute())]
    try:
        with subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env=without_secrets(os.environ),
        ) as child:
            os.setpriority(os.PRIO_PROCESS, child.pid, NICENESS)
            return _outcome(child, over)
    except OSError as mistake:  # no process or no memory to be had; there is a next time
        return f"it could not be begun: {mistake.strerror}."


def _outcome(child: subprocess.Popen[str], over: threading.Event) -> str:
    while True:
        try:
            _, errors = child.communicate(timeout=1)
        except subprocess.TimeoutExpired:
            if over.is_set():  # what it has begun is removed by the next
                child.kill()
            continue
        if over.is_set() or child.returncode == 0:
            return ""
        lines = [line for line in errors.splitlines() if not line.startswith("Note: ")]
        return " ".join(lines[:3]) or f"it ended with {child.returncode}."
