"""`ehsg hand-on` and `ehsg hand-over`: who does not answer themselves, and who does instead."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from bots.cli.coordinating import Slack
from bots.cli.desk import AsJson, Because, Desk, Which, desk_of, tell
from ehsg_events.commands import colleague
from ehsg_events.commands import hand_over as handing_on
from ehsg_events.kernel import Refused
from ehsg_events.panel.member import Member
from projections.visible import visible

handing = typer.Typer(
    help="Let a colleague answer what somebody cannot, or decline.", no_args_is_help=True
)
Person = Annotated[str, typer.Argument(help="Who asked, as `ehsg hand-on list` shows it.")]
Name = Annotated[str, typer.Option(help="A new colleague's name; kept sealed.")]
To = Annotated[str | None, typer.Option(help="Or somebody on the panel, by id.")]
WorksAs = Annotated[str, typer.Option(help="Their work; as the first person if none.")]
Agency = Annotated[str, typer.Option(help="Their agency; the first person's if none.")]
Pseudonym = Annotated[str, typer.Option("--id", help="Their id on the log.")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(handing, name="hand-on")
    app.command("hand-over")(hand_over)


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
    name: Name = "",
    to: To = None,
    slack: Slack = None,
    works_as: WorksAs = "",
    agency: Agency = "",
    pseudonym: Pseudonym = "",
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Let a colleague take over what a person has not answered, and invite them."""
    desk = desk_of(context)
    assessment, stamp = desk.assessment(which), desk.stamp("ehsg hand-on agree")
    new = (name, slack, works_as, agency, pseudonym)
    taker = _taker(desk, assessment, person, to, new)
    items = handing_on.agree(desk.log, stamp, assessment, person, taker)
    _tell(person, taker, items, as_json=as_json)


def hand_over(
    context: typer.Context,
    person: Annotated[str, typer.Argument(help="Who does not answer, as `ehsg panel` lists them.")],
    name: Name = "",
    to: To = None,
    slack: Slack = None,
    works_as: WorksAs = "",
    agency: Agency = "",
    pseudonym: Pseudonym = "",
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Let a substitute answer what a person has not, who did not ask: on leave, or silent."""
    desk = desk_of(context)
    assessment, stamp = desk.assessment(which), desk.stamp("ehsg hand-over")
    new = (name, slack, works_as, agency, pseudonym)
    taker = _taker(desk, assessment, person, to, new)
    items = handing_on.hand_over(desk.log, stamp, assessment, person, taker)
    _tell(person, taker, items, as_json=as_json)


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


def _taker(
    desk: Desk,
    assessment: UUID,
    person: str,
    to: str | None,
    new: tuple[str, str | None, str, str, str],
) -> Member | str:
    """Who takes over: somebody of the panel, or somebody new as they were described."""
    if bool(new[0]) == bool(to):
        raise Refused(
            "Say who takes over: --name for somebody new, or --to for an id of the panel."
        )
    return to or colleague.colleague(desk.log, assessment, person, *new)


def _tell(person: str, taker: Member | str, items: tuple[str, ...], *, as_json: bool) -> None:
    taken_by = taker if isinstance(taker, str) else taker.id
    document = {"handed_on_by": person, "to": taken_by, "items": list(items)}
    tell(f"{taken_by} is asked {', '.join(items)} now.", document, as_json=as_json)
