"""`ehsg trail`: every fact in order, in words."""

from __future__ import annotations

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, AsOf, Which, view_of
from bots.cli.printing import print_json
from bots.cli.reading import note_reading


def trail(
    context: typer.Context, as_of: AsOf = None, which: Which = None, *, as_json: AsJson = False
) -> None:
    """Every fact in order, in words."""
    from bots.cli.show import answers
    from projections.history.steps import whose_words
    from projections.results import results as read_model

    view = view_of(context, which, as_of)
    steps = read_model.trail(view)
    note_reading(context, view, "trail", whose_words(steps))
    if as_json:
        print_json([step.model_dump(mode="json") for step in steps])
    else:
        answers.show_steps(steps, view.state.policy.zone)


COMMANDS = {
    "trail": Command(trail, "ehsg trail"),
}
