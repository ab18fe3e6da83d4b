"""`ehsg disagreement`: where the panel stands apart, widest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, AsOf, Which, view_of
from bots.cli.printing import print_json

if TYPE_CHECKING:
    from projections.figures.disagreement import Changed, Disagreement, Standpoint


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

    rows = disagreements(view_of(context, which, as_of), number)
    if as_json:
        print_json([row.model_dump(mode="json") for row in rows])
        return
    print("\n".join(_apart(rows)) or "No closed round has two scores on the same descriptor.")


def _apart(rows: Sequence[Disagreement]) -> Iterator[str]:
    from projections.figures.agreement import VERDICTS, count

    for row in rows:
        span = f"all {row.low}" if row.low == row.high else f"from {row.low} to {row.high}"
        yield (
            f"{row.item} {row.label}: {span}, {count(row.n, 'score')}, "
            f"{VERDICTS[row.verdict]} after round {row.round}"
        )
        yield from (f"  {_stand(standpoint)}" for standpoint in row.agencies)
        yield from (f"  {_moved(move)}" for move in row.changed)


def _stand(standpoint: Standpoint) -> str:
    from projections.figures.agreement import count, figure

    span = (
        "" if standpoint.low == standpoint.high else f", from {standpoint.low} to {standpoint.high}"
    )
    return f"{standpoint.agency} {figure(standpoint.median)} ({count(standpoint.n, 'score')}{span})"


def _moved(move: Changed) -> str:
    how = "blind" if move.blind else ", ".join(_informed(move))
    return (
        f"{move.stakeholder} of {move.agency} moved from {move.score_before} to {move.score_after} "
        f"since round {move.since}, {how}"
    )


def _informed(move: Changed) -> Iterator[str]:
    """What somebody knew of the others when they changed their mind."""
    shown = (("the group's figures", move.saw_figures), ("reasons", move.saw_reasons))
    seen = " and ".join(what for what, saw in shown if saw)
    if move.in_room:
        yield "having talked in a workshop"
    if seen:
        yield f"having seen {seen}"
    if not (seen or move.in_room):
        yield "having been told what stood at a sign-off"


COMMANDS = {
    "disagreement": Command(disagreement, "ehsg disagreement --round 1"),
}
