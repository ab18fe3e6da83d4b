"""`ehsg compare`: two areas side by side."""

from __future__ import annotations

from typing import Annotated

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, run_of
from bots.cli.printing import print_json

Year = Annotated[int, typer.Option("--year", help="The year it was handed in for.")]


def compare_areas(
    context: typer.Context,
    area: Annotated[str, typer.Argument(metavar="AREA")],
    other: Annotated[str, typer.Argument(metavar="AREA")],
    year: Year,
    *,
    as_json: AsJson = False,
) -> None:
    """Put two areas side by side: means, differences, minimum scores, choices."""
    from bots.cli.show.comparison import show_comparison
    from projections.submissions.comparison import compare

    comparison = compare(run_of(context).log, area, other, year)
    if as_json:
        print_json(comparison.model_dump(mode="json"))
    else:
        show_comparison(comparison)


COMMANDS = {
    "compare": Command(compare_areas, "ehsg compare Northvale Southmere --year 2022"),
}
