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
    from projections.collecting.missing import missing

    found = missing(view_of(context, which, as_of))
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        _show(found)


def _show(found: Missing) -> None:
    from rich.text import Text

    from bots.cli.show.console import console

    out = console()
    print(found.sentence)
    for one in found.descriptors:
        out.print(Text(f"\n{one.item} {one.label}: {one.says}"))
        out.print(Text(f"  {_by_agency(one)}"))
    if found.people:
        out.print("\nMissing:" if found.closed else "\nWhom to nudge first:")
    for person in found.people:
        out.print(Text(f"  {person.agency}: {person.says}"))


def _by_agency(one: Reached) -> str:
    return ", ".join(f"{share.agency} {share.answered} of {share.asked}" for share in one.agencies)


COMMANDS = {
    "bounds": Command(bounds, "ehsg bounds"),
}
