"""`ehsg actions`: what is to be done, by whom and until when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, AsOf, Which, view_of
from bots.cli.printing import print_json

if TYPE_CHECKING:
    from projections.results.actions import Action, Plan, Plans


def actions(
    context: typer.Context, as_of: AsOf = None, which: Which = None, *, as_json: AsJson = False
) -> None:
    """What is to be done by whom and until when, and the next steps that nobody took up."""
    from projections.results.actions import day_of, plans

    view = view_of(context, which, as_of)
    found = plans(view, day_of(view, as_of, datetime.now(UTC)))
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        _show(found)


def _show(found: Plans) -> None:
    from rich.text import Text

    from bots.cli.show.console import console, draw, headed
    from projections.visible import visible

    drawn = headed("Actions", "Item", "No.", "What", "Owner", "Due", "How it stands")
    for plan in found.descriptors:
        for one in plan.actions:
            words = visible(one.words or "The words were forgotten.")
            drawn.add_row(
                one.item, str(one.number), Text(words), Text(_owner(one)), _due(one), _stands(one)
            )
    if drawn.rows:
        draw(drawn)
    for line in _told(found):
        console().print(Text(line))


def _owner(one: Action) -> str:
    from projections.visible import visible

    return visible(one.owner or "a forgotten name") if one.owned else "nobody yet"


def _due(one: Action) -> str:
    return one.due.isoformat() if one.due else "no day yet"


def _stands(one: Action) -> str:
    return one.how or ("overdue" if one.overdue else "to do")


def _told(found: Plans) -> Iterator[str]:
    from projections.figures.agreement import count

    yield (
        f"{count(found.standing, 'action')} to do: {found.without_owner} without an owner, "
        f"{found.without_due} without a day, {found.overdue} overdue. "
        f"{found.done} done, {found.dropped} dropped."
    )
    yield from (_unfollowed(plan) for plan in found.descriptors if _open(plan))


def _open(plan: Plan) -> bool:
    return plan.unfollowed > 0 and (plan.low or plan.chosen)


def _unfollowed(plan: Plan) -> str:
    from projections.figures.agreement import count

    why = " and ".join(
        what for what, so in (("scored low", plan.low), ("a priority", plan.chosen)) if so
    )
    return (
        f"{plan.item} {plan.label} is {why}: people typed {count(plan.typed, 'next step')}, "
        f"{plan.unfollowed} of them followed by no action."
    )


COMMANDS = {
    "actions": Command(actions, "ehsg actions"),
}
