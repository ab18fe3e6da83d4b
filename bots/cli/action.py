"""`ehsg action` and `ehsg actions`: what is to be done, by whom and until when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bots.cli.desk import AsJson, AsOf, Because, Which, desk_of, print_json, tell
from bots.cli.show import view_of
from ehsg_events.commands import actions as acting
from ehsg_events.commands.actions import Typed
from ehsg_events.kernel import Refused

if TYPE_CHECKING:
    from projections.results.actions import Action, Plan, Plans

kept = typer.Typer(help="Agree what is to be done, change it, end it.", no_args_is_help=True)
Item = Annotated[str, typer.Argument(help="Such as 9.5.")]
Number = Annotated[int, typer.Argument(help="As `ehsg actions` lists it.")]
Owner = Annotated[
    str | None, typer.Option(help="Who does it, as reports print it; '' for nobody yet.")
]
Due = Annotated[str | None, typer.Option(help="A day such as 2027-03-31; '' for no day.")]
WORDS = "What is to be done, as reports print it."


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(kept, name="action")
    app.command("actions")(actions)


@kept.command("agree")
def agree(
    context: typer.Context,
    item: Item,
    words: Annotated[str, typer.Option(help=WORDS)],
    owner: Owner = None,
    due: Due = None,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Agree what is to be done about a descriptor."""
    desk = desk_of(context)
    stamp, name = desk.stamp("ehsg action agree"), desk.assessment(which)
    number = acting.agree(desk.log, stamp, name, item, Typed(words, owner, due))
    tell(f"Agreed: action {number} for {item}.", {"item": item, "action": number}, as_json=as_json)


@kept.command("change")
def change(
    context: typer.Context,
    item: Item,
    number: Number,
    words: Annotated[str | None, typer.Option(help=WORDS)] = None,
    owner: Owner = None,
    due: Due = None,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Change an action's words, owner or day; the earlier ones stay on the log."""
    desk = desk_of(context)
    stamp, name = desk.stamp("ehsg action change"), desk.assessment(which)
    acting.amend(desk.log, stamp, name, item, number, Typed(words, owner, due))
    tell(f"Changed: action {number} for {item}.", {"item": item, "action": number}, as_json=as_json)


@kept.command("end")
def end(
    context: typer.Context,
    item: Item,
    number: Number,
    because: Because,
    which: Which = None,
    *,
    done: Annotated[bool, typer.Option("--done", help="It was done.")] = False,
    dropped: Annotated[bool, typer.Option("--dropped", help="It will not be done.")] = False,
    as_json: AsJson = False,
) -> None:
    """End an action, done or dropped, with the reason."""
    if done == dropped:
        raise Refused("An action ends one way: say --done or --dropped.")
    desk = desk_of(context)
    stamp, name = desk.stamp("ehsg action end"), desk.assessment(which)
    acting.end(desk.log, stamp, name, item, number, "done" if done else "dropped", because)
    tell(f"Ended: action {number} for {item}.", {"item": item, "action": number}, as_json=as_json)


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

    from bots.cli.tables import console, headed
    from projections.visible import visible

    drawn = headed("Actions", "Item", "No.", "What", "Owner", "Due", "How it stands")
    for plan in found.descriptors:
        for one in plan.actions:
            words = visible(one.words or "The words were forgotten.")
            drawn.add_row(
                one.item, str(one.number), Text(words), Text(_owner(one)), _due(one), _stands(one)
            )
    if drawn.rows:
        console().print(drawn)
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
