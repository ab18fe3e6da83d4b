"""`ehsg serve`: everything that listens, speaks and waits, for one data folder."""

from __future__ import annotations

import signal
import sys
import threading
from typing import Annotated

import typer

from bots.cli.desk import desk_of, only_one
from ehsg_events.kernel import Refused

PARTS = ("slack", "flows")
Only = Annotated[str | None, typer.Option(help="Serve one part only: slack or flows.")]


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command("serve")(serve)


def serve(context: typer.Context, only: Only = None) -> None:
    """Run the rounds and the Slack app until Ctrl-C: flows, listeners and outbox."""
    if only not in (None, *PARTS):
        raise Refused(f"--only takes {' or '.join(PARTS)}, not {only}.")
    desk = desk_of(context)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    log = desk.log
    with only_one(log.folder, "serve" if only is None else f"serve-{only}"):
        match only:
            case "slack":
                _serve_slack(log, stop)
            case "flows":
                _serve_flows(log, stop)
            case _:
                _serve_everything(log, stop)
