"""Failures of the machine as sentences: what is so, what it means, and what helps.

The one place that knows the exceptions of SQLite, of the system and of our libraries; nobody reads
the name of a class. A mistake of ours is none of these, and stays what it is.
"""

from __future__ import annotations

import errno
import os
import resource
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

Kind = Literal[
    "full", "failing", "locked", "descriptors", "damaged", "forbidden", "memory", "threads"
]
ROOM = 64 * 1024  # bytes; with less, SQLite cannot write as much as one small fact
OF_SQLITE: Mapping[int, Kind] = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "failing",
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_PROTOCOL: "locked",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_READONLY: "forbidden",
    sqlite3.SQLITE_PERM: "forbidden",
    sqlite3.SQLITE_CANTOPEN: "forbidden",
    sqlite3.SQLITE_NOMEM: "memory",
}
OF_THE_SYSTEM: Mapping[int, Kind] = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EIO: "failing",
    errno.ESTALE: "failing",
    errno.EUCLEAN: "failing",
    errno.EMFILE: "descriptors",
    errno.ENFILE: "descriptors",
    errno.EROFS: "forbidden",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.ENOMEM: "memory",
    errno.EAGAIN: "threads",
}
IN_WORDS: Mapping[str, Kind] = {  # how they are known where no number comes along
    "database or disk is full": "full",
    "no space left on device": "full",
    "disk i/o error": "failing",
    "input/output error": "failing",
    "database is locked": "locked",
    "too many open files": "descriptors",
    "disk image is malformed": "damaged",
    "file is not a database": "damaged",
    "attempt to write a readonly database": "forbidden",
    "unable to open database file": "forbidden",
    "can't start new thread": "threads",
    "out of memory": "memory",
}
# They tell in words only. None is imported here: the command line begins with this module.
LIBRARIES = ("eventsourcing", "duckdb", "_duckdb", "adbc_driver_manager", "anyio")
IS_SO: Mapping[Kind, str] = {
    "full": "The disk that holds {folder} is full.",
    "failing": "The disk that holds {folder} fails to read or write.",
    "locked": "Another program holds the files of {folder}, so they cannot be written.",
    "descriptors": "This process has no file descriptors left; its limit is {limit}.",
    # SQLite says the same of a disk that fails to read, so a copy is tried before any backup
    "damaged": "A part of a file in {folder} is not what was written there: the file is damaged, or "
    "the disk fails (`dmesg`).",
    "forbidden": "This account may not open or write the files in {folder}.",
    "memory": "The machine has no memory left.",
    "threads": "The machine lets this account start no further process or thread.",
}
HELPS: Mapping[Kind, str] = {
    "full": "Make room on it, and everything goes on. What was recorded is whole: restore no backup.",
    "failing": "Look at what the system says of the disk (`dmesg`). What was recorded may well be "
    "whole: copy the folder to another disk before you restore any backup.",
    "locked": "End it, or wait until it is done: a viewer of SQLite files, a copy, a virus scanner. "
    "What was recorded is whole.",
    "descriptors": "Raise the limit (`ulimit -n`, or LimitNOFILE of the service) and start it again. "
    "What was recorded is whole.",
    "damaged": "End the server and copy the folder to another disk. If the copy can be read, go on "
    "with it; only if not, restore your newest backup beside it.",
    "forbidden": "Run it as the owner of the folder, or give this account the folder and its files. "
    "What was recorded is whole.",
    "memory": "End something else, or give the machine more. What was recorded is whole.",
    "threads": "Raise the limit (`ulimit -u`, or TasksMax of the service). What was recorded is whole.",
}
ELSEWHERE = (
    "A disk is full, though not the one that holds {folder}: look where the output goes, and at the "
    "folder for temporary files, {temporary}."
)


class Failure(NamedTuple):
    """A failure of the machine, for whoever runs it: `says` is a sentence, `helps` the way out."""

    kind: Kind
    says: str
    helps: str

    def __str__(self) -> str:
        return f"{self.says} {self.helps}"


def failure_of(error: BaseException, folder: Path | None = None) -> Failure | None:
    """The failure of the machine that an exception comes from, none when it comes from none.

    Args:
        folder: the data folder, whose disk is looked at.
    """
    kinds = (kind for each in _origins(error) if (kind := _kind(each)))
    kind = next(kinds, None)
    if kind is None:
        return None
    kind = _looked_at(kind, folder)
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    says = IS_SO[kind].format(folder=folder or "the data folder", limit=limit)
    if kind == "full" and folder is not None and not is_full(folder):
        says = ELSEWHERE.format(folder=folder, temporary=tempfile.gettempdir())
    return Failure(kind, says, HELPS[kind])


def is_full(folder: Path) -> bool:
    """Whether the disk of a folder takes nothing any more."""
    try:
        return shutil.disk_usage(folder).free < ROOM
    except OSError:
        return False


def _origins(error: BaseException) -> Iterator[BaseException]:
    """An exception, and all that it was raised from or wraps."""
    waiting, seen = [error], set[int]()
    while waiting:
        each = waiting.pop(0)
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        inner = each.exceptions if isinstance(each, BaseExceptionGroup) else each.args
        around = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
        waiting += [one for one in (*inner, around) if isinstance(one, BaseException)]


def _kind(error: BaseException) -> Kind | None:
    match error:
        case sqlite3.Error():
            number = getattr(error, "sqlite_errorcode", None)
            return OF_SQLITE.get(number & 0xFF) if number else _in_words(error)
        case MemoryError():
            return "memory"
        case OSError():
            return OF_THE_SYSTEM.get(error.errno or 0)
        case RuntimeError():
            return _in_words(error)
    return _in_words(error) if type(error).__module__.split(".")[0] in LIBRARIES else None


def _in_words(error: BaseException) -> Kind | None:
    said = str(error).lower()
    return next((kind for words, kind in IN_WORDS.items() if words in said), None)


def _looked_at(kind: Kind, folder: Path | None) -> Kind:
    """The kind after a look at the machine: SQLite says that it failed, and not always of what."""
    if kind == "failing" and folder is not None and is_full(folder):
        return "full"
    if kind == "forbidden" and not _can_open_another():
        return "descriptors"
    return kind


def _can_open_another() -> bool:
    try:
        os.close(os.open(os.devnull, os.O_RDONLY))
    except OSError:
        return False
    return True
