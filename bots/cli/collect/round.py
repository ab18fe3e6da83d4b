"""`ehsg round status`: where the newest round stands."""

from __future__ import annotations

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, Which, run_of
from bots.cli.printing import tell
from bots.operations import round_status


def status(context: typer.Context, which: Which = None, *, as_json: AsJson = False) -> None:
    """Say where the newest round stands and what is due next."""
    run = run_of(context)
    assessment, now = run.assessment(which), run.stamp("ehsg round status").at
    sentences, document = round_status.round_status(run.log, assessment, now)
    tell(sentences, document, as_json=as_json)


COMMANDS = {"round status": Command(status, "ehsg round status")}
