"""`ehsg reader list`: who reads the pages, with names, and where they are written to."""

from __future__ import annotations

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, Which, run_of
from bots.cli.printing import tell
from bots.phrases.labels import reached_by


def list_readers(context: typer.Context, which: Which = None, *, as_json: AsJson = False) -> None:
    """List the readers with their names and where they are written to: for coordinators' eyes."""
    run = run_of(context)
    readers = run.log.assessment(run.assessment(which)).readers
    rows = [
        {
            "id": fact.reader,
            "reads_as": fact.reads_as,
            "name": run.log.named(fact.name),
            "written_to": [address.surface for address in fact.addresses],
        }
        for fact in readers.values()
    ]
    reached = (reached_by(fact.addresses) for fact in readers.values())
    lines = [
        f"{row['id']}  {row['reads_as']}  {row['name']}  {by}"
        for row, by in zip(rows, reached, strict=True)
    ]
    none = "Nobody reads the pages yet. `ehsg reader name` names somebody."
    tell("\n".join(lines) or none, rows, as_json=as_json)


COMMANDS = {
    "reader list": Command(list_readers, "ehsg reader list"),
}
