"""The data folder: whether the log opens, who may read its files, and when it was backed up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path

from bots.backups.settings import FOLDER
from bots.backups.snapshot import Backup
from bots.cli.doctor.line import Line, not_set_up, right, wrong
from bots.service.backed_up import BackedUp, backed_up
from ehsg_events import __version__
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from projections.verification.verification import Kept

OTHERS = 0o077
PRIVATE = (
    "log.sqlite*",
    "log.position",
    "begin",
    "serve.log",
    "keys",
    "keys/*",
    "ledger",
    "ledger/*",
    "prefect",
    "prefect/login",
    "prefect/*.db*",
    "read-models",
    "*.lock",
)


def version(opened: Refused | None, position: int) -> Line:
    """Whether this version reads the log.

    Args:
        opened: why the log could not be opened, none if it could.
    """
    if opened is not None:
        return wrong("version", f"This is {__version__}. {opened}")
    return right("version", f"This is {__version__}, and it reads the log: {position} facts.")


def permissions(kept: Kept) -> Line:
    """Whether nobody else on this machine may read what is kept."""
    files = [file for name in PRIVATE for file in kept.folder.glob(name)]
    loose = sorted({file for file in (*files, kept.kek) if _is_loose(file)})
    if loose:
        named = " ".join(str(file) for file in loose)
        return wrong("permissions", f"Others may read {len(loose)} files: chmod go-rwx {named}")
    return right("permissions", f"Nobody else may read the {len(files)} files that hold anything.")


def _is_loose(file: Path) -> bool:
    return file.exists() and bool(file.stat().st_mode & OTHERS)


def ledger(log: Log | None) -> Line:
    """Whether the signed tree over the log is there, and the log goes on from it.

    Args:
        log: none where it cannot be opened, which another line says.
    """
    from ehsg_events.ledger.ledger_file import LedgerFile
    from ehsg_events.ledger.sequencer import ledger_file
    from ehsg_events.ledger.terms import terms_of

    terms = terms_of(log) if log else None
    if log is None or terms is None:
        return not_set_up("ledger", "It is begun when `ehsg serve` runs first.")
    place, end = ledger_file(log.folder), log.store.last_position()
    if not place.exists():
        return wrong(
            "ledger",
            f"{place} is missing: it was deleted, or this folder is a copy or a restored backup. "
            f"`ehsg serve` makes it anew under another key, and the log says when.",
        )
    try:
        with closing(LedgerFile(place, read_only=True)) as file:
            size, signed = file.size(), file.newest()
    except sqlite3.DatabaseError as mistake:
        return wrong("ledger", f"{place} cannot be read ({mistake}). `ehsg verify` says more.")
    if size > end:
        return wrong(
            "ledger",
            f"It has {size} facts, and the log {end}: an older log was put back, or its end was cut "
            f"off. `ehsg verify` says which are missing.",
        )
    last = f"signed last on {signed.at:%Y-%m-%d %H:%M} UTC" if signed else "not signed yet"
    return right("ledger", f"It has {size} of {end} facts, and was {last}. `ehsg verify` compares.")


def backup(environment: Mapping[str, str], kept: Kept, now: datetime) -> Iterator[Line]:
    """Whether there is a recent backup, apart from the data folder, and its keys apart from it."""
    stands = backed_up(environment, now)
    yield _recent(stands)
    if stands.place is not None:
        yield _apart(stands.place, kept)


def _recent(stands: BackedUp) -> Line:
    where = stands.place.folder if stands.place else ""
    said = f"The last was made {stands.at:%Y-%m-%d %H:%M} UTC in {where}" if stands.at else ""
    match stands.state:
        case "wrong":
            return wrong("backup", stands.refused)
        case "not set up":
            way = f"Set {FOLDER}, and `ehsg serve` backs up every night; or `ehsg backup FOLDER`."
            return not_set_up("backup", way)
        case "none yet":
            return wrong("backup", f"There is none in {where} yet. Make one: ehsg backup")
        case "faulty":
            return wrong("backup", f"{said}, and what is wrong with it says `ehsg verify`")
        case "old":
            why = "Make one, and see why none was made at night: ehsg backup"
            return wrong("backup", f"{said}. {why}")
        case "made":
            return right("backup", f"{said}, up to position {stands.position}, and was verified.")


def _apart(place: Backup, kept: Kept) -> Line:
    """Whether what fails or is stolen at one place is still safe at the other."""
    if place.folder.exists() and place.folder.stat().st_dev == kept.folder.stat().st_dev:
        return wrong(
            "backup's place",
            f"{place.folder} is on the disk of the data folder. Name one on another disk: {FOLDER}",
        )
    if place.keys_elsewhere is None:
        return wrong(
            "backup's place",
            f"Log and keys lie together in {place.folder}: whoever has it reads everything. Name "
            f"another place for the keys: EHSG_BACKUP_KEYS",
        )
    return right("backup's place", "On another disk than the data folder, the keys apart.")


def key_encryption_key(kept: Kept) -> Line:
    """Where the key lies without which nothing can be read."""
    about = "key-encryption key"
    if not kept.kek.is_file():
        return wrong(about, f"{kept.kek} is not there. Put it back, or set EHSG_KEK_FILE to it.")
    if kept.kek.parent.resolve() == kept.keys.resolve():
        return not_set_up(
            about,
            f"It lies beside the keys ({kept.kek}) and is backed up with them. To keep it apart, "
            f"set EHSG_KEK_FILE to another place.",
        )
    return right(about, f"It lies apart ({kept.kek}) and is in no backup: keep a copy in a safe.")
