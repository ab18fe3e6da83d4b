"""`ehsg verify`: whether everything is there, whole, and every figure follows from the answers."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, kept_of, run_of
from bots.cli.printing import print_json
from bots.cli.serve.backup import WITH_FAULTS

if TYPE_CHECKING:
    from projections.verification.verification import Verified

FIGURES = ("position", "facts", "texts", "older", "forgotten", "guides", "figures", "read_models")


def verify(
    context: typer.Context,
    against: Annotated[
        Path | None,
        typer.Option(help="A backup; all it holds must stand here unchanged."),
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Look whether everything is there and whole, and compute every figure anew.

    Ends with 0 when nothing is wrong, with 1 when something is.
    """
    from bots.backups.settings import backup_of
    from bots.backups.snapshot import LOG, named, snapshots
    from projections.verification.verification import verified

    kept = kept_of(run_of(context))
    backup = backup_of(os.environ, against)
    before = named(backup, None) if backup and (against or snapshots(backup)) else None
    earlier = backup.logs / before.name / LOG if backup and before else None
    found = verified(kept, earlier)
    if as_json:
        print_json(document(found) | {"against": str(earlier) if earlier else None})
    else:
        print("\n".join(said(found, before.day if before else None)))
    if not found.whole:
        raise typer.Exit(WITH_FAULTS)


def document(found: Verified) -> dict[str, Any]:
    """What was found, for programs."""
    return {
        "whole": found.whole,
        **{name: getattr(found, name) for name in FIGURES},
        "faults": [fault._asdict() for fault in found.faults],
    }


def said(found: Verified, compared: str | None = None) -> list[str]:
    """What was found, in sentences: what is wrong first, and what was looked at."""
    from projections.figures.agreement import count

    looked = (
        f"Looked at {count(found.facts, 'fact')} up to position {found.position}, "
        f"{count(found.texts, 'sealed text')}, {count(found.guides, 'guide')}, "
        f"{count(found.figures, 'measure')} and the read models of "
        f"{count(found.read_models, 'assessment')}."
    )
    beside = (
        f"Every fact of the backup of {compared} was compared."
        if compared
        else "No backup was compared, so a changed digit of an answer that was never measured would "
        "not show: --against names one."
    )
    older = (
        f"{count(found.older, 'text')} of them, sealed by version 0.5.0 or an earlier one, would not "
        f"show it if they were exchanged within one interview."
    )
    wrong = [f"- {fault.says}" for fault in found.faults]
    many = f"{len(wrong)} things are" if len(wrong) > 1 else "One thing is"
    verdict = f"{many} wrong:" if wrong else "Everything is there and whole."
    return [verdict, *wrong, looked, *[older] * bool(found.older), beside]


COMMANDS = {
    "verify": Command(verify, "ehsg verify --against /mnt/backup/our-area"),
}
