"""`ehsg years`: one area's years side by side, with what is lost between their guides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, run_of
from bots.cli.printing import tell
from bots.phrases.pages import years as phrases

if TYPE_CHECKING:
    from projections.years.side_by_side import Said, Years


def years(
    context: typer.Context,
    area: Annotated[str, typer.Option(help="The area, such as Sefton.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Show an area's years side by side; scores stay as they were given, each in its own words."""
    from projections.years import side_by_side as read_model

    table = read_model.years(run_of(context).log, area)
    tell("\n".join(_lines(table)), table.model_dump(mode="json"), as_json=as_json)


def _lines(table: Years) -> Iterator[str]:
    yield f"{table.area}, in the order of {table.guide}:"
    yield from (f"  {c.year}  {c.guide}, {c.source}" for c in table.columns)
    yield from (f"  {c.year}  {phrases.apart(c.guide)}" for c in table.apart)
    yield from phrases.joins(table)
    for line in table.lines:
        yield f"\n{line.item} {line.label}"
        yield from _scores(line.said)
        yield from (f"  {bearing}" for bearing in phrases.bearings(line, {}))
    if table.alone:
        yield f"\n{phrases.NO_MORE}:"
    for left in table.alone:
        yield f"{left.guide} {left.item} {left.label}\n  Lost: {left.lost}"
        yield from _scores(left.said)


def _scores(scores: Sequence[Said]) -> Iterator[str]:
    for score in scores:
        yield f"  {score.year} {score.guide} {score.item}: {phrases.level(score)}"


COMMANDS = {
    "years": Command(years, "ehsg years --area Northvale"),
}
