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


COMMANDS = {
    "disagreement": Command(disagreement, "ehsg disagreement --round 1"),
}
