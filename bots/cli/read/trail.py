"""`ehsg trail`: every fact in order, in words."""

from __future__ import annotations

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, AsOf, Which, view_of
from bots.cli.printing import print_json


def trail(
    context: typer.Context, as_of: AsOf = None, which: Which = None, *, as_json: AsJson = False
) -> None:
    """Every fact in order, in words."""
    from bots.cli.show import tables
    from projections.results import results as queries

    view = view_of(context, which, as_of)
    found = queries.trail(view)
    if as_json:
        print_json([row.model_dump(mode="json") for row in found])
    else:
        tables.show_steps(found, view.state.policy.zone)


COMMANDS = {
    "trail": Command(trail, "ehsg trail"),
}
