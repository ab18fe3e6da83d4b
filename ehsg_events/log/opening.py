"""What is noticed when a log is opened: each in one sentence, with the right way out."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

from ehsg_events.kernel import Refused
from ehsg_events.log.mapper import refuse_if_newer
from ehsg_events.log.store import Store
from guides import durable

LOOKED_THROUGH = 16_000_000  # bytes of a log that is looked through whenever it is opened
DAMAGED = (
    "{path} is damaged, or its disk fails. Copy the folder to another disk and use the copy; if that "
    "is refused, too, restore your newest backup."
)
BEHIND = (
    "The newest facts are missing: {told} were recorded in {folder}, and its log holds {there}. Put "
    "log.sqlite-wal back beside log.sqlite, or restore the whole folder from your backup. To go on "
    "without those facts for ever, delete {file}."
)
ONLY_READ = "{folder} can only be read here, so nothing can be recorded in it, and nothing was."


def can_be_written(log: Path) -> bool:
    """Whether a log, or a new one at this place, can be written."""
    beside = [log.with_name(f"{log.name}{end}") for end in ("", "-wal", "-shm")]
    return os.access(log.parent, os.W_OK) and all(
        os.access(file, os.W_OK) for file in beside if file.exists()
    )


def address_to_read(log: Path) -> tuple[str, Path | None]:
    """How SQLite opens a log that cannot be written, and a folder to delete afterwards.

    SQLite reads what is still in the write-ahead log by its index, the -shm. Where that is missing
    and cannot be made, both are copied to where it can.
    """
    ahead, index = (log.with_name(f"{log.name}{end}") for end in ("-wal", "-shm"))
    if index.exists():
        return f"{log.absolute().as_uri()}?mode=ro", None
    if not ahead.exists() or not ahead.stat().st_size:
        return f"{log.absolute().as_uri()}?mode=ro&immutable=1", None
    copied = Path(mkdtemp(prefix="ehsg-"))  # mode 0700
    for file in (log, ahead):
        shutil.copyfile(file, copied / file.name)
    return (copied / log.name).as_uri(), copied


class Reached:
    """How far a log has come, noted beside it after each save and never before.

    So it is never ahead of what is on the disk. Where it is ahead of the log, facts are missing: a
    write-ahead log was left out of a copy, an older log was put back, or rows were deleted.
    """

    def __init__(self, log: Path) -> None:
        self.file = log.with_name("log.position")
        self.told = 0
        with suppress(OSError, ValueError):
            self.told = int(self.file.read_bytes())

    def note(self, position: int) -> None:
        """Note a position that is on the disk; this need not be."""
        with suppress(OSError):  # such as a full disk: then it stays behind
            if not self.file.exists():
                durable.make_private(self.file)
            with self.file.open("r+b") as out:
                out.write(b"%020d" % position)

    def refuse_if_behind(self, there: int) -> None:
        """Refuse a log that lacks facts which were recorded in its folder."""
        if there < self.told:
            raise Refused(
                BEHIND.format(told=self.told, there=there, folder=self.file.parent, file=self.file)
            )


def refuse_if_any_is_newer(store: Store) -> None:
    """Refuse a log with facts that only a newer version of the product knows.

    Of each kind of fact the fields of the newest are looked at here, and those of all others when
    they are read.
    """
    for topic, position in store.topics().items():
        refuse_if_newer(topic, position=position)
    for position, stored in store.newest_of_each_topic():
        refuse_if_newer(stored.topic, stored.state, position)
