"""`ehsg assessment`, `ehsg panel` and `ehsg round`: what a coordinator sets up and runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import typer

from bots.cli.desk import AsJson, Because, Desk, Which, desk_of, tell, warn
from ehsg_events import calendar, commands
from ehsg_events.application import Pen
from ehsg_events.choosing import read_rules, usual
from ehsg_events.kernel import Refused
from ehsg_events.panel import read_panel
from ehsg_events.planning import plan, say_milestone
from ehsg_events.published import published
from ehsg_events.round import Round
from ehsg_events.sitting import newest_round
from guides import library

assessments = typer.Typer(help="Open an assessment, list them.", no_args_is_help=True)
rounds = typer.Typer(help="Open, extend, close and watch a round.", no_args_is_help=True)
Deadline = Annotated[
    str | None,
    typer.Option("--deadline", help="Such as 2026-12-11 or '2026-12-11 16:30'; by policy if none."),
]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(assessments, name="assessment")
    app.add_typer(rounds, name="round")
    app.command("panel")(show_panel)


@assessments.command("open")
def open_assessment(
    context: typer.Context,
    guide: Annotated[str, typer.Option(help="Such as ehsg-2022@1.")],
    area: Annotated[str, typer.Option(help="The area that assesses itself.")],
    panel: Annotated[
        Path, typer.Option(help="CSV: name,agency,works_as,asked[,slack][,id][,language].")
    ],
    rules: Annotated[Path | None, typer.Option(help="YAML: rule and policy.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Open an assessment with its panel and its rules; print its id."""
    desk = desk_of(context)
    found = published(guide, desk.folder).guide
    languages = library.languages(guide, desk.folder)
    members = read_panel(_text_of(panel), found, panel.name, languages)
    terms = read_rules(_text_of(rules), rules.name) if rules else usual()
    name = uuid4()
    stamp = desk.stamp("ehsg assessment open")
    warnings = commands.open_assessment(desk.new_log(), stamp, name, area, guide, members, terms)
    warn(warnings)
    people = [{"id": member.id, "agency": member.agency} for member in members]
    document = {"assessment": str(name), "guide": guide, "panel": people, "warnings": warnings}
    tell(str(name), document, as_json=as_json)


