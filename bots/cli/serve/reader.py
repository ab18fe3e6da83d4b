"""`ehsg reader list`: who reads the pages, with names."""

from __future__ import annotations

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, Which, run_of
from bots.cli.printing import tell


def list_readers(context: typer.Context, which: Which = None, *, as_json: AsJson = False) -> None:
    """List the readers with their names: for the coordinators' eyes."""
    run = run_of(context)
    rows = [
        {
            "id": fact.reader,
            "reads_as": fact.reads_as,
            "name": run.log.named(fact.name),
        }
        for fact in run.log.assessment(run.assessment(which)).readers.values()
    ]
    lines = [f"{row['id']}  {row['reads_as']}  {row['name']}" for row in rows]
    none = "Nobody reads the pages yet. `ehsg reader name` names somebody."
    tell("\n".join(lines) or none, rows, as_json=as_json)


COMMANDS = {
    "reader list": Command(list_readers, "ehsg reader list"),
}
