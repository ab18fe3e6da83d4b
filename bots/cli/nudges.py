"""`ehsg nudges` and `ehsg waiting`: who was chased and why not, and what waits for whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bots.cli.desk import AsJson, AsOf, Which, desk_of, print_json, tell
from bots.cli.show import view_of

if TYPE_CHECKING:
    from projections.collecting.nudges import Nudge


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("nudges")(nudges)
    app.command("waiting")(waiting)


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


def waiting(context: typer.Context, which: Which = None, *, as_json: AsJson = False) -> None:
    """List what waits for whom, until when, and the command that settles it."""
    from projections.collecting import coordinator_tasks as settling

    desk = desk_of(context)
    found = settling.waiting(desk.log, desk.stamp("ehsg waiting"), desk.assessment(which))
    lines = (f"{one.says}\n  {one.command}" for one in found)
    none = "Nothing waits for anybody."
    tell("\n".join(lines) or none, [one.model_dump(mode="json") for one in found], as_json=as_json)
