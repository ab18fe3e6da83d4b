"""`ehsg assessment list`: the assessments in a folder."""

from __future__ import annotations

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, run_of
from bots.cli.printing import tell


def list_assessments(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List the assessments in this folder, oldest first."""
    log = run_of(context).log
    rows = [
        {
            "assessment": str(assessment),
            "area": fact.area,
            "guide": fact.guide,
            "opened": at.isoformat(),
            "abandoned": log.assessment(assessment).abandoned is not None,
        }
        for assessment, at, fact in log.every_assessment()
    ]
    lines = (
        f"{row['assessment']}  {row['area']}  {row['guide']}{'  (abandoned)' if row['abandoned'] else ''}"
        for row in rows
    )
    tell("\n".join(lines), rows, as_json=as_json)


COMMANDS = {
    "assessment list": Command(list_assessments, "ehsg assessment list"),
}
