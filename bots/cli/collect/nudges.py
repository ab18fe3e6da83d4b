"""`ehsg nudges`: who was reminded, and why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, AsOf, Which, view_of
from bots.cli.printing import print_json
from ehsg_events.panel.names import called, person_of

if TYPE_CHECKING:
    from projections.collecting.nudges import Nudge
    from projections.facts.view import View


def nudges(
    context: typer.Context,
    person: Annotated[str | None, typer.Option(help="Only this person, by id or by name.")] = None,
    as_of: AsOf = None,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Say of every nudge when it was sent, or why it was not; never what anybody answered."""
    from projections.collecting import nudges as read_model

    view = view_of(context, which, as_of)
    who = person_of(view.state, view.log.text, person) if person else None
    rows = read_model.nudges(view, who)
    if as_json:
        print_json([row.model_dump(mode="json") for row in rows])
        return
    sentences = [*read_model.tallies(rows), *_by_person(view, rows)]
    print(
        "\n".join(sentences) or "Nobody was nudged yet. `ehsg round status` says what is due next."
    )


def _by_person(view: View, nudges: Sequence[Nudge]) -> Iterator[str]:
    """A line for each nudge, under the person it is about."""
    for person in dict.fromkeys(nudge.person for nudge in nudges):
        theirs = [nudge for nudge in nudges if nudge.person == person]
        who = person and called(view.state, view.log.text, person)
        yield f"\n{who}, {theirs[0].agency}" if who else "\nThe coordinators"
        for nudge in theirs:
            yield f"  Round {nudge.round}, {nudge.what}. {nudge.says}"


COMMANDS = {
    "nudges": Command(nudges, "ehsg nudges --person police-1"),
}
