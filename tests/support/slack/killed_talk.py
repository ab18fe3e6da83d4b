"""The storm of words over a real `ehsg serve`, which is killed with SIGKILL again and again.

The processes, the disk, the connections and the hours are real; a minute of the people and of Slack
is a second. What was lost by the deaths is read from the transcript, as after any storm of words.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path

from bots.http.listening import take_port
from bots.slack.loopback.person import over_http
from bots.slack.loopback.workspace import Workspace
from ehsg_events.kernel import COORDINATOR, Stamp
from ehsg_events.log.log import Log
from ehsg_events.values.policy import Policy, Terms
from support.processes import Mortal, within
from support.slack.chaos_round import ALWAYS, reaching, skip_on_a_bank_holiday, waiting
from support.slack.talk_storm import METHODS, TalkStorm, bad_calls, live, open_area
from support.slack.transcript import Transcript, Watched

SERVE = """
import sys
from bots import cli
sys.argv = ["ehsg", "--data", sys.argv[1], "serve", "--only", "slack"]
cli.main()
"""
FASTER = 60  # a minute of the people is a second
LONGEST = 2.0  # seconds that anybody really waits between two things
SOON = 90  # seconds within which all is said


class Hurried:
    """A clock on which a minute passes in a second."""

    def __init__(self) -> None:
        self._began = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self._began + (datetime.now(UTC) - self._began) * FASTER

    def on(self, **spans: float) -> None:
        """Wait for it to have moved on."""
        time.sleep(min(timedelta(**spans).total_seconds() / FASTER, LONGEST))


@dataclass
class Served:
    """The data folder and whatever serves it now."""

    log: Log
    workspace: Workspace
    port: int
    process: Mortal
    died: Callable[[Path], None]
    clock: Hurried = field(default_factory=Hurried)

    def kill(self) -> None:
        """End it as a power cut would, let whoever wants look at the folder, and begin it again."""
        self.process.kill()
        self.died(self.log.folder)
        self.process.tend()

    def carry(self, body: str, headers: Mapping[str, str]) -> int | None:
        """Send once; nothing when nobody answered."""
        with suppress(OSError, HTTPException), over_http(self.port) as carry:
            return carry(body, headers)
        return None

    def listens(self) -> bool:
        """Whether anybody answers at its door."""
        self.process.tend()
        return self.carry("", {}) is not None


class KilledTalk(TalkStorm):
    """A storm of words in which processes really die."""

    place: Served  # type: ignore[assignment]  # a process in the place of objects

    def rage(self) -> None:
        """Once everybody has been written to."""
        assert within(SOON, lambda: all(one.inbox for one in self.talkers))
        super().rage()

    def attempt(self, body: str, headers: Mapping[str, str]) -> int | None:
        """Hand one request over; while it is on its way the process may be killed."""
        if not self.raging or self.dice.random() < 0.8:
            within(20, self.place.listens, every=0.05)
        if not self.raging or self.dice.random() < 0.9:
            return self.place.carry(body, headers)
        self.tally["killed while hearing"] += 1
        killer = threading.Timer(self.dice.uniform(0, 0.04), self.place.process.running.kill)
        killer.start()
        status = self.place.carry(body, headers)
        killer.join()
        self.place.kill()
        return status

    def speak(self) -> None:
        """Let it speak a while; it may be killed in the middle of a call."""
        self.place.process.tend()
        if self.raging and self.dice.random() < 0.08:
            time.sleep(self.dice.uniform(0, 0.3))
            self.tally["killed while speaking"] += 1
            self.place.kill()
        time.sleep(self.dice.choice((0.0, 0.05, 0.3)))

    def speak_until_nothing_is_in_doubt(self) -> None:
        """Wait until everything that the log promises is said."""
        assert within(SOON, self._is_said), f"still to be said: {waiting(self.place.log)}"

    def _is_said(self) -> bool:
        self.place.process.tend()
        return not waiting(self.place.log)


def transcribed(
    folder: Path, seed: int, died: Callable[[Path], None] = lambda _: None
) -> Counter[str]:
    """Live through one storm over mortal processes; leave what a storm of words leaves.

    Args:
        died: looks at the data folder after each death.
    """
    skip_on_a_bank_holiday()
    folder.mkdir(parents=True)
    dice, transcript, log = random.Random(f"killed {seed}"), Transcript(), Log(folder / "data")
    Watched.transcript = transcript
    with Watched() as workspace, take_port("127.0.0.1", 0, "EHSG_PORT") as door:
        port: int = door.getsockname()[1]
        door.close()
        reached = reaching(workspace, port)
        for number in range(2):
            stamps = _stamp(f"open {number}"), _stamp(f"round {number}")
            terms = Terms(policy=Policy(hours=ALWAYS))
            open_area(log, stamps, number, workspace.team, terms)
        for method in METHODS:
            calls = bad_calls(dice)
            workspace.trouble[method].extend(next(calls) for _ in range(2000))
        process = Mortal(SERVE, [str(log.folder)], reached, folder / "serve.out")
        try:
            place = Served(log, workspace, port, process, died)
            storm = KilledTalk(place, transcript, dice)  # type: ignore[arg-type]
            return live(storm, folder, seed)
        finally:
            process.end()
            log.close()


def _stamp(key: str) -> Stamp:
    now = datetime.now(UTC)
    return Stamp(at=now, by=COORDINATOR, role="coordinator", surface="command", cause=key, key=key)
