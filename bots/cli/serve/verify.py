"""`ehsg verify`: whether everything is there, whole, and every figure follows from the answers."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, Run, kept_of, run_of
from bots.cli.printing import print_json
from bots.cli.serve.backup import WITH_FAULTS
from bots.cli.show.pack_again import tell_again
from ehsg_events.kernel import Refused

if TYPE_CHECKING:
    from ehsg_events.ledger.others.cosignatures import Standing
    from projections.verification.verification import Verified

FIGURES = ("position", "facts", "texts", "older", "forgotten", "guides", "figures", "read_models")


def verify(
    context: typer.Context,
    against: Annotated[
        Path | None,
        typer.Option(help="A backup; all it holds must stand here unchanged."),
    ] = None,
    checkpoint: Annotated[
        list[Path] | None,
        typer.Option(help="A checkpoint of the ledger that was kept; it must be part of it still."),
    ] = None,
    pack: Annotated[
        Path | None,
        typer.Option(help="An audit pack instead: every table of it, from its facts alone."),
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

    if pack is not None:
        if not tell_again(pack, as_json=as_json):
            raise typer.Exit(WITH_FAULTS)
        return
    run = run_of(context)
    kept = kept_of(run)
    backup = backup_of(os.environ, against)
    before = named(backup, None) if backup and (against or snapshots(backup)) else None
    earlier = backup.logs / before.name / LOG if backup and before else None
    notes = [checkpoint_in(file) for file in checkpoint or ()]
    found, stand = verified(kept, earlier, checkpoints=notes), _standing(run)
    if as_json:
        print_json(document(found, stand) | {"against": str(earlier) if earlier else None})
    else:
        beside = said(found, before.day if before else None)
        print("\n".join([*beside, *of_ledger(found, len(notes), stand)]))
    if not found.whole:
        raise typer.Exit(WITH_FAULTS)


def _standing(run: Run) -> Standing | None:
    """How the ledger stands with its witnesses; none where the log is so damaged that it cannot be told."""
    from bots.service.witnesses import read_settings, standing_of

    if read_settings(os.environ).each:
        with suppress(Refused, sqlite3.DatabaseError):
            return standing_of(run.log, os.environ)
    return None


def document(found: Verified, stand: Standing | None = None) -> dict[str, Any]:
    """What was found, for programs."""
    return {
        "whole": found.whole,
        **{name: getattr(found, name) for name in FIGURES},
        "ledger": ledger_document(found, stand),
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
    has_ledger = found.ledger is not None and found.ledger.signed is not None
    beside = (
        f"Every fact of the backup of {compared} was compared."
        if compared
        else "No backup was compared: --against names one."
        if has_ledger
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


def checkpoint_in(file: Path) -> str:
    """The note in a file that somebody kept.

    Raises:
        Refused: it cannot be read.
    """
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, ValueError) as mistake:
        why = getattr(mistake, "strerror", None) or "it is no text"
        raise Refused(f"{file} cannot be read as a checkpoint: {why}.") from mistake


def ledger_document(found: Verified, stand: Standing | None) -> dict[str, Any] | None:
    """What was found of the ledger, for programs; none where there is none."""
    from bots.cli.show.witnessed import document as of_witnesses

    ledger = found.ledger
    if ledger is None or ledger.terms is None or ledger.signed is None:
        return None
    return {
        "origin": ledger.terms.origin,
        "key": ledger.terms.keys[-1],
        "begun": ledger.terms.begun.isoformat(),
        "since": ledger.terms.since.isoformat(),
        "facts": ledger.size,
        "signed": ledger.signed.size,
        "signed_at": ledger.signed.at.isoformat(),
        "checkpoint": ledger.signed.note,
        "witnesses": of_witnesses(stand),
    }


def of_ledger(found: Verified, kept: int, stand: Standing | None = None) -> list[str]:
    """What the ledger shows, who cosigned it, and what it does not show."""
    from bots.cli.show.witnessed import lines, made_anew

    ledger = found.ledger
    if any(fault.part == "ledger" for fault in found.faults):
        return []
    if ledger is None or ledger.terms is None:
        return ["This log has no ledger yet; `ehsg serve` begins it."]
    if ledger.signed is None:
        return ["Nothing is signed here of this log's ledger; `ehsg serve` signs it."]
    many, they = (
        ("the checkpoint", "it covers") if kept == 1 else (f"all {kept} checkpoints", "they cover")
    )
    since = f"{ledger.terms.since:%Y-%m-%d %H:%M} UTC"
    stands = (
        f"Every fact up to position {ledger.size} stands as the ledger has it, which has been there "
        f"since {since} and was signed last on {ledger.signed.at:%Y-%m-%d %H:%M} UTC. Its key is "
        f"{ledger.terms.keys[-1]}"
    )
    beside = (
        f"It goes on from {many} that you kept: what {they} was not altered since."
        if kept
        else "Whoever holds this machine and its key could have made all of it anew. Only a "
        "checkpoint that somebody else kept would show that: --checkpoint names one."
    )
    anew = made_anew(ledger.terms).rstrip()
    return [stands, *[anew] * bool(anew), beside, *lines(stand)]


COMMANDS = {
    "verify": Command(verify, "ehsg verify --against /mnt/backup/our-area"),
}
