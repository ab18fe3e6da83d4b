"""`ehsg policy show`: how rounds are timed, in sentences."""

from __future__ import annotations

from datetime import UTC, datetime

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, Which, run_of
from bots.cli.operations import show
from bots.operations.policy_status import policy_stands


def show_policy(context: typer.Context, which: Which = None, *, as_json: AsJson = False) -> None:
    """Say how rounds are timed, whom they chase and what they show."""
    run = run_of(context)
    show(policy_stands(run.log, run.assessment(which), datetime.now(UTC)), as_json=as_json)


COMMANDS = {"policy show": Command(show_policy, "ehsg policy show")}
