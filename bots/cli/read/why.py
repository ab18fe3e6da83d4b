"""`ehsg why`: a score walked back to the words somebody typed."""

from __future__ import annotations

from typing import Annotated

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, AsOf, Which, view_of
from bots.cli.printing import print_json
from bots.cli.reading import note_reading


def why(
    context: typer.Context,
    item: Annotated[str, typer.Argument(help="Such as 9.5.")],
    as_of: AsOf = None,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Walk a score back to the words somebody typed, step by step."""
    from bots.cli.show import answers
    from projections.history.steps import whose_words
    from projections.results import results as read_model

    view = view_of(context, which, as_of)
    walk = read_model.why(view, item)
    note_reading(context, view, "why", whose_words(walk.steps))
    if as_json:
        print_json(walk.model_dump(mode="json"))
    else:
        answers.show_why(walk, view.state.policy.zone)


COMMANDS = {
    "why": Command(why, "ehsg why 9.5"),
}
