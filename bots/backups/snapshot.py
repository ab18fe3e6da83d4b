"""A snapshot: a log as it was copied at one moment, with what belongs to it, in a folder of its own.

A backup is a folder. In its `log/` lie snapshots by their dates; the keys lie apart from them, in
its `keys/` or wherever they were told to go, and there is one set of them: the newest.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ehsg_events.kernel import Frozen, Moment, Refused
from ehsg_events.ledger import sequencer as ledger
from ehsg_events.policy.holidays_file import NAME as HOLIDAYS
from guides import durable
from projections.verification.log_file import LogFile

LOG, KEYS, KEK, DESCRIBED = "log.sqlite", "keys.sqlite", "kek", "snapshot.json"
MAKING = ".making"
KEEP = 14  # snapshots, unless another number is chosen
DATED = "%Y-%m-%dT%H-%M-%SZ"


@dataclass(frozen=True)
class Backup:
    """Where backups are kept, and how many.

    Args:
        keys: where the keys are kept, if not in the backup's own folder.
    """

    folder: Path
    keys_elsewhere: Path | None = None
    keep: int = KEEP

    @property
    def logs(self) -> Path:
        """The folder of the snapshots."""
        return self.folder / "log"

    @property
    def keys(self) -> Path:
        """The folder of the keys."""
        return self.keys_elsewhere or self.folder / "keys"

    @property
    def last(self) -> Path:
        """The file that says when a backup was made last, or nothing was new."""
        return self.logs / "last"

    def last_at(self) -> datetime | None:
        """When a backup was made last, or nothing was new; none if never."""
        try:
            return datetime.fromisoformat(self.last.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return None


class Snapshot(Frozen):
    """What a snapshot holds.

    `contents` tells whether anything has changed since; `files` are their SHA-256 by name.
    """

    name: str
    made_at: Moment
    made_by: str
    position: int
    newest_at: Moment | None
    contents: str
    files: dict[str, str]
    faults: tuple[str, ...] = ()

    @property
    def day(self) -> str:
        """When it was made, in words."""
        return f"{self.made_at:%Y-%m-%d %H:%M} UTC"


def name_at(moment: datetime) -> str:
    """The name of a snapshot that is made at a moment; names are in the order of time."""
    return moment.astimezone(UTC).strftime(DATED)


def snapshots(backup: Backup) -> list[Snapshot]:
    """The snapshots of a backup that were finished and can be read, the oldest first."""
    found = []
    places = sorted(backup.logs.iterdir()) if backup.logs.exists() else []
    for place in places:
        if place.name[0].isdecimal():
            with suppress(OSError, ValueError):  # one that is spoiled ends no other
                described = (place / DESCRIBED).read_bytes()
                found.append(Snapshot.model_validate_json(described))
    return found


def newest(backup: Backup) -> Snapshot:
    """The newest snapshot.

    Raises:
        Refused: there is none.
    """
    found = snapshots(backup)
    if not found:
        raise Refused(
            f"{backup.folder} holds no backup. Name the folder that backups are written to."
        )
    return found[-1]


def named(backup: Backup, name: str | None) -> Snapshot:
    """The snapshot of a name, or of the beginning of one; the newest when none is given.

    Raises:
        Refused: there is none, or several.
    """
    if name is None:
        return newest(backup)
    found = [one for one in snapshots(backup) if one.name.startswith(name)]
    if len(found) != 1:
        there = ", ".join(one.name for one in snapshots(backup)) or "none"
        raise Refused(
            f"{len(found)} snapshots have a name beginning with {name}. There are: {there}."
        )
    return found[0]


def kept_files(folder: Path) -> Iterator[Path]:
    """What lies in a data folder beside log and keys and cannot be made again: by its own name."""
    for file in durable.files_below(folder / "guides"):
        if not file.name.startswith("."):
            yield file.relative_to(folder)
    if (folder / HOLIDAYS).is_file():
        yield Path(HOLIDAYS)


def copy_beside(folder: Path, into: Path) -> None:
    """Copy what lies beside log and keys; it is on the disk when this returns."""
    for name in kept_files(folder):
        durable.make_folder((into / name).parent, mode=0o700)
        durable.write(into / name, (folder / name).read_bytes(), mode=durable.OWNER_ONLY)


def copy_ledger(folder: Path, into: Path) -> None:
    """Copy the ledger of a folder that is moved, with its key; no backup ever holds it.

    So a log that comes back from a backup is seen to be older than what was signed.
    """
    source = folder / ledger.FOLDER
    if not ledger.ledger_file(folder).exists():
        return
    durable.make_folder(into / ledger.FOLDER, mode=0o700)
    copy = ledger.ledger_file(into)
    durable.make_private(copy)
    with (
        closing(sqlite3.connect(ledger.ledger_file(folder))) as held,
        closing(sqlite3.connect(copy)) as made,
    ):
        held.backup(made)
    durable.sync(copy)
    key = (source / ledger.KEY).read_bytes()
    durable.write(into / ledger.FOLDER / ledger.KEY, key, mode=durable.OWNER_ONLY)


def copy_log(file: LogFile, into: Path) -> None:
    """Copy a log into a folder; it is on the disk when this returns."""
    copy = into / LOG
    durable.make_private(copy)
    file.copy_to(copy)
    durable.sync(copy)


def digest(file: Path) -> str:
    """The SHA-256 of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file of a snapshot."""
    files = (file for file in durable.files_below(folder) if file.name != DESCRIBED)
    return {file.relative_to(folder).as_posix(): digest(file) for file in files}
