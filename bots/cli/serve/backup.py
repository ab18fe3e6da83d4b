"""`ehsg backup`: the log and its keys, copied apart and verified."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, kept_of, run_of
from bots.cli.printing import tell, warn
from ehsg_events.kernel import Refused

if TYPE_CHECKING:
    from bots.backups.backing_up import Made
    from bots.backups.snapshot import Backup
    from projections.verification.verification import Kept

WITH_FAULTS = 1  # how the command ends when something is wrong with what it copied or read
Keys = Annotated[Path | None, typer.Option("--keys", help="Where the keys go, apart from the log.")]


def back_up(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(help="Where to; EHSG_BACKUP_FOLDER if it is not named.")
    ] = None,
    keys: Keys = None,
    keep: Annotated[int | None, typer.Option(min=1, help="How many are kept.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Back the data folder up: log and keys apart, verified; nothing when nothing is new."""
    from bots.backups.backing_up import back_up as make
    from bots.backups.settings import FOLDER, backup_of

    backup = backup_of(os.environ, folder, keys, keep)
    if backup is None:
        raise Refused(f"Where to? Say `ehsg backup FOLDER`, or set {FOLDER} once.")
    kept = kept_of(run_of(context))
    made = make(kept, backup, datetime.now(UTC))
    document = {
        "new": made.new,
        "log": str(backup.logs / made.snapshot.name),
        "keys": str(backup.keys),
        "position": made.snapshot.position,
        "made_at": made.snapshot.made_at.isoformat(),
        "faults": [*made.snapshot.faults, *_lost(made)],
    }
    tell(_said(made, backup), document, as_json=as_json)
    warn(_notes(kept, backup))
    wrong = [*made.snapshot.faults, *_lost(made)]
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        raise typer.Exit(WITH_FAULTS)


def _said(made: Made, backup: Backup) -> str:
    snapshot = made.snapshot
    if not made.new:
        return f"Nothing is new since {snapshot.day}; that backup is there, and whole."
    where = f"{backup.logs / snapshot.name}, the keys in {backup.keys}"
    if snapshot.faults:
        return (
            f"Copied {snapshot.position} facts to {where}. But {len(snapshot.faults)} things are "
            f"wrong with them, so no earlier backup was removed:"
        )
    return f"Backed up and verified: {snapshot.position} facts in {where}."


def _lost(made: Made) -> Iterator[str]:
    """What the backup still has and the data folder has not."""
    if made.lost_keys:
        yield (
            f"{made.lost_keys} keys are in the backup and no longer in the data folder, and no fact "
            f"says that anybody was forgotten. `ehsg verify` names the texts; restore the backup."
        )


def _notes(kept: Kept, backup: Backup) -> Iterator[str]:
    """What whoever runs it should know of the places they chose."""
    if backup.keys_elsewhere is None:
        yield (
            f"Whoever has {backup.folder} has log and keys, and can read what was typed. --keys "
            f"names another place for the keys."
        )
    if backup.folder.stat().st_dev == kept.folder.stat().st_dev:
        yield f"{backup.folder} is on the disk of the data folder. If that disk fails, both are gone."
    if kept.kek.parent.resolve() != kept.keys.resolve():
        yield f"{kept.kek} is not in this backup. Without it nothing can be read: keep a copy apart."


COMMANDS = {
    "backup": Command(back_up, "ehsg backup /mnt/backup/our-area --keys /mnt/safe/our-area"),
}
