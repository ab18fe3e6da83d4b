"""`ehsg demo`: a whole assessment rehearsed through the same code as real use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bots.cli.desk import AsJson, desk_of, only_one, print_json

FOLDER = Path("demo-data")
SEED = 2022


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command("demo")(demo)


def demo(
    context: typer.Context,
    seed: Annotated[int, typer.Option(help="What the invented people's answers follow.")] = SEED,
    *,
    chat: Annotated[bool, typer.Option("--chat", help="Take one person's place.")] = False,
    as_json: AsJson = False,
) -> None:
    """Rehearse a whole two-round assessment with thirty invented people, on a simulated clock."""
    from bots.cli import rehearsing

    desk = desk_of(context)
    if desk.folder is None or desk.from_environment:
        desk.folder = FOLDER
    rehearsing.refuse_unless_rehearsals(desk.new_log())
    with only_one(desk.folder, "demo"):
        name = rehearsing.rehearse(desk.log, seed, chat=chat)
    places = rehearsing.write_reports(desk.log, name)
    if as_json:
        reports = {kind: str(place) for kind, place in places.items()}
        print_json({"assessment": str(name), "data": str(desk.folder), "report": reports})
    else:
        rehearsing.show_what_came_out(desk.log, name, places["html"])
