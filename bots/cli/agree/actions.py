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
    from projections.results import actions as read_model

    view = view_of(context, which, as_of)
    plans = read_model.plans(view, read_model.day_of(view, as_of, datetime.now(UTC)))
    if as_json:
        print_json(plans.model_dump(mode="json"))
    else:
        _show(plans)


def _show(plans: Plans) -> None:
    from rich.text import Text

    from bots.cli.show.tables import console, draw, headed
    from projections.steering_characters import visible

    table = headed("Actions", "Item", "No.", "What", "Owner", "Due", "How it stands")
    for plan in plans.descriptors:
        for action in plan.actions:
            words = visible(action.words or "")
            table.add_row(
                action.item,
                str(action.number),
                Text(words),
                Text(_owner(action)),
                _due(action),
                _stands(action),
            )
    if table.rows:
        draw(table)
    for line in _lines(plans):
        console().print(Text(line))


def _owner(action: Action) -> str:
    from projections.steering_characters import visible

    return visible(action.owner or "") if action.owned else "nobody yet"


def _due(action: Action) -> str:
    return action.due.isoformat() if action.due else "no day yet"


def _stands(action: Action) -> str:
    return action.how or ("overdue" if action.overdue else "to do")


def _lines(plans: Plans) -> Iterator[str]:
    from projections.figures.agreement import count

    yield (
        f"{count(plans.standing, 'action')} to do: {plans.without_owner} without an owner, "
        f"{plans.without_due} without a day, {plans.overdue} overdue. "
        f"{plans.done} done, {plans.dropped} dropped."
    )
    yield from (_unfollowed(plan) for plan in plans.descriptors if _open(plan))


def _open(plan: Plan) -> bool:
    return plan.unfollowed > 0 and (plan.low or plan.chosen)


def _unfollowed(plan: Plan) -> str:
    from projections.figures.agreement import count

    why = " and ".join(
        reason for reason, holds in (("scored low", plan.low), ("a priority", plan.chosen)) if holds
    )
    return (
        f"{plan.item} {plan.label} is {why}: people typed {count(plan.typed, 'next step')}, "
        f"{plan.unfollowed} of them followed by no action."
    )


COMMANDS = {
    "actions": Command(actions, "ehsg actions"),
}
