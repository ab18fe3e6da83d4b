"""`ehsg peers`: stakeholders of a second area, asked in a round of their own."""

from __future__ import annotations

import typer

from bots.cli import standing
from bots.cli.desk import AsJson, Which, desk_of, warn
from bots.cli.rounds import Deadline, read_until
from ehsg_events.commands import workshop

peers = typer.Typer(help="Ask peers of a second area.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(peers, name="peers")


@peers.command("open")
def open_peer_review(
    context: typer.Context,
    deadline: Deadline = None,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Ask the peers on the panel; what they say stands beside its figures, never among them."""
    desk = desk_of(context)
    name, stamp = desk.assessment(which), desk.stamp("ehsg peers open")
    until = read_until(desk, name, deadline) if deadline else None
    warn(workshop.open_peer_review(desk.log, stamp, name, until))
    standing.tell_of(desk, which, as_json=as_json)
