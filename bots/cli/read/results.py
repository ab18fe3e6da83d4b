"""`ehsg results`: every descriptor, and the score that stands."""

from __future__ import annotations

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, AsOf, Which, view_of
from bots.cli.printing import print_json


def results(
    context: typer.Context, as_of: AsOf = None, which: Which = None, *, as_json: AsJson = False
) -> None:
    """Every descriptor: how far the panel agrees, and the score that stands."""
    from bots.cli.show import answers
    from projections.results import results as read_model

    rows = read_model.results(view_of(context, which, as_of))
    if as_json:
        print_json([row.model_dump(mode="json") for row in rows])
    else:
        answers.show_results(rows)


COMMANDS = {
    "results": Command(results, "ehsg results --as-of 2026-10-20"),
}