@assessments.command("list")
def list_assessments(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List the assessments in this folder, oldest first."""
    found = [
        {"assessment": str(name), "area": fact.area, "guide": fact.guide, "opened": at.isoformat()}
        for name, at, fact in desk_of(context).log.opened()
    ]
    lines = (f"{row['assessment']}  {row['area']}  {row['guide']}" for row in found)
    tell("\n".join(lines), found, as_json=as_json)


def show_panel(context: typer.Context, which: Which = None, *, as_json: AsJson = False) -> None:
    """List the panel with names: for the coordinator's eyes."""
    desk = desk_of(context)
    state = _pen(desk, "ehsg panel").assessment(desk.assessment(which))
    people = [
        {
            "id": member.stakeholder,
            "name": desk.log.read(member.name) or "forgotten",
            "agency": member.agency,
            "works_as": member.works_as,
            "reached_by": member.reached_by,
            "items": list(member.items),
        }
        for member in state.panel.values()
    ]
    lines = (f"{p['id']}  {p['name']}, {p['works_as']}, {p['agency']}" for p in people)
    tell("\n".join(lines), people, as_json=as_json)


@rounds.command("open")
def open_round(
    context: typer.Context,
    deadline: Deadline = None,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Open the first round, or the feedback round on what is unsettled, and invite the panel."""
    desk = desk_of(context)
    name = desk.assessment(which)
    policy = _pen(desk, "ehsg round open").assessment(name).policy
    until = calendar.read_deadline(deadline, policy.zone, policy.deadline_at) if deadline else None
    warn(commands.open_round(desk.log, desk.stamp("ehsg round open"), name, until))
    _say_status(desk, which, as_json=as_json)


@rounds.command("extend")
def extend_round(
    context: typer.Context,
    because: Because,
    deadline: Annotated[str, typer.Option("--deadline", help="The new deadline.")],
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Move the open round's deadline, with the reason."""
    desk = desk_of(context)
    name = desk.assessment(which)
    policy = _pen(desk, "ehsg round extend").assessment(name).policy
    until = calendar.read_deadline(deadline, policy.zone, policy.deadline_at)
    stamp = desk.stamp("ehsg round extend")
    warn(commands.extend_round(desk.log, stamp, name, until, because))
    _say_status(desk, which, as_json=as_json)


@rounds.command("pause")
def pause_round(
    context: typer.Context, because: Because, which: Which = None, *, as_json: AsJson = False
) -> None:
    """Let the open round rest, with the reason: nobody is chased, it does not close by itself."""
    desk = desk_of(context)
    stamp = desk.stamp("ehsg round pause")
    warn(commands.pause_round(desk.log, stamp, desk.assessment(which), because))
    _say_status(desk, which, as_json=as_json)


@rounds.command("resume")
def resume_round(context: typer.Context, which: Which = None, *, as_json: AsJson = False) -> None:
    """Let a paused round go on; what fell due meanwhile is done."""
    desk = desk_of(context)
    warn(commands.resume_round(desk.log, desk.stamp("ehsg round resume"), desk.assessment(which)))
    _say_status(desk, which, as_json=as_json)


@rounds.command("close")
def close_round(context: typer.Context, which: Which = None, *, as_json: AsJson = False) -> None:
    """Close the open round now, and measure it."""
    desk = desk_of(context)
    commands.close_round(desk.log, desk.stamp("ehsg round close"), desk.assessment(which))
    _say_status(desk, which, as_json=as_json)


@rounds.command("status")
def round_status(context: typer.Context, which: Which = None, *, as_json: AsJson = False) -> None:
    """Say where the newest round stands and what is due next."""
    _say_status(desk_of(context), which, as_json=as_json)


def _say_status(desk: Desk, which: str | None, *, as_json: bool) -> None:
    name = desk.assessment(which)
    one = newest_round(_pen(desk, "status"), name)
    document = {"assessment": str(name), **_status(one)}
    tell("\n".join(_status_lines(one)), document, as_json=as_json)


def _status(one: Round) -> dict[str, Any]:
    """Where a round stands, for programs."""
    measured = one.measured
    return {
        "round": one.number,
        "kind": one.kind,
        "open": not one.closed,
        "paused": one.paused,
        "deadline": one.deadline.isoformat(),
        "deadline_said": calendar.say(one.deadline, one.policy.zone),
        "invited": _invited(one),
        "next": [{"what": m.kind, "due": m.due.isoformat()} for m in plan(one)],
        "settled": list(measured.settled) if measured else None,
        "unsettled": list(measured.unsettled) if measured else None,
        "then": measured.then if measured else None,
    }


def _status_lines(one: Round) -> Iterator[str]:
    """Where a round stands, for people."""
    zone, measured = one.policy.zone, one.measured
    rests = ", but paused" if one.paused else ""
    state = "closed" if one.closed else f"open until {calendar.say(one.deadline, zone)}{rests}"
    yield f"Round {one.number} ({one.kind}), {_invited(one)} people invited: {state}."
    if measured:
        yield (
            f"Agreed: {', '.join(measured.settled) or 'none'}. Not agreed: "
            f"{', '.join(measured.unsettled) or 'none'}. Next comes {measured.then}."
        )
    for milestone in plan(one):
        yield f"Due: {say_milestone(milestone.kind)}, {calendar.say(milestone.due, zone)}."


def _invited(one: Round) -> int:
    """How many are asked something; who handed everything on is not."""
    return sum(bool(items) for items in one.invited.values())


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as mistake:
        raise Refused(
            f"{file.name}, byte {mistake.start + 1}: not UTF-8. Save the file as UTF-8 text."
        ) from None
    except OSError as mistake:
        raise Refused(f"{file} cannot be read: {mistake.strerror}.") from None


def _pen(desk: Desk, cause: str) -> Pen:
    return Pen(desk.log, desk.stamp(cause))
