"""`ehsg restore`: a backup brought back into a new folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, run_of
from bots.cli.printing import tell, warn
from bots.cli.serve.backup import WITH_FAULTS, Keys
from bots.cli.serve.verify import document, said
from ehsg_events.kernel import Refused

if TYPE_CHECKING:
    from bots.backups.snapshot import Backup


def restore(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(help="The backup; EHSG_BACKUP_FOLDER if it is not named.")
    ] = None,
    to: Annotated[Path | None, typer.Option(help="The new data folder.")] = None,
    keys: Keys = None,
    snapshot: Annotated[
        str | None, typer.Option(help="Which, by the beginning of its date; the newest if none.")
    ] = None,
    *,
    list_them: Annotated[bool, typer.Option("--list", help="List what there is.")] = False,
    as_json: AsJson = False,
) -> None:
    """Bring a backup back into a new folder, verified; nothing is ever written over."""
    from bots.backups.restoring import restore as bring_back
    from bots.backups.settings import FOLDER, backup_of

    backup = backup_of(os.environ, folder, keys)
    if backup is None:
        raise Refused(f"Which backup? Say `ehsg restore FOLDER`, or set {FOLDER} once.")
    if list_them or to is None:
        _list(backup, as_json=as_json)
        if not list_them:
            raise Refused("Where to? Name a new folder with --to.")
        return
    key = os.environ.get("EHSG_KEK_FILE")
    done = bring_back(backup, to, Path(key) if key else None, snapshot, run_of(context).folder)
    sentences = [
        f"Restored the backup of {done.snapshot.day} to {to}.",
        *said(done.found)[:-1],
        f"Use it from now on: `ehsg --data {to}`, or set EHSG_DATA.",
    ]
    told = document(done.found) | {"snapshot": done.snapshot.name, "newer": done.newer}
    tell("\n".join(sentences), told, as_json=as_json)
    warn(done.newer)
    if done.forgotten_since:
        gone = (
            f"{done.forgotten_since} people were forgotten after this backup. Their words are gone "
        )
        warn([f"{gone}here, too; record it again, so that the log says why."])
    if not done.found.whole:
        raise typer.Exit(WITH_FAULTS)


def _list(backup: Backup, *, as_json: bool) -> None:
    from bots.backups.snapshot import snapshots

    found = snapshots(backup)
    lines = [
        f"{one.name}  {one.position} facts{f', {len(one.faults)} faults' if one.faults else ''}"
        for one in found
    ]
    rows = [one.model_dump(mode="json", exclude={"contents", "files"}) for one in found]
    tell("\n".join(lines) or f"{backup.folder} holds no backup.", rows, as_json=as_json)


COMMANDS = {
    "restore": Command(restore, "ehsg restore /mnt/backup/our-area --to ./our-area-again"),
}
