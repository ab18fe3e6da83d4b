"""`ehsg round`: plan its opening, open, extend, pause, close and reopen it, and watch it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import typer

from bots.cli import standing
from bots.cli.desk import AsJson, Because, Desk, Which, desk_of, tell, warn
from ehsg_events.commands import planning
from ehsg_events.commands import rounds as commands
from ehsg_events.commands import rounds as rescheduling
from ehsg_events.dates import calendar
from ehsg_events.kernel import Refused

rounds = typer.Typer(help="Plan, open, move, close and watch a round.", no_args_is_help=True)
Deadline = Annotated[
    str | None,
    typer.Option("--deadline", help="Such as 2026-12-11 or '2026-12-11 16:30'; by policy if none."),
]
NewDeadline = Annotated[str, typer.Option("--deadline", help="The new deadline.")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(rounds, name="round")


@rounds.command("plan")
def plan_opening(
    context: typer.Context,
    opens: Annotated[
        str | None, typer.Option(help="When it opens by itself, such as '2026-10-05 09:00'.")
    ] = None,
    deadline: Deadline = None,
    which: Which = None,
    *,
    cancel: Annotated[bool, typer.Option("--cancel", help="Take the plan back.")] = False,
    as_json: AsJson = False,
) -> None:
    """Plan when the next round opens by itself, or take the plan back."""
    if cancel == (opens is not None):
        raise Refused("Say when the round opens, such as --opens '2026-10-05 09:00', or --cancel.")
    desk = desk_of(context)
    name, stamp = desk.assessment(which), desk.stamp("ehsg round plan")
    if opens is None:
        planning.cancel_opening(desk.log, stamp, name)
    else:
        policy = desk.log.assessment(name).policy
        begin = calendar.read_deadline(opens, policy.zone, policy.feedback_at)
        until = read_until(desk, name, deadline) if deadline else None
        warn(planning.plan_opening(desk.log, stamp, name, begin, until))
    found = standing.situation(desk, name)
    lines = standing.planned(found) or ["No opening is planned."]
    document = {"assessment": str(name), "opening": standing.opening(found)}
    tell("\n".join(lines), document, as_json=as_json)


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
    until = read_until(desk, name, deadline) if deadline else None
    warn(commands.open_round(desk.log, desk.stamp("ehsg round open"), name, until))
    standing.tell_of(desk, which, as_json=as_json)


@rounds.command("extend")
def extend_round(
    context: typer.Context,
    because: Because,
    deadline: NewDeadline,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Move the open round's deadline, with the reason."""
    desk = desk_of(context)
    name, stamp = desk.assessment(which), desk.stamp("ehsg round extend")
    until = read_until(desk, name, deadline)
    warn(rescheduling.extend_round(desk.log, stamp, name, until, because))
    standing.tell_of(desk, which, as_json=as_json)


@rounds.command("pause")
def pause_round(
    context: typer.Context, because: Because, which: Which = None, *, as_json: AsJson = False
) -> None:
    """Let the open round rest, with the reason: nobody is chased, it does not close by itself."""
    desk = desk_of(context)
    stamp = desk.stamp("ehsg round pause")
    warn(rescheduling.pause_round(desk.log, stamp, desk.assessment(which), because))
    standing.tell_of(desk, which, as_json=as_json)


@rounds.command("resume")
def resume_round(context: typer.Context, which: Which = None, *, as_json: AsJson = False) -> None:
    """Let a paused round go on; what fell due meanwhile is done."""
    desk = desk_of(context)
    warn(
        rescheduling.resume_round(desk.log, desk.stamp("ehsg round resume"), desk.assessment(which))
    )
    standing.tell_of(desk, which, as_json=as_json)


@rounds.command("close")
def close_round(context: typer.Context, which: Which = None, *, as_json: AsJson = False) -> None:
    """Close the open round now, and measure it."""
    desk = desk_of(context)
    commands.close_round(desk.log, desk.stamp("ehsg round close"), desk.assessment(which))
    standing.tell_of(desk, which, as_json=as_json)


@rounds.command("reopen")
def reopen_round(
    context: typer.Context,
    because: Because,
    deadline: NewDeadline,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Take answers again after the end, with the reason; those before and after are told apart."""
    desk = desk_of(context)
    name, stamp = desk.assessment(which), desk.stamp("ehsg round reopen")
    until = read_until(desk, name, deadline)
    warn(rescheduling.reopen_round(desk.log, stamp, name, until, because))
    standing.tell_of(desk, which, as_json=as_json)


@rounds.command("status")
def round_status(context: typer.Context, which: Which = None, *, as_json: AsJson = False) -> None:
    """Say where the newest round stands and what is due next."""
    standing.tell_of(desk_of(context), which, as_json=as_json)


def read_until(desk: Desk, name: UUID, text: str) -> datetime:
    """A round's end as it was typed, at the policy's hour when none was."""
    policy = desk.log.assessment(name).policy
    return calendar.read_deadline(text, policy.zone, policy.deadline_at)
