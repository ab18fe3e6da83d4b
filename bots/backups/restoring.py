"""A backup brought back into a new folder, and a data folder copied to another place; verified."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bots.backups import key_copy
from bots.backups.snapshot import (
    KEK,
    KEYS,
    LOG,
    Backup,
    Snapshot,
    copy_beside,
    copy_ledger,
    copy_log,
    digest,
    named,
    newest,
    snapshots,
)
from ehsg_events.kernel import Refused
from guides import durable
from projections.verification.log_file import LogFile
from projections.verification.verification import Kept, Verified, forgotten_in, verified


class Restored(NamedTuple):
    """What came of a restoring: from which snapshot, what was found, and what is newer than it."""

    snapshot: Snapshot
    found: Verified
    newer: list[str]
    forgotten_since: int


def restore(
    backup: Backup,
    into: Path,
    kek: Path | None = None,
    name: str | None = None,
    beside: Path | None = None,
) -> Restored:
    """Bring a snapshot back into a folder that holds nothing yet.

    Args:
        kek: the key-encryption key, where it does not lie among the backup's keys.
        name: of the snapshot, or its beginning; the newest when none is given.
        beside: a data folder that may hold something newer.

    Raises:
        Refused: the folder is in use, or the snapshot or its keys are not as they were written.
    """
    chosen = named(backup, name)
    source = backup.logs / chosen.name
    _refuse_altered(source, chosen)
    key = _kek_of(backup, kek)
    with LogFile(backup.logs / newest(backup).name / LOG, resting=True) as latest:
        forgotten = forgotten_in(latest, after=chosen.position)
    with _made_whole(into) as making, LogFile(source / LOG, resting=True) as file:
        copy_log(file, making)
        copy_beside(source, making)
        _copy_keys(backup.keys / KEYS, making / "keys")
        if kek is None:
            durable.write(making / "keys" / KEK, key.read_bytes(), mode=durable.OWNER_ONLY)
        kept = Kept(making, making / "keys", key, resting=True)
        found = verified(kept, also_forgotten=forgotten)
    return Restored(chosen, found, [*_newer(backup, chosen, beside)], len(forgotten.people))


def move(kept: Kept, into: Path) -> Verified:
    """Copy a data folder to a place that holds nothing yet; the old one stays as it is.

    Raises:
        Refused: the place is in use, or somebody wrote to the old folder meanwhile.
    """
    with _made_whole(into) as making:
        with LogFile(kept.log) as file:
            copy_log(file, making)
            copy_beside(kept.folder, making)
            _copy_keys(kept.keys / KEYS, making / "keys")
            copy_ledger(kept.folder, making)
        apart = kept.kek.parent.resolve() != kept.keys.resolve()
        key = kept.kek if apart else making / "keys" / KEK
        if not apart:
            durable.write(key, kept.kek.read_bytes(), mode=durable.OWNER_ONLY)
        found = verified(Kept(making, making / "keys", key, resting=True))
        with LogFile(kept.log) as now:
            end = now.end()
        if end != found.position:
            raise Refused(
                f"Somebody wrote to {kept.folder} while it was copied, so nothing was moved. End "
                f"the server and whatever else uses it, then move it again."
            )
    return found


@contextmanager
def _made_whole(into: Path) -> Iterator[Path]:
    """A folder beside the one that is wanted, which takes its place when all went well.

    Raises:
        Refused: there is something already, or it cannot be written there.
    """
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        held = "a log" if (into / LOG).exists() else "something"
        raise Refused(
            f"{into} holds {held} already, and nothing is ever written over it. Name a new folder."
        )
    making = into.with_name(f".{into.name}.making")
    try:
        shutil.rmtree(making, ignore_errors=True)
        durable.make_folder(making, mode=0o700)
        durable.make_folder(making / "keys", mode=0o700)
        yield making
        durable.put_in_place(making, into)
    except (OSError, sqlite3.Error) as mistake:
        said = getattr(mistake, "strerror", None) or str(mistake)
        raise Refused(f"{into} was not made: {said}. Nothing was changed.") from mistake
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _refuse_altered(source: Path, snapshot: Snapshot) -> None:
    """Refuse a snapshot of which a file is missing or not as it was written."""
    for name, was in snapshot.files.items():
        file = source / name
        if not file.is_file() or digest(file) != was:
            raise Refused(
                f"{name} in the backup of {snapshot.day} is not as it was written. Choose "
                f"another snapshot: a list shows them."
            )


def _kek_of(backup: Backup, kek: Path | None) -> Path:
    if not (backup.keys / KEYS).is_file():
        raise Refused(
            f"There are no keys in {backup.keys}, so nobody's words could be read. Name the folder "
            f"of the keys that they were backed up to."
        )
    key = kek or backup.keys / KEK
    if not key.is_file():
        raise Refused(
            "The key-encryption key is not in this backup: it was kept apart on purpose. Set "
            "EHSG_KEK_FILE to where you keep it, and restore again."
        )
    return key


def _copy_keys(file: Path, into: Path) -> None:
    key_copy.write(key_copy.rows(file), into / KEYS)


def _newer(backup: Backup, chosen: Snapshot, beside: Path | None) -> Iterator[str]:
    """What is newer than a snapshot, as far as it can be known."""
    last = snapshots(backup)[-1]
    if last.name != chosen.name:
        more = last.position - chosen.position
        yield f"The backup of {last.day} is newer and holds {more} facts more."
    if beside is not None and (beside / LOG).exists():
        with LogFile(beside / LOG) as file:
            more = file.end() - chosen.position
        if more > 0:
            yield f"{beside} holds {more} facts more than this backup. They are not in it."
