"""One round with a crowd in it, and the jobs that are measured on it, by time and by memory.

Each job is done in a process of its own, as a tick or the Slack app would do it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from datetime import time as hour
from pathlib import Path
from uuid import UUID

from benchmarks.alone import Job, do
from benchmarks.slack.serving import member, stamp
from bots.delivery.outbox import Outbox
from bots.slack.app import web_client
from bots.slack.loopback.workspace import Workspace
from bots.slack.sender import SlackSender
from bots.slack.settings import Settings
from ehsg_events.commands import assessments, rounds
from ehsg_events.log.log import Log
from ehsg_events.policy.rules_file import usual
from ehsg_events.rounds.milestones import plan
from ehsg_events.values.hours import Hours
from ehsg_events.values.policy import Terms

ASSESSMENT = UUID(int=5 << 100)
ALWAYS = Hours(days=(0, 1, 2, 3, 4, 5, 6), start=hour(0), end=hour(0))
LINE = "Somebody asks for your view of early help. It takes ten minutes, and closes on Friday."

SECTION = {"type": "section", "text": {"type": "plain_text", "text": LINE}}


def open_crowd(folder: Path, people: int) -> None:
    """Open an assessment of so many people under the usual policy, and its first round."""
    log, terms = Log(folder), usual()
    policy = terms.policy.model_copy(update={"hours": ALWAYS})
    panel = [member(number) for number in range(people)]
    chosen = Terms(rule=terms.rule, policy=policy)
    assessments.open_assessment(
        log, stamp("open"), ASSESSMENT, "Anytown", "ehsg-2022@1", panel, chosen
    )
    rounds.open_round(log, stamp("round"), ASSESSMENT, None)
    log.close()


# -- jobs ------------------------------------------------------------------------------------------
def _quiet(log: Log, _: str) -> int:
    """A tick's decisions while nothing is due."""
    return _advanced(log, datetime.now(UTC))


def _due(log: Log, _: str) -> int:
    """A tick's decisions at the time of the first reminder, which is due to everybody."""
    return _advanced(log, plan(log.newest_round(ASSESSMENT))[0].due)


def _advanced(log: Log, at: datetime) -> int:
    before = log.store.last_position()
    tick = stamp("tick").model_copy(update={"at": at})
    rounds.advance(log, tick, ASSESSMENT)
    return log.store.last_position() - before


def _outbox(log: Log, url: str) -> int:
    """The outbox sends every message that is open."""
    sender = SlackSender(web_client(_settings(url)))
    return Outbox(log, sender, lambda: datetime.now(UTC)).deliver()


def _loop(log: Log, url: str) -> int:
    """What one might write instead: a loop over the panel that posts, and waits when it must."""
    client = web_client(_settings(url))
    panel = log.assessment(ASSESSMENT).panel.values()
    for stakeholder in panel:
        person = (log.text(stakeholder.slack) or "").partition("/")[2]
        channel = client.conversations_open(users=person)["channel"]["id"]
        client.chat_postMessage(channel=channel, text=LINE, blocks=[SECTION])
    return len(panel)


def _settings(url: str) -> Settings:
    return Settings("http", Workspace.token, Workspace.signing_secret, api_url=url)


JOBS: dict[str, Callable[[Log, str], int]] = {
    "quiet": _quiet, "due": _due, "outbox": _outbox, "loop": _loop,
}  # fmt: skip


def _on_a_log(job: Callable[[Log, str], int]) -> Job:
    def do_it(folder: str, word: str = "") -> int:
        return job(Log(Path(folder)), word)

    return do_it


if __name__ == "__main__":
    do({name: _on_a_log(job) for name, job in JOBS.items()})
