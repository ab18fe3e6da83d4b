"""`ehsg hand-on list`: who asks that a colleague answers instead."""

from __future__ import annotations

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, Which, run_of
from bots.cli.printing import tell
from ehsg_events.commands import hand_over
from ehsg_events.panel.names import called
from projections.steering_characters import visible


def list_requests(context: typer.Context, which: Which = None, *, as_json: AsJson = False) -> None:
    """List who asks to hand on, whom they would ask, and what is left: for your eyes."""
    run = run_of(context)
    assessment = run.assessment(which)
    requests, state = hand_over.asked(run.log, assessment), run.log.assessment(assessment)
    lines = (
        f"{called(state, run.log.text, request.stakeholder)}, {request.works_as}, {request.agency}: {', '.join(request.items)}\n"
        f"  “{visible(request.colleague or 'forgotten')}”"
        for request in requests
    )
    document = [{**request._asdict(), "items": list(request.items)} for request in requests]
    tell("\n".join(lines) or "Nobody waits to hand on.", document, as_json=as_json)


COMMANDS = {
    "hand-on list": Command(list_requests, "ehsg hand-on list"),
}
