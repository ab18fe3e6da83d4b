"""`ehsg disagreement` and `ehsg participation`: where the panel stands apart, and who took part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bots.cli.desk import AsJson, AsOf, Which, print_json
from bots.cli.show import view_of

if TYPE_CHECKING:
    from projections.figures.disagreement import Changed, Disagreement, Standpoint
    from projections.figures.participation import Part, Participation


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("disagreement")(disagreement)
    app.command("participation")(participation)


def disagreement(
    context: typer.Context,
    number: Annotated[
        int | None, typer.Option("--round", help="The newest closed if none.")
    ] = None,
    as_of: AsOf = None,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Where the panel stood apart after a round, widest first: which agency, and who moved."""
    from projections.figures.disagreement import disagreements

    found = disagreements(view_of(context, which, as_of), number)
    if as_json:
        print_json([one.model_dump(mode="json") for one in found])
        return
    print("\n".join(_apart(found)) or "No closed round has two scores on the same descriptor.")


def _apart(found: Sequence[Disagreement]) -> Iterator[str]:
    from projections.figures.agreement import VERDICTS, count

    for one in found:
        ran = f"all {one.low}" if one.low == one.high else f"from {one.low} to {one.high}"
        yield (
            f"{one.item} {one.label}: {ran}, {count(one.n, 'score')}, "
            f"{VERDICTS[one.verdict]} after round {one.round}"
        )
        yield from (f"  {_stand(stand)}" for stand in one.agencies)
        yield from (f"  {_moved(moved)}" for moved in one.changed)


def _stand(one: Standpoint) -> str:
    from projections.figures.agreement import count, figure

    ran = "" if one.low == one.high else f", from {one.low} to {one.high}"
    return f"{one.agency} {figure(one.median)} ({count(one.n, 'score')}{ran})"


def _moved(one: Changed) -> str:
    saw = " and ".join(
        what
        for what, seen in (("the group's figures", one.saw_figures), ("reasons", one.saw_reasons))
        if seen
    )
    how = f"having seen {saw}" if saw else "blind"
    return (
        f"{one.stakeholder} of {one.agency} moved from {one.score_before} to {one.score_after} "
        f"since round {one.since}, {how}"
    )


def participation(
    context: typer.Context, as_of: AsOf = None, which: Which = None, *, as_json: AsJson = False
) -> None:
    """Who took part, by agency, in each round and over all of them; never what they said."""
    from projections.figures import participation as read_model

    found = read_model.participation(view_of(context, which, as_of))
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    for one in found.rounds:
        _show(one)
    print("\n".join(_over_all(found)) or "No round was opened yet. `ehsg round open` opens one.")


def _show(one: Part) -> None:
    from rich.text import Text

    from bots.cli.tables import console, headed

    state = "closed" if one.closed else "open"
    heads = ("Agency", "Invited", "Started", "Answered", "Completed", "Withdrew")
    drawn = headed(f"Round {one.round} ({one.kind}, {state})", *heads)
    for row in one.agencies:
        said = [row.invited, row.started, row.answered, row.completed, row.withdrawn]
        drawn.add_row(Text(row.agency), *map(str, said))
    console().print(drawn)


def _over_all(found: Participation) -> Iterator[str]:
    for one in found.agencies:
        left = f"; {one.withdrawn} withdrew" if one.withdrawn else ""
        yield f"{one.agency}: {one.answered} of {one.invited} people asked have answered{left}"
