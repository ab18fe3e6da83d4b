"""Files that a command reads, writes or holds: whole or not at all."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bots.operations.form import Upload
from ehsg_events.kernel import Refused
from guides import durable


def upload(file: Path) -> Upload:
    """A file that was named on the command line.

    Raises:
        Refused: it cannot be read.
    """
    try:
        return Upload(file.name, file.read_bytes())
    except OSError as mistake:
        raise Refused(f"{file} cannot be read: {mistake.strerror}.") from None


def put(content: bytes, out: Path, *, mode: int = durable.EVERYBODY) -> None:
    """Write a file, whole or not at all, so that it is on the disk before it is told of.

    Raises:
        Refused: it cannot be written there.
    """
    with _telling_why_not(out):
        durable.write(out, content, mode=mode)


def put_for_its_owner(content: bytes, out: Path) -> None:
    """Write a file that nobody but its owner may read."""
    put(content, out, mode=durable.OWNER_ONLY)


@contextmanager
def written_beside(out: Path) -> Iterator[Callable[[bytes], int]]:
    """A way to write a file that only its owner may read, opened before anything is decided.

    The content goes to a file beside it, which takes its place when all went well.

    Raises:
        Refused: it cannot be written there; nothing was done yet.
    """
    with _telling_why_not(out), durable.draft_of(out, mode=durable.OWNER_ONLY) as file:
        yield file.write


@contextmanager
def _telling_why_not(out: Path) -> Iterator[None]:
    try:
        if out.is_dir():
            raise Refused(f"{out} is a folder. --out takes the file to write.")
        yield
    except OSError as mistake:
        raise Refused(
            f"{out} cannot be written: {mistake.strerror}. Choose another --out."
        ) from None


@contextmanager
def only_one(folder: Path, what: str) -> Iterator[None]:
    """Lock a data folder for a process that must be the only one of its kind there.

    Raises:
        Refused: another process holds the lock.
    """
    durable.make_folder(folder, mode=0o700)
    lock = folder / f"{what.replace(' --only ', '-')}.lock"
    durable.make_private(lock)
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused(
                f"Another `ehsg {what}` is at work on {folder}. Two would do everything twice. "
                f"Use the one that runs, or end it first."
            ) from None
        yield
