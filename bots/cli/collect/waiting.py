"""`ehsg waiting`: what waits for whom."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, Which, run_of
from bots.cli.printing import tell
from bots.operations.typed import typed
from bots.operations.writable import writable
from ehsg_events.panel.names import called

if TYPE_CHECKING:
    from projections.collecting.coordinator_tasks import Waiting


def waiting(context: typer.Context, which: Which = None, *, as_json: AsJson = False) -> None:
    """List what waits for whom, until when, and the command that settles it."""
    from projections.collecting import coordinator_tasks as read_model

    run = run_of(context)
    assessment, now = run.assessment(which), datetime.now(UTC)
    call = partial(called, run.log.assessment(assessment), run.log.text)
    tasks = read_model.waiting(run.log, assessment, now, writable(os.environ), call)
    lines = (line for task in tasks for line in _lines(task))
    none = "Nothing waits for anybody."
    tell("\n".join(lines) or none, [_document(task) for task in tasks], as_json=as_json)


def _lines(task: Waiting) -> Iterator[str]:
    """What waits in a sentence, and below it what is typed, in order."""
    yield task.says
    yield from (f"  {typed(way)}" for way in (task.first, task.way) if way)


def _document(task: Waiting) -> dict[str, Any]:
    """What waits, for programs: the operation as it is typed."""
    document = task.model_dump(mode="json", exclude={"first", "way", "says"})
    return {**document, "command": typed(task.way), "says": task.says}


COMMANDS = {
    "waiting": Command(waiting, "ehsg waiting"),
}
