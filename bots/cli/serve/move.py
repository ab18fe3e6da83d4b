"""`ehsg move`: the data folder copied to another place, the old one left as it was."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, kept_of, run_of
from bots.cli.printing import tell
from bots.cli.serve.backup import WITH_FAULTS
from bots.cli.serve.serve import alone
from bots.cli.serve.verify import document, said


def move(
    context: typer.Context,
    to: Annotated[Path, typer.Argument(metavar="FOLDER", help="The new data folder.")],
    *,
    rename: Annotated[
        bool,
        typer.Option(
            "--rename-old", help="Rename the old folder, so that nothing goes on using it."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Copy the data folder to another place and verify it; the old one stays as it was."""
    from bots.backups.restoring import move as copy
    from guides import durable

    kept = kept_of(run_of(context))
    with alone(kept.folder, None):
        found = copy(kept, to)
        old = kept.folder
        if rename and found.whole:
            day = f"{datetime.now(UTC):%Y-%m-%d}"
            old = kept.folder.with_name(f"{kept.folder.name}.moved-{day}")
            durable.put_in_place(kept.folder, old)
    left = (
        f"The old folder is now {old}."
        if old != kept.folder
        else f"{old} is as it was, and whatever still uses it goes on writing there."
    )
    use = (
        f"Use the new one from now on: `ehsg --data {to}`, or set EHSG_DATA. Delete the old one once "
        f"you have seen that all is well."
    )
    sentences = [
        f"Copied to {to}.",
        *said(found)[:-1],
        f"{left} {use}",
    ]
    tell("\n".join(sentences), document(found) | {"old": str(old)}, as_json=as_json)
    if not found.whole:
        raise typer.Exit(WITH_FAULTS)


COMMANDS = {
    "move": Command(move, "ehsg move /srv/our-area"),
}
