"""Failures of the machine that are provoked for real, not pretended."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from ehsg_events.log.log import Log


def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let logs that are opened from now on wait only a moment for another program."""
    monkeypatch.setattr("eventsourcing.sqlite.SQLITE3_DEFAULT_LOCK_TIMEOUT", 0.05)


def unlistable(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let the system list a folder to nobody, as it does to an account that may not read it."""

    def refusing(lists: Callable[[str | Path], Any]) -> Callable[[str | Path], Any]:
        def listed(path: str | Path) -> Any:
            if Path(path) == folder:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
            return lists(path)

        return listed

    monkeypatch.setattr(os, "scandir", refusing(os.scandir))
    monkeypatch.setattr(os, "listdir", refusing(os.listdir))


@contextmanager
def held(log: Log) -> Iterator[None]:
    """Another program holds the log meanwhile, so that it can be read and not written."""
    with closing(sqlite3.connect(log.folder / "log.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def unreadable(log: Log) -> Iterator[None]:
    """The log's facts cannot be read meanwhile."""
    with closing(sqlite3.connect(log.folder / "log.sqlite", isolation_level=None)) as other:
        other.execute("ALTER TABLE stored_events RENAME TO gone")
        yield
        other.execute("ALTER TABLE gone RENAME TO stored_events")
