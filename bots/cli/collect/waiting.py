"""`ehsg waiting`: what waits for whom."""

from __future__ import annotations

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
    from projections.collecting import coordinator_tasks as settling

    run = run_of(context)
    found = settling.waiting(run.log, run.stamp("ehsg waiting"), run.assessment(which))
    lines = (f"{one.says}\n  {typed(one.way)}" for one in found)
    none = "Nothing waits for anybody."
    tell("\n".join(lines) or none, [_document(one) for one in found], as_json=as_json)


def _document(one: Waiting) -> dict[str, Any]:
    """What waits, for programs: the operation as it is typed."""
    document = one.model_dump(mode="json", exclude={"way", "says"})
    return {**document, "command": typed(one.way), "says": one.says}


COMMANDS = {
    "waiting": Command(waiting, "ehsg waiting"),
}
