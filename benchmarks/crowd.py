"""One round with a crowd in it, and what one fresh process does with it: its time and its memory.

`alone` runs one of the jobs in a process of its own, as a tick or the Slack app would be.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from datetime import time as hour
from pathlib import Path
from uuid import UUID

from benchmarks.serving import member, stamp
from bots.outbox import Outbox
from bots.slack.app import web_client
from bots.slack.loopback import Workspace
from bots.slack.settings import Settings
from bots.slack.speaker import Speaker
from ehsg_events import commands
from ehsg_events.application import Log, Pen
from ehsg_events.choosing import usual
from ehsg_events.hours import Hours
from ehsg_events.planning import plan
from ehsg_events.rules import Terms
from ehsg_events.sitting import newest_round

ASSESSMENT = UUID(int=5 << 100)
ALWAYS = Hours(days=(0, 1, 2, 3, 4, 5, 6), start=hour(0), end=hour(0))
STATUS = Path("/proc/self/status")
LINE = "Somebody asks for your view of early help. It takes ten minutes, and closes on Friday."

SECTION = {"type": "section", "text": {"type": "plain_text", "text": LINE}}


def open_crowd(folder: Path, people: int) -> None:
    """An assessment of so many people under the usual policy, with its first round open."""
    log, terms = Log(folder), usual()
    policy = terms.policy.model_copy(update={"hours": ALWAYS})
    panel = [member(number) for number in range(people)]
    chosen = Terms(rule=terms.rule, policy=policy)
    commands.open_assessment(
        log, stamp("open"), ASSESSMENT, "Anytown", "ehsg-2022@1", panel, chosen
    )
    commands.open_round(log, stamp("round"), ASSESSMENT, None)
    log.close()


def alone(what: str, folder: Path, word: str = "") -> dict[str, float]:
    """Let a process of its own do one job; how much it did, its seconds and its peak of memory."""
    command = [sys.executable, "-m", "benchmarks.crowd", what, str(folder), word]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


# -- jobs ------------------------------------------------------------------------------------------
def _quiet(log: Log, _: str) -> int:
    """A tick's decisions while nothing is due."""
    return _advanced(log, datetime.now(UTC))


def _due(log: Log, _: str) -> int:
    """A tick's decisions at the time of the first reminder, which is due to everybody."""
    return _advanced(log, plan(newest_round(Pen(log, stamp("look")), ASSESSMENT))[0].due)


def _advanced(log: Log, at: datetime) -> int:
    before = log.store.max_notification_id() or 0
    told = stamp("tick").model_copy(update={"at": at})
    commands.advance(log, told, ASSESSMENT)
    return (log.store.max_notification_id() or 0) - before


def _outbox(log: Log, url: str) -> int:
    """The outbox says everything that is open."""
    speaker = Speaker(web_client(_settings(url)))
    return Outbox(log, speaker, lambda: datetime.now(UTC)).deliver()


def _loop(log: Log, url: str) -> int:
    """What one would write instead: a loop over the panel that posts, and waits when it must."""
    client = web_client(_settings(url))
    panel = Pen(log, stamp("look")).assessment(ASSESSMENT).panel.values()
    for one in panel:
        person = (log.read(one.slack) or "").partition("/")[2]
        channel = client.conversations_open(users=person)["channel"]["id"]
        client.chat_postMessage(channel=channel, text=LINE, blocks=[SECTION])
    return len(panel)


def _settings(url: str) -> Settings:
    return Settings("http", Workspace.token, Workspace.signing_secret, api_url=url)


JOBS: dict[str, Callable[[Log, str], int]] = {
    "quiet": _quiet, "due": _due, "outbox": _outbox, "loop": _loop,
}  # fmt: skip


def _peak() -> float:
    """The most memory that this process has held, in MB."""
    if not STATUS.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    # Linux hands the peak of the parent that started a process on to it, but not in this place.
    lines = (line.split() for line in STATUS.read_text(encoding="ascii").splitlines())
    return next(int(words[1]) / 1024 for words in lines if words[0] == "VmHWM:")


def main() -> None:
    """Do the job that is named on the command line, and print its figures."""
    what, folder, word = sys.argv[1:]
    log = Log(Path(folder))
    began, worked = time.perf_counter(), time.process_time()
    many = JOBS[what](log, word)
    figures = {
        "many": many,
        "seconds": time.perf_counter() - began,
        "CPU s": time.process_time() - worked,
        "MB": _peak(),
    }
    print(json.dumps(figures))  # noqa: T201


if __name__ == "__main__":
    main()
