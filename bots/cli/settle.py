"""After the rounds: `ehsg moderate`, `dissent`, `priorities`, `permission` and `sign-off`."""

from __future__ import annotations

from typing import Annotated

import typer

from bots.cli.answers import Who
from bots.cli.desk import AsJson, Because, Which, desk_of, tell, warn
from bots.cli.standing import situation
from ehsg_events.commands import outcomes
from ehsg_events.kernel import Refused
from ehsg_events.reminders import unreached

Item = Annotated[str, typer.Argument(help="Such as 9.5.")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    for name, command in (
        ("moderate", moderate),
        ("dissent", dissent),
        ("priorities", priorities),
        ("permission", permission),
        ("sign-off", sign_off),
    ):
        app.command(name)(command)


def moderate(
    context: typer.Context,
    item: Item,
    score: Annotated[str, typer.Option(help="A level of the item's scale.")],
    because: Because,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Settle a descriptor, with the reason; the panel's figures stay beside it."""
    desk = desk_of(context)
    stamp = desk.stamp("ehsg moderate")
    found = outcomes.moderate(desk.log, stamp, desk.assessment(which), item, score, because)
    warn(found)
    tell(
        f"{item} stands at {score}.",
        {"item": item, "score": score, "warnings": found},
        as_json=as_json,
    )


def dissent(
    context: typer.Context,
    item: Item,
    who: Who,
    because: Because,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Keep a stakeholder's objection beside an outcome."""
    desk = desk_of(context)
    stamp = desk.stamp("ehsg dissent")
    outcomes.dissent(desk.log, stamp, desk.assessment(which), item, who, because)
    tell(f"Dissent kept beside {item}.", {"item": item, "stakeholder": who}, as_json=as_json)


def priorities(
    context: typer.Context,
    items: Annotated[list[str], typer.Argument(help="The descriptors to work on next.")],
    data_model: Annotated[int | None, typer.Option(help="The area's data model.")] = None,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Choose what to work on next; the guide's rule warns, it does not block."""
    desk = desk_of(context)
    name = desk.assessment(which)
    stamp = desk.stamp("ehsg priorities")
    found = outcomes.choose_priorities(desk.log, stamp, name, items, data_model)
    warn(found)
    tell(
        f"Priorities: {', '.join(items)}.",
        {"priorities": items, "data_model": data_model, "warnings": found},
        as_json=as_json,
    )


def permission(
    context: typer.Context,
    asked: Annotated[str, typer.Argument(metavar="PERMISSION", help="Such as dfe.")],
    said: Annotated[str, typer.Argument(metavar="yes|no")],
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Answer a question on sharing; what was not answered is blank, never yes."""
    if said not in ("yes", "no"):
        raise Refused(f"A permission is yes or no, not {said}. Leave it out to keep it blank.")
    desk = desk_of(context)
    stamp, name = desk.stamp("ehsg permission"), desk.assessment(which)
    outcomes.set_permission(desk.log, stamp, name, asked, granted=said == "yes")
    tell(f"{asked}: {said}.", {"permission": asked, "granted": said == "yes"}, as_json=as_json)


def sign_off(
    context: typer.Context,
    role: Annotated[str, typer.Option(help="Such as 'Senior Responsible Officer'.")] = "",
    name: Annotated[str, typer.Option(help="Who signs; kept sealed.")] = "",
    because: Annotated[str, typer.Option(help="The reason, with --withdraw.")] = "",
    which: Which = None,
    *,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take it back.")] = False,
    as_json: AsJson = False,
) -> None:
    """Sign the assessment off in a named role, or withdraw the sign-off."""
    desk = desk_of(context)
    assessment, stamp = desk.assessment(which), desk.stamp("ehsg sign-off")
    if withdraw:
        outcomes.withdraw_sign_off(desk.log, stamp, assessment, because)
        tell("The sign-off is withdrawn.", {"signed_off": False}, as_json=as_json)
        return
    outcomes.sign_off(desk.log, stamp, assessment, role, name)
    warn(unreached.of_the_end(situation(desk, assessment)))
    tell(f"Signed off by the {role}.", {"signed_off": True, "role": role}, as_json=as_json)
