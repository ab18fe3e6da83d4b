"""A round of a minute: twelve people, a deadline, reminders and a ladder that are seconds apart."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from datetime import time as hour
from typing import Any

import pytest

from bots.messages.queue import Promises
from bots.slack.loopback.workspace import Workspace
from ehsg_events.dates import calendar
from ehsg_events.log.log import Log
from ehsg_events.panel.member import Member, StandsBy
from ehsg_events.values.hours import Hours
from ehsg_events.values.policy import Policy, Rule, Step, Terms
from support.ehsg import environment

LASTS = 44.0  # seconds from the opening to the deadline that stands at the end
FLOWS = """
import sys, threading
from datetime import timedelta
from pathlib import Path
from flows import child_process
from flows.serving import serve
stop = threading.Event()
child_process.when_parent_ends(stop.set)
serve(Path(sys.argv[1]), stop, child_process.tell, timedelta(seconds=int(sys.argv[2])))
"""
SLACK = """
import sys
from datetime import timedelta
from bots import cli
from bots.delivery import claims
claims.LEASE = timedelta(seconds=2)  # a round of a minute cannot wait one for a message
sys.argv = ["ehsg", "--data", sys.argv[1], "serve", "--only", "slack"]
cli.main()
"""
EVERY = 6  # seconds between two ticks
DEATHS = (  # whose, and how often in one seed
    *("slack",) * 5, *("run",) * 5, *("server",) * 2, "lost", "everything",
)  # fmt: skip
EACH_ONCE = (*("slack", "run") * 2, "server", "lost", "everything")  # each, some twice
AGENCIES = ("Health", "Police", "Schools", "Housing")
SECRET = ("Quillfeather", "U0CHAOS", "U0STANDIN", "because of the strike")
ALWAYS = Hours(days=(0, 1, 2, 3, 4, 5, 6), start=hour(0), end=hour(0))
TERMS = Terms(
    rule=Rule(quorum_invited=0.2, rounds=1),
    policy=Policy(
        hours=ALWAYS,
        reminders=tuple(timedelta(seconds=s) for s in (30, 20, 8)),
        escalation=(
            Step(to="backup", before=timedelta(seconds=18)),
            Step(to="coordinator", before=timedelta(seconds=10)),
        ),
    ),
)


def _member(number: int) -> Member:
    backup = StandsBy("manager", f"{SECRET[0]} Senior", f"T0LOOPBACK/{SECRET[2]}{number:02}")
    return Member(
        id=f"person-{number}",
        name=f"{SECRET[0]} {number}",
        agency=AGENCIES[number % len(AGENCIES)],
        works_as="practitioner",
        items=("5.1", "5.2"),
        slack=f"T0LOOPBACK/{SECRET[1]}{number:02}",
        backup=backup if number % 3 == 0 else None,
    )


PANEL = tuple(_member(number) for number in range(12))


def skip_on_a_bank_holiday() -> None:
    """Nobody is chased then, whatever the clock of the test says."""
    today = calendar.local_day(datetime.now(UTC), TERMS.policy.zone)
    if calendar.bank_holiday(today) or calendar.bank_holiday(today + timedelta(days=1)):
        pytest.skip("On a bank holiday of England nobody is reminded, so there is no chaos either.")


class Slow(Workspace):
    """Answers late, so that who called may be dead by then."""

    def answer(self, method: str, asked: dict[str, Any], token: str) -> dict[str, Any]:
        """Carry it out, and say so a while later."""
        said = super().answer(method, asked, token)
        time.sleep(0.12)
        return said


def reaching(workspace: Workspace, port: int) -> dict[str, str]:
    """The environment of a process that serves a loopback workspace at a port."""
    return environment(
        SLACK_BOT_TOKEN=workspace.token,
        SLACK_SIGNING_SECRET=workspace.signing_secret,
        SLACK_API_URL=workspace.url,
        EHSG_PORT=str(port),
    )


def waiting(log: Log) -> list[str]:
    """What the log promises and nobody has said yet."""
    promises = Promises(log.folder)
    promises.take(log.all())
    return [name for queue in promises.waiting.values() for name in queue]
