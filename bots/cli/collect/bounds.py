"""`ehsg bounds`: who is missing, and how far their silence leaves a descriptor open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, AsOf, Which, view_of
from bots.cli.printing import print_json

if TYPE_CHECKING:
    from projections.collecting.missing import Missing, Reached


def bounds(
    context: typer.Context, as_of: AsOf = None, which: Which = None, *, as_json: AsJson = False
) -> None:
    """Say whom to nudge while a round is open, and what silence left open once it is closed."""
    from projections.collecting import missing as read_model

    missing = read_model.missing(view_of(context, which, as_of))
    if as_json:
        print_json(missing.model_dump(mode="json"))
    else:
        _show(missing)


def _show(missing: Missing) -> None:
    from rich.text import Text

    from bots.cli.show.tables import console

    out = console()
    print(missing.sentence)
    for reached in missing.descriptors:
        out.print(Text(f"\n{reached.item} {reached.label}: {reached.says}"))
        out.print(Text(f"  {_by_agency(reached)}"))
    if missing.people:
        out.print("\nMissing:" if missing.closed else "\nWhom to nudge first:")
    for person in missing.people:
        out.print(Text(f"  {person.agency}: {person.says}"))


def _by_agency(reached: Reached) -> str:
    return ", ".join(
        f"{share.agency} {share.answered} of {share.asked}" for share in reached.agencies
    )


COMMANDS = {
    "bounds": Command(bounds, "ehsg bounds"),
}
