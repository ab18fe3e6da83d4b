"""`ehsg reader` and `ehsg sign-in`: who may read the pages, and the link that lets somebody in."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from bots.cli.desk import AsJson, Which, desk_of, tell
from bots.web.settings import read_settings
from ehsg_events.commands import people
from ehsg_events.commands import sign_in as entering
from ehsg_events.events import Reads
from ehsg_events.kernel import Refused

named = typer.Typer(help="Name and remove readers of the pages, list them.", no_args_is_help=True)
READS: dict[str, Reads] = {"auditor": "auditor", "board": "board"}


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(named, name="reader")
    app.command("sign-in")(sign_in)


@named.command("name")
def name(
    context: typer.Context,
    name: Annotated[str, typer.Option(help="The reader's name; kept sealed.")],
    reads_as: Annotated[str, typer.Option("--as", help="auditor or board.")],
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Name a reader: an auditor sees what the coordinator sees, the board what is published."""
    if reads_as not in READS:
        raise Refused(f"Nobody reads as {reads_as}. Say --as auditor or --as board.")
    desk = desk_of(context)
    stamp = desk.stamp("ehsg reader name")
    found = people.name_reader(desk.log, stamp, desk.assessment(which), name, READS[reads_as])
    document = {"reader": found, "reads_as": reads_as}
    tell(
        f"{name} reads as {found}. `ehsg sign-in {found}` makes a link.", document, as_json=as_json
    )


@named.command("remove")
def remove(
    context: typer.Context,
    reader: Annotated[str, typer.Argument(help="Such as reader-1.")],
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Take the pages back; whoever is signed in is out at once."""
    desk = desk_of(context)
    stamp = desk.stamp("ehsg reader remove")
    people.remove_reader(desk.log, stamp, desk.assessment(which), reader)
    tell(f"{reader} no longer reads.", {"removed": reader}, as_json=as_json)


@named.command("list")
def list_readers(context: typer.Context, which: Which = None, *, as_json: AsJson = False) -> None:
    """List the readers with their names: for the coordinators' eyes."""
    desk = desk_of(context)
    found = [
        {
            "id": fact.reader,
            "reads_as": fact.reads_as,
            "name": desk.log.text(fact.name) or "forgotten",
        }
        for fact in desk.log.assessment(desk.assessment(which)).readers.values()
    ]
    lines = [f"{row['id']}  {row['reads_as']}  {row['name']}" for row in found]
    none = "Nobody reads the pages yet. `ehsg reader name` names somebody."
    tell("\n".join(lines) or none, found, as_json=as_json)


def sign_in(
    context: typer.Context,
    person: Annotated[str, typer.Argument(help="A coordinator or reader, such as reader-1.")],
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Make a link that signs a coordinator or reader in to the pages: once, within a day."""
    settings, desk = read_settings(os.environ), desk_of(context)
    settings.refuse_unless_safe()
    stamp = desk.stamp("ehsg sign-in")
    token = entering.offer(desk.log, stamp, desk.assessment(which), person)
    address = settings.sign_in(token)
    tell(address, {"person": person, "link": address}, as_json=as_json)
