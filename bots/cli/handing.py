"""`ehsg hand-on`: who is not the right person, and who answers in their place."""

from __future__ import annotations

from typing import Annotated

import typer

from bots.cli.coordinating import Slack
from bots.cli.desk import AsJson, Because, Which, desk_of, tell
from ehsg_events import handing_on, taking_over
from ehsg_events.kernel import Refused
from projections.visible import visible

handing = typer.Typer(
    help="Let a colleague answer what somebody cannot, or decline.", no_args_is_help=True
)
Person = Annotated[str, typer.Argument(help="Who asked, as `ehsg hand-on list` shows it.")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(handing, name="hand-on")


@handing.command("list")
def list_requests(context: typer.Context, which: Which = None, *, as_json: AsJson = False) -> None:
    """List who asks to hand on, whom they would ask, and what is left: for your eyes."""
    desk = desk_of(context)
    found = handing_on.asked(desk.log, desk.assessment(which))
    lines = (
        f"{one.stakeholder}, {one.works_as}, {one.agency}: {', '.join(one.items)}\n"
        f"  “{visible(one.colleague or 'forgotten')}”"
        for one in found
    )
    document = [{**one._asdict(), "items": list(one.items)} for one in found]
    tell("\n".join(lines) or "Nobody waits to hand on.", document, as_json=as_json)


@handing.command("agree")
def agree(
    context: typer.Context,
    person: Person,
    name: Annotated[str, typer.Option(help="A new colleague's name; kept sealed.")] = "",
    to: Annotated[str | None, typer.Option(help="Or somebody on the panel, by id.")] = None,
    slack: Slack = None,
    works_as: Annotated[str, typer.Option(help="Their work; as the first person if none.")] = "",
    agency: Annotated[str, typer.Option(help="Their agency; the first person's if none.")] = "",
    pseudonym: Annotated[str, typer.Option("--id", help="Their id on the log.")] = "",
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Let a colleague take over what a person has not answered, and invite them."""
    if bool(name) == bool(to):
        raise Refused(
            "Say who takes over: --name for somebody new, or --to for an id of the panel."
        )
    desk = desk_of(context)
    assessment, stamp = desk.assessment(which), desk.stamp("ehsg hand-on agree")
    taker = to or taking_over.colleague(
        desk.log, assessment, person, name, slack, works_as, agency, pseudonym
    )
    items = handing_on.agree(desk.log, stamp, assessment, person, taker)
    taken_by = taker if isinstance(taker, str) else taker.id
    document = {"handed_on_by": person, "to": taken_by, "items": list(items)}
    tell(f"{taken_by} is asked {', '.join(items)} now.", document, as_json=as_json)


@handing.command("decline")
def decline(
    context: typer.Context,
    person: Person,
    because: Because,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Ask a person to answer after all, with the reason."""
    desk = desk_of(context)
    stamp = desk.stamp("ehsg hand-on decline")
    handing_on.decline(desk.log, stamp, desk.assessment(which), person, because)
    tell(f"{person} is asked to answer themselves.", {"declined_to": person}, as_json=as_json)
