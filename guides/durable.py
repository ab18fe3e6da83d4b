"""Files that are whole and on the disk, their folder's entry too, before anybody is told so.

A power cut takes back whatever was only written: a file's content, its name in its folder, and the
folder's own name. Every file that the product keeps or hands out is written here.
"""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

OWNER_ONLY = 0o600
EVERYBODY = 0o666  # less what the process's umask takes away
NOT_HERE = {errno.EINVAL, errno.ENOTSUP, errno.EPERM}  # what a file system says that cannot do it


def write(file: Path, content: bytes, *, mode: int = EVERYBODY) -> None:
    """Write a file, whole or not at all; an earlier one of this name is replaced."""
    with draft_of(file, mode=mode) as out:
        out.write(content)


def write_new(file: Path, content: bytes, *, mode: int = EVERYBODY) -> None:
    """Write a file that is not there yet, whole or not at all.

    Raises:
        FileExistsError: it is there already, and stays as it is.
    """
    draft = _name_beside(file)
    try:
        with _opened(draft, mode) as out:
            out.write(content)
        sync(draft)
        _link(draft, file)
    finally:
        draft.unlink(missing_ok=True)
    sync(file.parent)


@contextmanager
def draft_of(file: Path, *, mode: int = EVERYBODY) -> Iterator[IO[bytes]]:
    """A file beside another one, which takes its place when the block ends without an exception.

    A device or a pipe is written to as it is: nothing takes its place.
    """
    if file.exists() and not file.is_file():
        with file.open("wb") as out:
            yield out
        return
    draft = _name_beside(file)
    try:
        with _opened(draft, mode) as out:
            yield out
        put_in_place(draft, file)
    finally:
        draft.unlink(missing_ok=True)


def put_in_place(draft: Path, file: Path) -> None:
    """Give a finished draft its name, in place of the file that had it."""
    sync(draft)
    draft.replace(file)
    sync(file.parent)


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder of files that only its owner may read, as a whole; an earlier one is replaced."""
    draft = _name_beside(folder)
    before = draft.with_suffix(".before")
    make_folder(draft, mode=0o700)
    try:
        for name, content in files.items():
            make_folder((draft / name).parent, mode=0o700)
            write(draft / name, content, mode=OWNER_ONLY)
        if folder.exists():
            folder.rename(before)
        draft.rename(folder)
        sync(folder.parent)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        shutil.rmtree(before, ignore_errors=True)


def make_folder(folder: Path, *, mode: int = 0o777) -> None:
    """Make a folder that stays, with those above it; one that is there is left as it is."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True, mode=mode)
    for made in missing:
        sync(made.parent)


def sync(path: Path) -> None:
    """Wait until a file's content, or a folder's list of names, is on the disk."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except PermissionError:
        if path.is_dir():  # one may write into a folder that one may not list
            return
        raise
    try:
        os.fsync(descriptor)
    except OSError as mistake:
        if not (path.is_dir() and mistake.errno in NOT_HERE):
            raise
    finally:
        os.close(descriptor)


def files_below(folder: Path) -> list[Path]:
    """Every file in a folder and in those below it, in order; none where there is no folder.

    Raises:
        OSError: a folder cannot be listed. `Path.glob` would take that for an empty one.
    """

    def refuse(mistake: OSError) -> None:
        if not isinstance(mistake, FileNotFoundError):
            raise mistake

    listed = os.walk(folder, onerror=refuse)
    return sorted(Path(where) / name for where, _, names in listed for name in names)


def make_private(file: Path) -> None:
    """Make sure that a file is there and that nobody but its owner may read it."""
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
    if file.stat().st_mode & 0o077:
        file.chmod(OWNER_ONLY)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until nobody else works on a folder, and keep them waiting while the block runs."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a shared drive may know no locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)  # which gives the lock back


def _link(draft: Path, file: Path) -> None:
    try:
        os.link(draft, file)
    except OSError as mistake:
        if mistake.errno not in NOT_HERE or file.exists():
            raise
        draft.rename(file)  # a drive without links, such as a memory stick


def _opened(draft: Path, mode: int) -> IO[bytes]:
    return os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb")


def _name_beside(file: Path) -> Path:
    return file.with_name(f".{secrets.token_hex(8)}.part")
