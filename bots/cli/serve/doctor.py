"""`ehsg doctor`: whether the machine, the folder and what it is joined to are set up well."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, Run, kept_of, run_of
from bots.cli.printing import tell
from bots.cli.serve.backup import WITH_FAULTS
from ehsg_events.kernel import Refused

if TYPE_CHECKING:
    from bots.cli.doctor.line import Line


def doctor(context: typer.Context, *, as_json: AsJson = False) -> None:
    """Look whether this machine is set up well; a line for each thing, with the way out.

    Ends with 0 when nothing is wrong, with 1 when something is.
    """
    lines = [*_lines(run_of(context), datetime.now(UTC))]
    widest = max(len(line.about) for line in lines)
    said = [f"{line.state:10}  {line.about:{widest}}  {line.says}" for line in lines]
    tell("\n".join(said), [line._asdict() for line in lines], as_json=as_json)
    if any(line.state == "wrong" for line in lines):
        raise typer.Exit(WITH_FAULTS)


def _lines(run: Run, now: datetime) -> Iterator[Line]:
    from bots.cli.doctor import folder, joined, machine

    kept = kept_of(run)
    refused, newest, position = _opened(run)
    yield machine.disk(kept.folder, kept.log.stat().st_size)
    yield machine.clock(now, newest)
    yield machine.time_zones()
    yield machine.bank_holidays(now)
    yield folder.version(refused, position)
    yield folder.permissions(kept)
    yield folder.key_encryption_key(kept)
    yield from folder.backup(os.environ, kept, now)
    yield folder.ledger(None if refused else run.log)
    yield joined.address(os.environ)
    yield joined.slack(os.environ)
    yield joined.mail(os.environ, now)
    yield joined.prefect(kept.folder)
    yield joined.witnesses(os.environ, None if refused else run.log, now)


def _opened(run: Run) -> tuple[Refused | None, datetime | None, int]:
    """Why the log cannot be opened, if so; else when its newest fact was recorded, and its place."""
    try:
        end = run.log.store.last_position()
        newest = [fact.stamp.at for fact in run.log.at([end])] if end else []
    except Refused as no:
        return no, None, 0
    return None, newest[0] if newest else None, end


COMMANDS = {
    "doctor": Command(doctor, "ehsg doctor"),
}
