"""`ehsg workshop status`: where a workshop stands, to be read aloud."""

from __future__ import annotations

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, Which, run_of
from bots.cli.printing import tell
from bots.operations.workshop_status import workshop_status


def status(context: typer.Context, which: Which = None, *, as_json: AsJson = False) -> None:
    """Say who is in the room, and how many have voted."""
    run = run_of(context)
    sentences, document = workshop_status(run.log, run.assessment(which))
    tell(sentences, document, as_json=as_json)


COMMANDS = {"workshop status": Command(status, "ehsg workshop status")}
