"""`ehsg waiting`: what waits for whom."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, Which, run_of
from bots.cli.printing import tell
from bots.operations.typed import typed

if TYPE_CHECKING:
    from projections.collecting.coordinator_tasks import Waiting


def waiting(context: typer.Context, which: Which = None, *, as_json: AsJson = False) -> None:
    """List what waits for whom, until when, and the command that settles it."""
    from projections.collecting import coordinator_tasks as read_model

    run = run_of(context)
    tasks = read_model.waiting(run.log, run.assessment(which), datetime.now(UTC))
    lines = (f"{task.says}\n  {typed(task.way)}" for task in tasks)
    none = "Nothing waits for anybody."
    tell("\n".join(lines) or none, [_document(task) for task in tasks], as_json=as_json)


def _document(task: Waiting) -> dict[str, Any]:
    """What waits, for programs: the operation as it is typed."""
    document = task.model_dump(mode="json", exclude={"way", "says"})
    return {**document, "command": typed(task.way), "says": task.says}


COMMANDS = {
    "waiting": Command(waiting, "ehsg waiting"),
}
