"""`ehsg panel`: who is asked, with names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, Run, Which, run_of
from bots.cli.printing import tell
from ehsg_events.events import StakeholderAdded
from ehsg_events.states.assessment import Assessment
from ehsg_events.values.hours import say_hours


def list_panel(context: typer.Context, which: Which = None, *, as_json: AsJson = False) -> None:
    """List the panel with names: for the coordinator's eyes."""
    run = run_of(context)
    state = run.log.assessment(run.assessment(which))
    people = [_person(run, state, member) for member in state.panel.values()]
    lines = (line for person in people for line in _lines(person))
    tell("\n".join(lines), people, as_json=as_json)


def _person(run: Run, state: Assessment, member: StakeholderAdded) -> dict[str, Any]:
    backup = member.backup
    return {
        "id": member.stakeholder,
        "name": run.log.named(member.name),
        "agency": member.agency,
        "works_as": member.works_as,
        "reached_by": member.reached_by,
        "items": list(member.items),
        "zone": member.zone,
        "works": say_hours(member.hours) if member.hours else None,
        "backup": backup.kind if backup else None,
        "backup_name": run.log.named(backup.name) if backup else None,
        "peer_of": member.peer_of,
        "released": member.stakeholder in state.released,
    }


def _lines(person: dict[str, Any]) -> Iterator[str]:
    """The lines of one person: one that everybody has, below it what only some have."""
    released = " (asked nothing more)" * person["released"]
    yield f"{person['id']}  {person['name']}, {person['works_as']}, {person['agency']}{released}"
    where = f"in {person['zone']}" if person["zone"] else None
    works = [part for part in (person["works"], where) if part]
    if works:
        yield f"  works {' '.join(works)}"
    if person["backup"]:
        yield f"  {person['backup']}: {person['backup_name']}"
    if person["peer_of"]:
        yield f"  peer of {person['peer_of']}"


COMMANDS = {
    "panel list": Command(list_panel, "ehsg panel"),
}
