"""`ehsg participation`: who took part, by agency."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, AsOf, Which, view_of
from bots.cli.printing import print_json

if TYPE_CHECKING:
    from projections.figures.participation import Part, Participation


def participation(
    context: typer.Context, as_of: AsOf = None, which: Which = None, *, as_json: AsJson = False
) -> None:
    """Who took part, by agency, in each round and over all of them; never what they said."""
    from projections.figures import participation as read_model

    found = read_model.participation(view_of(context, which, as_of))
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    for one in found.rounds:
        _show(one)
    print("\n".join(_over_all(found)) or "No round was opened yet. `ehsg round open` opens one.")


def _show(one: Part) -> None:
    from rich.text import Text

    from bots.cli.show.console import draw, headed

    state = "closed" if one.closed else "open"
    heads = ("Agency", "Invited", "Started", "Answered", "Completed", "Withdrew")
    drawn = headed(f"Round {one.round} ({one.kind}, {state})", *heads)
    for row in one.agencies:
        said = [row.invited, row.started, row.answered, row.completed, row.withdrawn]
        drawn.add_row(Text(row.agency), *map(str, said))
    draw(drawn)


def _over_all(found: Participation) -> Iterator[str]:
    for one in found.agencies:
        left = f"; {one.withdrawn} withdrew" if one.withdrawn else ""
        yield f"{one.agency}: {one.answered} of {one.invited} people asked have answered{left}"


COMMANDS = {
    "participation": Command(participation, "ehsg participation"),
}
