"""The whole of it killed without mercy, again and again, in the middle of an interview."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path

import pytest
from support.slack.crowd import name_of, said, walk
from support.slack.edge import Place, every_message_has_one_end, followed, slack

from bots.slack.loopback.person import over_http

# Listens and speaks as `ehsg serve` does, but later by some hours at each start, so that no lease
# of the one before still runs; it says where it listens.
SERVE = """
import sys, threading
from datetime import datetime, timedelta
from pathlib import Path
from bots.http.listening import listen, take_port
from bots.delivery.outbox import Outbox
from bots.delivery.serving import follow
from bots.slack.app import build_app, web_client
from bots.slack.serving import web
from bots.slack.settings import Settings
from bots.slack.sender import SlackSender
from ehsg_events.log.log import Log
folder, url, token, secret, now = sys.argv[1:]
log, settings = Log(Path(folder)), Settings("http", token, secret, api_url=url)
clock = lambda: datetime.fromisoformat(now)
door, stop = take_port("127.0.0.1", 0, "EHSG_PORT"), threading.Event()
app = build_app(log, settings, clock)
outbox = Outbox(log, SlackSender(web_client(settings)), clock)
threading.Thread(target=follow, args=(outbox, stop), daemon=True).start()
print(door.getsockname()[1], flush=True)
listen(web(app, secret), door, stop)
"""
KILLS = 2  # and one at the end


class Mortals:
    """One process after the other; what cannot be delivered to one is sent to the next."""

    def __init__(self, place: Place) -> None:
        self.place, self.killed = place, 0
        self.running = self._start()

    def _start(self) -> tuple[subprocess.Popen[str], int]:
        self.place.clock.on(hours=3)
        where = self.place.settings
        told = (str(self.place.log.folder), where.api_url, where.bot_token, where.signing_secret)
        command = [sys.executable, "-c", SERVE, *told, self.place.clock().isoformat()]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        return process, int(process.stdout.readline())

    def kill(self) -> None:
        """End it as a power cut would, and start the next."""
        process, _ = self.running
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert process.stdout
        process.stdout.close()
        self.killed += 1
        self.running = self._start()

    def carry(self, body: str, headers: Mapping[str, str]) -> int:
        """Send until somebody answers, as Slack and people do."""
        for _ in range(1200):
            with suppress(OSError, HTTPException), over_http(self.running[1]) as carry:
                return carry(body, headers)
            time.sleep(0.05)
        raise AssertionError("nobody answered")


@contextmanager
def dying(place: Place, dice: random.Random) -> Iterator[Mortals]:
    """Served by processes that are killed at any moment, and at the end by one that lives."""
    mortals, over = Mortals(place), threading.Event()

    def reap() -> None:
        while mortals.killed < KILLS and not over.wait(dice.uniform(0.05, 0.6)):
            mortals.kill()

    reaper = threading.Thread(target=reap)
    reaper.start()
    try:
        yield mortals
        over.set()
        reaper.join()
        mortals.kill()
        names = {one.stream.message for one in place.facts("MessageClaimed")}
        assert place.waits_for(lambda: settled(place) >= names)
    finally:
        over.set()
        reaper.join()
        process, _ = mortals.running
        process.kill()
        process.communicate()


def settled(place: Place) -> set[str | None]:
    """The messages that nothing is in doubt about."""
    kinds = ("MessageDelivered", "MessageWithheld", "MessageFailed")
    return {one.stream.message for kind in kinds for one in place.facts(kind)}


@pytest.mark.slow
def test_an_interview_survives_processes_that_are_killed(tmp_path: Path) -> None:
    """Every answer once, every message once, and the whole talk to its end."""
    with slack(tmp_path / "killed") as place, slack(tmp_path / "calm") as calm:
        with dying(place, random.Random(7)) as mortals:
            place.carry = mortals.carry
            walk(place)
        with followed(calm):
            walk(calm)
        assert mortals.killed > 1
        assert said(place, "police-1") == said(calm, "police-1")
        every_message_has_one_end(place)
        standing = Counter(name_of(one) for one in place.workspace.inbox("U0POLICE"))
        assert set(standing.values()) == {1}
