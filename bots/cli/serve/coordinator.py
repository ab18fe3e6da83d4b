"""`ehsg coordinator list`: who coordinates, with names, and where they are written to."""

from __future__ import annotations

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, Which, run_of
from bots.cli.printing import tell
from bots.phrases.labels import reached_by


def list_coordinators(
    context: typer.Context, which: Which = None, *, as_json: AsJson = False
) -> None:
    """List the coordinators with their names and where they are written to: for their own eyes."""
    run = run_of(context)
    coordinators = run.log.assessment(run.assessment(which)).coordinators
    rows = [
        {
            "id": fact.coordinator,
            "name": run.log.named(fact.name),
            "in_slack": fact.slack is not None,
            "written_to": [address.surface for address in fact.addresses],
        }
        for fact in coordinators.values()
    ]
    reached = (reached_by(fact.addresses) for fact in coordinators.values())
    lines = [f"{row['id']}  {row['name']}  {by}" for row, by in zip(rows, reached, strict=True)]
    none = "Nobody is named as a coordinator yet. `ehsg coordinator add` names somebody."
    tell("\n".join(lines) or none, rows, as_json=as_json)


COMMANDS = {
    "coordinator list": Command(list_coordinators, "ehsg coordinator list"),
}
