"""`ehsg information-request`: by when a request for information is to be answered."""

from __future__ import annotations

from typing import Annotated

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, run_of
from bots.cli.printing import tell
from ehsg_events.commands.planning import proclaimed_in
from ehsg_events.dates import calendar, information_requests


def information_request(
    context: typer.Context,
    received: Annotated[str, typer.Option(help="The day it came, such as 2026-03-09.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Say by when a request for information is to be answered: within twenty working days."""
    folder = run_of(context).folder
    also = proclaimed_in(folder) if folder else None
    due = information_requests.due(calendar.read_day(received), also or ())
    document = {
        "received": due.received.isoformat(),
        "answer_by": due.answer_by.isoformat(),
        "answer_by_said": f"by {calendar.say_day(due.answer_by)}",
        "bank_holidays": [
            {"day": holiday.day.isoformat(), "names": dict(holiday.names)}
            for holiday in due.holidays
        ],
    }
    tell("\n".join(due.sentences()), document, as_json=as_json)


COMMANDS = {
    "information-request": Command(
        information_request, "ehsg information-request --received 2026-03-09"
    ),
}
