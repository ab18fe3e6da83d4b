"""`ehsg progress`: who was asked and who has answered."""

from __future__ import annotations

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, AsOf, Which, view_of
from bots.cli.printing import print_json


def progress(
    context: typer.Context, as_of: AsOf = None, which: Which = None, *, as_json: AsJson = False
) -> None:
    """Who was asked and who has answered, by agency and by descriptor; never what they said."""
    from bots.cli.show import answers
    from projections.collecting import progress as read_model

    counts = read_model.progress(view_of(context, which, as_of))
    if as_json:
        print_json(counts.model_dump(mode="json"))
    else:
        answers.show_progress(counts)


COMMANDS = {
    "progress": Command(progress, "ehsg progress"),
}
