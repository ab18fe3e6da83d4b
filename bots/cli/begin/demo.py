"""`ehsg demo`: a whole assessment rehearsed through the same code as real use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, Run, run_of
from bots.cli.files import only_one
from bots.cli.printing import print_json
from ehsg_events.kernel import Refused

FOLDER = Path("demo-data")


SEED = 2022


def demo(
    context: typer.Context,
    seed: Annotated[int, typer.Option(help="What the invented people's answers follow.")] = SEED,
    *,
    chat: Annotated[bool, typer.Option("--chat", help="Take one person's place.")] = False,
    look: Annotated[
        bool, typer.Option("--look", help="Then open its pages, with a link for each who reads.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Rehearse a whole two-round assessment with thirty invented people, on a simulated clock."""
    from bots.cli.show import rehearsal
    from bots.rehearsal.stage import finished

    if look and as_json:
        raise Refused("--json prints one document and ends; --look goes on. Say one of them.")
    run = run_of(context)
    if run.folder is None or run.from_environment:
        run.folder = FOLDER
    rehearsal.refuse_unless_rehearsals(run.new_log())
    if look and not chat and (ended := finished(run.log)):
        _look(run, ended)
        return
    with only_one(run.folder, "demo"):
        assessment = rehearsal.rehearse(run.log, seed, chat=chat)
    paths = rehearsal.write_reports(run.log, assessment)
    if as_json:
        reports = {kind: str(path) for kind, path in paths.items()}
        print_json({"assessment": str(assessment), "data": str(run.folder), "report": reports})
    else:
        rehearsal.show_what_came_out(run.log, assessment, paths["html"])
    if look:
        _look(run, assessment)


def _look(run: Run, assessment: UUID) -> None:
    from bots.cli.show import looking

    looking.look(run.log, assessment, run.stamp)


COMMANDS = {
    "demo": Command(demo, "ehsg demo --seed 7"),
}
