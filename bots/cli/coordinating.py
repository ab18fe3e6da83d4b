"""`ehsg coordinator` and `ehsg nudge`: who coordinates, and whom they remind."""

from __future__ import annotations

from typing import Annotated

import typer

from bots.cli.desk import AsJson, Which, desk_of, tell, warn
from bots.cli.standing import situation
from ehsg_events.commands import nudge as chasing
from ehsg_events.commands import people
from ehsg_events.reminders import unreached

named = typer.Typer(help="Name and remove coordinators, list them.", no_args_is_help=True)
Slack = Annotated[
    str | None, typer.Option("--slack", help="Team and person in Slack, such as T012AB/U034CD.")
]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(named, name="coordinator")
    app.command("nudge")(nudge)


@named.command("add")
def add(
    context: typer.Context,
    name: Annotated[str, typer.Option(help="The coordinator's name; kept sealed.")],
    slack: Slack = None,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Name a coordinator, who may then run the rounds from Slack."""
    desk = desk_of(context)
    stamp = desk.stamp("ehsg coordinator add")
    found = people.name_coordinator(desk.log, stamp, desk.assessment(which), name, slack or None)
    tell(f"{name} coordinates as {found}.", {"coordinator": found}, as_json=as_json)


@named.command("remove")
def remove(
    context: typer.Context,
    coordinator: Annotated[str, typer.Argument(help="Such as coordinator-1.")],
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Take the role back; what this coordinator did stays as it is."""
    desk = desk_of(context)
    stamp = desk.stamp("ehsg coordinator remove")
    people.remove_coordinator(desk.log, stamp, desk.assessment(which), coordinator)
    tell(f"{coordinator} no longer coordinates.", {"removed": coordinator}, as_json=as_json)


@named.command("list")
def list_coordinators(
    context: typer.Context, which: Which = None, *, as_json: AsJson = False
) -> None:
    """List the coordinators with their names: for the coordinators' eyes."""
    desk = desk_of(context)
    named_now = desk.log.assessment(desk.assessment(which)).coordinators
    found = [
        {
            "id": fact.coordinator,
            "name": desk.log.text(fact.name) or "forgotten",
            "in_slack": fact.slack is not None,
        }
        for fact in named_now.values()
    ]
    lines = [f"{row['id']}  {row['name']}{'  Slack' * bool(row['in_slack'])}" for row in found]
    none = "Nobody coordinates from Slack yet. `ehsg coordinator add` names somebody."
    tell("\n".join(lines) or none, found, as_json=as_json)


def nudge(
    context: typer.Context,
    agency: Annotated[str | None, typer.Option(help="Only people of this agency.")] = None,
    person: Annotated[
        list[str] | None, typer.Option(help="Only this person, by id; may be said again.")
    ] = None,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Remind now those whose interview is unfinished; say who was not reminded, and why."""
    desk = desk_of(context)
    stamp = desk.stamp("ehsg nudge")
    found = chasing.nudge(desk.log, stamp, desk.assessment(which), person or (), agency)
    document = {"reminded": list(found.reminded), "withheld": dict(found.withheld)}
    warn(unreached.of_a_reminder(situation(desk, desk.assessment(which)), found.reminded))
    tell("\n".join(found.sentences()), document, as_json=as_json)
