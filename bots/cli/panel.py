"""`ehsg panel`: who is asked; somebody is added, somebody is asked nothing more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any
from uuid import UUID

import typer
from typer.core import TyperGroup

from bots.cli.coordinating import Slack
from bots.cli.desk import AsJson, Because, Desk, Which, desk_of, tell
from ehsg_events.commands import panel as joining
from ehsg_events.commands.colleague import free_pseudonym
from ehsg_events.events import StakeholderAdded
from ehsg_events.kernel import Refused
from ehsg_events.log.published_guides import published
from ehsg_events.panel.member import Member
from ehsg_events.panel.panel_line import Line
from ehsg_events.states.assessment import Assessment
from ehsg_events.values.hours import say_hours
from guides import library


class ListsAlone(TyperGroup):
    """`ehsg panel` alone is `ehsg panel list`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `list` where no command is named."""
        named = args and (not args[0].startswith("-") or args[0] == "--help")
        return super().parse_args(ctx, args if named else ["list", *args])


panel = typer.Typer(cls=ListsAlone, help="List who is asked; add somebody, release somebody.")


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(panel, name="panel")


@panel.command("list")
def list_panel(context: typer.Context, which: Which = None, *, as_json: AsJson = False) -> None:
    """List the panel with names: for the coordinator's eyes."""
    desk = desk_of(context)
    state = desk.log.assessment(desk.assessment(which))
    people = [_person(desk, state, member) for member in state.panel.values()]
    lines = (line for person in people for line in _lines(person))
    tell("\n".join(lines), people, as_json=as_json)


@panel.command("add")
def add(
    context: typer.Context,
    name: Annotated[str, typer.Option(help="Their name; kept sealed.")],
    agency: Annotated[str, typer.Option(help="The organisation they speak for.")],
    works_as: Annotated[str, typer.Option(help="Their role.")],
    asked: Annotated[str, typer.Option(help="What they are asked, such as 'workforce 7.1'.")],
    slack: Slack = None,
    pseudonym: Annotated[str, typer.Option("--id", help="Their id on the log.")] = "",
    language: Annotated[str, typer.Option(help="The language they are asked in.")] = "",
    zone: Annotated[str, typer.Option(help="Where they work, if elsewhere: Europe/Paris.")] = "",
    works: Annotated[str, typer.Option(help="When they work: 'Tue-Thu 09:00-15:00'.")] = "",
    backup: Annotated[str, typer.Option(help="manager or substitute, told of silence.")] = "",
    backup_name: Annotated[str, typer.Option(help="The backup's name; kept sealed.")] = "",
    backup_slack: Annotated[str, typer.Option(help="The backup in Slack.")] = "",
    peer_of: Annotated[str, typer.Option(help="The area a peer reviewer comes from.")] = "",
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Add somebody to the panel, and invite them if a round that is open asks their items."""
    desk = desk_of(context)
    assessment = desk.assessment(which)
    cells = {"name": name, "agency": agency, "works_as": works_as, "asked": asked, "id": pseudonym}
    cells |= {"slack": slack or "", "language": language, "zone": zone, "works": works}
    cells |= {"backup": backup, "backup_name": backup_name, "backup_slack": backup_slack}
    person = _member(desk, assessment, {**cells, "peer_of": peer_of})
    invited = joining.join(desk.log, desk.stamp("ehsg panel add"), assessment, person)
    then = "is invited to the round that is open" if invited else "is asked from the next round on"
    document = {"stakeholder": person.id, "invited": invited}
    tell(f"{person.id} is on the panel, and {then}.", document, as_json=as_json)


@panel.command("release")
def release(
    context: typer.Context,
    person: Annotated[str, typer.Argument(help="Their id, as `ehsg panel` lists it.")],
    because: Because,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Ask somebody nothing more, with the reason; what they said stands."""
    desk = desk_of(context)
    stamp = desk.stamp("ehsg panel release")
    joining.release(desk.log, stamp, desk.assessment(which), person, because)
    tell(
        f"{person} is asked nothing more; what they said stands.",
        {"released": person},
        as_json=as_json,
    )


def _member(desk: Desk, assessment: UUID, cells: dict[str, str]) -> Member:
    """A person as they are written; refused with all that is wrong."""
    state = desk.log.assessment(assessment)
    guide = published(state.guide, desk.folder).guide
    languages = library.languages(state.guide, desk.folder)
    one = Line(cells, free_pseudonym(state, cells["agency"]), guide, languages)
    wrong = [f"--{of.replace('_', '-')}: {what}." for of, what in one.mistakes()]
    if wrong:
        raise Refused("\n".join(wrong))
    return one.member()


def _person(desk: Desk, state: Assessment, member: StakeholderAdded) -> dict[str, Any]:
    backup = member.backup
    return {
        "id": member.stakeholder,
        "name": desk.log.text(member.name) or "forgotten",
        "agency": member.agency,
        "works_as": member.works_as,
        "reached_by": member.reached_by,
        "items": list(member.items),
        "zone": member.zone,
        "works": say_hours(member.hours) if member.hours else None,
        "backup": backup.kind if backup else None,
        "backup_name": (desk.log.text(backup.name) or "forgotten") if backup else None,
        "peer_of": member.peer_of,
        "released": member.stakeholder in state.released,
    }


def _lines(person: dict[str, Any]) -> Iterator[str]:
    """One person for people; what is special about them stands beneath."""
    gone = " (asked nothing more)" * person["released"]
    yield f"{person['id']}  {person['name']}, {person['works_as']}, {person['agency']}{gone}"
    where = f"in {person['zone']}" if person["zone"] else None
    works = [part for part in (person["works"], where) if part]
    if works:
        yield f"  works {' '.join(works)}"
    if person["backup"]:
        yield f"  {person['backup']}: {person['backup_name']}"
    if person["peer_of"]:
        yield f"  peer of {person['peer_of']}"
