"""Files that a command reads, writes or holds: whole or not at all."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bots.operations.form import Upload
from ehsg_events.kernel import Refused


def upload(file: Path) -> Upload:
    """A file that was named on the command line.

    Raises:
        Refused: it cannot be read.
    """
    try:
        return Upload(file.name, file.read_bytes())
    except OSError as mistake:
        raise Refused(f"{file} cannot be read: {mistake.strerror}.") from None


def put(content: bytes, out: Path) -> None:
    """Write a file, whole or not at all.

    Raises:
        Refused: it cannot be written there.
    """
    try:
        if out.is_dir():
            raise Refused(f"{out} is a folder. --out takes the file to write.")
        _replace(content, out)
    except OSError as mistake:
        raise _not_written(out, mistake) from None


def _replace(content: bytes, out: Path) -> None:
    part = out.with_name(out.name + ".part")
    try:
        part.write_bytes(content)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def put_for_its_owner(content: bytes, out: Path) -> None:
    """Write a file that nobody but its owner may read."""
    before = os.umask(0o077)
    try:
        put(content, out)
    finally:
        os.umask(before)


@contextmanager
def written_beside(out: Path) -> Iterator[Callable[[bytes], int]]:
    """A way to write a file that only its owner may read, opened before anything is decided.

    The content goes to a file beside it, which takes its place when all went well.

    Raises:
        Refused: it cannot be written there; nothing was done yet.
    """
    part = out.with_name(out.name + ".part")
    try:
        if out.is_dir():
            raise Refused(f"{out} is a folder. --out takes the file to write.")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as mistake:
        raise _not_written(out, mistake) from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file.write
        part.replace(out)
    except OSError as mistake:
        raise _not_written(out, mistake) from None
    finally:
        part.unlink(missing_ok=True)


def _not_written(out: Path, mistake: OSError) -> Refused:
    return Refused(f"{out} cannot be written: {mistake.strerror}. Choose another --out.")


@contextmanager
def only_one(folder: Path, what: str) -> Iterator[None]:
    """Lock a data folder for a process that must be the only one of its kind there.

    Raises:
        Refused: another process holds the lock.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / f"{what.replace(' --only ', '-')}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused(
                f"Another `ehsg {what}` is at work on {folder}. Two would do everything twice. "
                f"Use the one that runs, or end it first."
            ) from None
        yield
