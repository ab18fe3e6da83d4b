"""A backup: the log first and then its keys, verified before it counts, the two kept apart."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from bots.backups import key_copy
from bots.backups.snapshot import (
    DESCRIBED,
    KEK,
    KEYS,
    LOG,
    MAKING,
    Backup,
    Snapshot,
    copy_beside,
    copy_log,
    digest,
    digests,
    kept_files,
    name_at,
    snapshots,
)
from ehsg_events import __version__
from ehsg_events.kernel import Refused
from ehsg_events.log.mapper import PlainMapper
from guides import durable
from projections.verification.log_file import LogFile
from projections.verification.verification import Kept, Verified, forgotten_in, verified

LEAST_LEFT = 20_000_000  # bytes that a backup leaves free on its disk


class Made(NamedTuple):
    """What became of a backup: its snapshot, whether it is a new one, and what was found in it.

    `lost_keys` are those that only the backup still has, though no fact says they were forgotten.
    """

    snapshot: Snapshot
    new: bool
    found: Verified | None = None
    lost_keys: int = 0


def back_up(kept: Kept, backup: Backup, now: datetime) -> Made:
    """Back an area up, unless nothing has changed since the newest snapshot.

    A snapshot in which something is wrong is kept beside those that are whole, and replaces none.

    Args:
        kept: what is backed up; others may write to it meanwhile.
        now: when the snapshot is made.

    Raises:
        Refused: it cannot be made there.
    """
    _refuse_places(kept, backup)
    try:
        for folder in (backup.folder, backup.logs, backup.keys):
            durable.make_folder(folder, mode=0o700)
        with durable.alone(backup.logs), LogFile(kept.log) as file:
            made = _unless_unchanged(kept, file, backup, now)
            durable.write(backup.last, now.isoformat().encode(), mode=durable.OWNER_ONLY)
    except (OSError, sqlite3.Error) as mistake:
        said = getattr(mistake, "strerror", None) or str(mistake)
        raise Refused(
            f"The backup in {backup.folder} was not finished: {said}. Those that were made before "
            f"are as they were."
        ) from mistake
    return made


def _refuse_places(kept: Kept, backup: Backup) -> None:
    ours = kept.folder.resolve()
    for place in (backup.folder.resolve(), backup.keys.resolve()):
        if place.is_relative_to(ours):
            raise Refused(
                f"{place} lies in the data folder, so what happens to the one happens to both. "
                f"Name a folder elsewhere, on another disk if you can."
            )
        if place.exists() and not place.is_dir():
            raise Refused(f"{place} is a file. A backup takes a folder.")


def _unless_unchanged(kept: Kept, file: LogFile, backup: Backup, now: datetime) -> Made:
    earlier, used = snapshots(backup), _used(kept)
    contents = _contents(kept, file, used)
    if earlier and earlier[-1].contents == contents and _is_as_it_was(backup, earlier[-1]):
        return Made(earlier[-1], new=False)
    _refuse_full_disk(kept, backup)
    with _making(backup.logs) as snapshot, _making(backup.keys) as keys:
        return _made(kept, file, backup, now, snapshot, keys)


def _used(kept: Kept) -> list[key_copy.Row]:
    """The keys that are in use.

    Raises:
        Refused: their file is damaged, so that a backup of it would be none.
    """
    file = kept.keys / KEYS
    try:
        return key_copy.rows(file)
    except sqlite3.DatabaseError as mistake:
        raise Refused(
            f"{file} cannot be read ({mistake}), so nothing was backed up. Those backups that were "
            f"made before are as they were: restoring one brings the keys back."
        ) from mistake


def _contents(kept: Kept, file: LogFile, used: list[key_copy.Row]) -> str:
    """A digest of all that tells whether anything was written since."""
    beside = {str(name): digest(kept.folder / name) for name in kept_files(kept.folder)}
    told = [file.end(), file.promised_end(), file.counted(), key_copy.digest_of(used), beside]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _is_as_it_was(backup: Backup, snapshot: Snapshot) -> bool:
    """Whether a snapshot and the keys are still there, to the byte."""
    folder = backup.logs / snapshot.name
    return (
        not snapshot.faults and digests(folder) == snapshot.files and (backup.keys / KEYS).exists()
    )


def _refuse_full_disk(kept: Kept, backup: Backup) -> None:
    needed = kept.log.stat().st_size + LEAST_LEFT
    free = shutil.disk_usage(backup.logs).free
    if free < needed:
        raise Refused(
            f"{backup.folder} has {free // 1_000_000} MB free, and a backup needs "
            f"{needed // 1_000_000}. Make room, keep fewer (--keep), or name another disk."
        )


@contextmanager
def _making(folder: Path) -> Iterator[Path]:
    """A folder that is made, and removed unless it was renamed; what a killed backup left goes."""
    place = folder / MAKING
    shutil.rmtree(place, ignore_errors=True)
    durable.make_folder(place, mode=0o700)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _made(
    kept: Kept, file: LogFile, backup: Backup, now: datetime, making: Path, keys: Path
) -> Made:
    """Copy, verify, and only then let it count.

    The keys are read after the log, so that none is missing of anybody in it; and they are in
    place before it, so that no snapshot ever lacks them.
    """
    copy_log(file, making)
    used = _used(kept)
    copy_beside(kept.folder, making)
    earlier = snapshots(backup)
    with LogFile(making / LOG, resting=True) as copy:
        _refuse_another_log(copy, backup, earlier)
        forgotten = forgotten_in(copy).people
        contents = _contents(Kept(making, keys, kept.kek), copy, used)
        newest_at = _newest_at(copy)
    before = key_copy.rows(backup.keys / KEYS)
    merged = key_copy.merged(used, before, forgotten)
    key_copy.write(merged, keys / KEYS)
    last = backup.logs / earlier[-1].name / LOG if earlier else None
    found = verified(Kept(making, keys, kept.kek, resting=True), last)
    if any(fault.part == "text" for fault in found.faults):  # perhaps it is the keys in use
        (keys / KEYS).unlink()
        key_copy.write(key_copy.merged(before, used, ()), keys / KEYS)
    snapshot = Snapshot(
        name=_free_name(backup, now),
        made_at=now,
        made_by=__version__,
        position=found.position,
        newest_at=newest_at,
        contents=contents,
        files=digests(making),
        faults=tuple(fault.says for fault in found.faults),
    )
    durable.put_in_place(keys / KEYS, backup.keys / KEYS)
    _copy_kek(kept, backup)
    described = snapshot.model_dump_json(indent=1).encode()
    durable.write(making / DESCRIBED, described, mode=durable.OWNER_ONLY)
    durable.put_in_place(making, backup.logs / snapshot.name)
    _keep_only(backup)
    return Made(snapshot, new=True, found=found, lost_keys=len(merged) - len(used))


def _refuse_another_log(copy: LogFile, backup: Backup, earlier: list[Snapshot]) -> None:
    """Refuse to mix the backups of two logs: the first fact tells them apart."""
    if not earlier:
        return
    with LogFile(backup.logs / earlier[-1].name / LOG, resting=True) as before:
        ours, theirs = next(copy.raw(), None), next(before.raw(), None)
    if ours and theirs and ours[1] != theirs[1]:
        raise Refused(
            f"{backup.folder} holds the backups of another log. Name a folder of its own for this."
        )


def _newest_at(copy: LogFile) -> datetime | None:
    """When the newest fact was recorded, none if that cannot be read."""
    for position, stored in copy.at([copy.end()]):
        try:
            return PlainMapper().read(stored, position).stamp.at
        except Refused:
            return None
    return None


def _free_name(backup: Backup, now: datetime) -> str:
    name = name_at(now)
    while (backup.logs / name).exists():  # two in one second
        name += "a"
    return name


def _copy_kek(kept: Kept, backup: Backup) -> None:
    """Copy the key-encryption key where it lies among the keys; elsewhere it is kept on purpose."""
    if kept.kek.parent.resolve() == kept.keys.resolve() and kept.kek.exists():
        durable.write(backup.keys / KEK, kept.kek.read_bytes(), mode=durable.OWNER_ONLY)


def _keep_only(backup: Backup) -> None:
    """Remove the oldest snapshots; those in which something is wrong never push a whole one out."""
    found = snapshots(backup)
    for some in ([one for one in found if not one.faults], [one for one in found if one.faults]):
        for old in some[: -backup.keep]:
            shutil.rmtree(backup.logs / old.name)
