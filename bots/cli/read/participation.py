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

    counts = read_model.participation(view_of(context, which, as_of))
    if as_json:
        print_json(counts.model_dump(mode="json"))
        return
    for part in counts.rounds:
        _show(part)
    print("\n".join(_over_all(counts)) or "No round was opened yet. `ehsg round open` opens one.")


def _show(part: Part) -> None:
    from rich.text import Text

    from bots.cli.show.tables import draw, headed

    state = "closed" if part.closed else "open"
    heads = ("Agency", "Invited", "Started", "Answered", "Completed", "Withdrew")
    drawn = headed(f"Round {part.round} ({part.kind}, {state})", *heads)
    for row in part.agencies:
        counts = [row.invited, row.started, row.answered, row.completed, row.withdrawn]
        drawn.add_row(Text(row.agency), *map(str, counts))
    draw(drawn)


def _over_all(counts: Participation) -> Iterator[str]:
    for row in counts.agencies:
        left = f"; {row.withdrawn} withdrew" if row.withdrawn else ""
        yield f"{row.agency}: {row.answered} of {row.invited} people asked have answered{left}"


COMMANDS = {
    "participation": Command(participation, "ehsg participation"),
}
