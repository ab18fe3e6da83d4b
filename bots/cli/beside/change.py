"""`ehsg change`: an assessment against an earlier one, taken apart into people, minds and guide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, AsOf, view_of
from bots.cli.printing import print_json
from bots.phrases.pages import years as phrases

if TYPE_CHECKING:
    from projections.years.change import Explained, Moved


def change(
    context: typer.Context,
    last: Annotated[str, typer.Argument(help="The earlier assessment's id, or its beginning.")],
    this: Annotated[str, typer.Argument(help="The later one's.")],
    as_of: AsOf = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Explain what changed since an earlier assessment: other people, other minds, another guide."""
    from projections.years import change as read_model

    explained = read_model.change(view_of(context, last, as_of), view_of(context, this, as_of))
    if as_json:
        print_json(explained.model_dump(mode="json"))
    else:
        print("\n".join(_lines(explained)))


def _lines(explained: Explained) -> Iterator[str]:
    yield phrases.overall(explained)
    yield from phrases.matched(explained)
    for moved in explained.descriptors:
        yield from _moved(moved)
    yield from map(phrases.once, explained.once)
    yield from phrases.not_compared(explained)
    yield "Figures are rounded; --json has them as the fractions they are, which add up exactly."


def _moved(moved: Moved) -> Iterator[str]:
    before = f" (then {moved.earlier})" if moved.earlier != moved.item else ""
    who = phrases.who(moved.stayed, moved.went, moved.came)
    yield f"{moved.item} {moved.label}{before}: {phrases.shares(moved.shares)} {who}"
    if moved.outcome:
        yield f"  {phrases.settled(moved.outcome)}"


COMMANDS = {
    "change": Command(change, "ehsg change 1f3a 9c2e"),
}
