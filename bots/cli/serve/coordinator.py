"""`ehsg coordinator list`: who coordinates, with names."""

from __future__ import annotations

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, Which, run_of
from bots.cli.printing import tell


def list_coordinators(
    context: typer.Context, which: Which = None, *, as_json: AsJson = False
) -> None:
    """List the coordinators with their names: for the coordinators' eyes."""
    run = run_of(context)
    coordinators = run.log.assessment(run.assessment(which)).coordinators
    rows = [
        {
            "id": fact.coordinator,
            "name": run.log.named(fact.name),
            "in_slack": fact.slack is not None,
        }
        for fact in coordinators.values()
    ]
    lines = [f"{row['id']}  {row['name']}{'  Slack' * bool(row['in_slack'])}" for row in rows]
    none = "Nobody coordinates from Slack yet. `ehsg coordinator add` names somebody."
    tell("\n".join(lines) or none, rows, as_json=as_json)


COMMANDS = {
    "coordinator list": Command(list_coordinators, "ehsg coordinator list"),
}
