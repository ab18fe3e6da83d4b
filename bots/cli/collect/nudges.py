"""`ehsg nudges`: who was reminded, and why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, AsOf, Which, view_of
from bots.cli.printing import print_json

if TYPE_CHECKING:
    from projections.collecting.nudges import Nudge


def nudges(
    context: typer.Context,
    person: Annotated[str | None, typer.Option(help="Only this person, by id.")] = None,
    as_of: AsOf = None,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Say of every nudge when it was sent, or why it was not; never what anybody answered."""
    from projections.collecting import nudges as chased

    found = chased.nudges(view_of(context, which, as_of), person)
    if as_json:
        print_json([one.model_dump(mode="json") for one in found])
        return
    sentences = [*chased.tallies(found), *_by_person(found)]
    print(
        "\n".join(sentences) or "Nobody was nudged yet. `ehsg round status` says what is due next."
    )


def _by_person(found: Sequence[Nudge]) -> Iterator[str]:
    """A line for each nudge, under the person it is about."""
    for person in dict.fromkeys(one.person for one in found):
        theirs = [one for one in found if one.person == person]
        yield f"\n{person} ({theirs[0].agency})" if person else "\nThe coordinators"
        for one in theirs:
            yield f"  Round {one.round}, {one.what}. {one.says}"


COMMANDS = {
    "nudges": Command(nudges, "ehsg nudges --person police-1"),
}
