"""Where the nightly backup goes, and how many are kept: read from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bots.backups.snapshot import KEEP, Backup
from ehsg_events.kernel import Refused

FOLDER, KEYS, HOW_MANY = "EHSG_BACKUP_FOLDER", "EHSG_BACKUP_KEYS", "EHSG_BACKUP_KEEP"


def chosen(environment: Mapping[str, str]) -> Backup | None:
    """The backup that was set up, none when none was.

    Raises:
        Refused: a setting is not understood.
    """
    folder = environment.get(FOLDER)
    return backup_of(environment, Path(folder) if folder else None)


def backup_of(
    environment: Mapping[str, str],
    folder: Path | None,
    keys: Path | None = None,
    keep: int | None = None,
) -> Backup | None:
    """A backup as it was named, or as the environment has it where nothing was.

    Raises:
        Refused: a setting is not understood.
    """
    place = folder or (Path(environment[FOLDER]) if environment.get(FOLDER) else None)
    if place is None:
        return None
    apart = keys or (Path(environment[KEYS]) if environment.get(KEYS) else None)
    return Backup(place, apart, _number(environment) if keep is None else keep)


def _number(environment: Mapping[str, str]) -> int:
    text = environment.get(HOW_MANY, str(KEEP))
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise Refused(f"{HOW_MANY} is {text}. It takes how many backups are kept, such as {KEEP}.")
    return int(text)
