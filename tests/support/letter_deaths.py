"""Letters whose sender, or whose mail server, dies at every step: what each person holds in the end."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Event

from bots.delivery.outbox import Outbox
from bots.mail.compose import Composer
from bots.mail.smtp.sender import MailSender
from ehsg_events.events import MessageBounced, MessageDelivered, MessageFailed, MessageUncertain
from ehsg_events.log.log import Log
from support.loopback import Clock
from support.mail.letters import settings
from support.mail.sending import SHORT
from support.mail.server import CONTENT, HANG, HANG_UP, MailServer, mail_server
from support.places import ROOT, TESTS
from support.post_office import WEB, Town, member

STEPS = ("EHLO", "MAIL", "RCPT", "DATA", CONTENT)
A_LIFE = timedelta(minutes=15)  # more than a claim holds
RECORDED = "after it was taken, before that was recorded"
LIFE = """
import os, signal, sys
sys.path[:0] = sys.argv[1:3]
from datetime import datetime
from pathlib import Path
from threading import Event
from bots.delivery.outbox import Outbox
from bots.mail.compose import Composer
from bots.mail.smtp.sender import MailSender
from ehsg_events.log.log import Log
from support.mail.letters import settings
from support.mail.sending import SHORT
from support.post_office import WEB
folder, port, now, dies_after = Path(sys.argv[3]), int(sys.argv[4]), sys.argv[5], int(sys.argv[6])

class Mortal(MailSender):
    left = dies_after
    def post(self, *args, **how):
        reference = super().post(*args, **how)
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return reference

sender = Mortal(settings(port), Event(), SHORT)
clock = lambda: datetime.fromisoformat(now)
outbox = Outbox(Log(folder), sender, clock, compose=Composer(WEB), writable={"mail"}, alone=True)
outbox.deliver()
"""


@dataclass
class Deaths:
    """A log, a mail server, and the lives of those who send."""

    folder: Path
    server: MailServer
    dice: random.Random
    people: int = 24
    clock: Clock = field(default_factory=Clock)
    died: Counter[str] = field(default_factory=Counter)

    def begin(self) -> None:
        """Open a round of people who have nothing but an address."""
        people = (
            member(f"N{n} M", f"A{n}", email=f"n{n}@a.example.org") for n in range(self.people)
        )
        town = Town(Log(self.folder), clock=self.clock)
        town.open(tuple(people))
        town.log.close()

    def remind(self) -> None:
        """Let a reminder become due to everybody."""
        town = Town(Log(self.folder), clock=self.clock)
        while not any(type(one.fact).__name__ == "StakeholderReminded" for one in town.log.all()):
            town.advances(hours=6)
        town.log.close()

    def live_and_die(self) -> None:
        """One life that ends at some step, by the sender's death or the server's."""
        how = self.dice.choice(("sender", "sender", "server", RECORDED))
        if how == RECORDED:
            life = self._life(dies_after=self.dice.randint(1, 3))
            life.wait(60)
            self._count(how, life)
        else:
            step = self.dice.choice(STEPS)
            self.server.answers.clear()
            self.server.says(step, HANG if how == "sender" else HANG_UP)
            life = self._life()
            if how == "sender":
                self._wait_for(step, life)
                life.send_signal(signal.SIGKILL)
            life.wait(60)
            self._count(f"{how} at {step}", life)
        self.clock.now += A_LIFE

    def _count(self, how: str, life: subprocess.Popen[bytes]) -> None:
        if life.returncode in (0, -signal.SIGKILL):
            self.died[how] += 1

    def _wait_for(self, step: str, life: subprocess.Popen[bytes]) -> None:
        """Wait until the server hangs at a step, or nothing was left to send."""
        while self.server.answers[step] and life.poll() is None:
            time.sleep(0.005)
        time.sleep(self.dice.random() * 0.02)

    def _life(self, dies_after: int = 0) -> subprocess.Popen[bytes]:
        now = self.clock().isoformat()
        words = [
            str(ROOT),
            str(TESTS),
            str(self.folder),
            str(self.server.port),
            now,
            str(dies_after),
        ]
        return subprocess.Popen([sys.executable, "-c", LIFE, *words])

    def live_on(self) -> None:
        """Lives in which nothing goes wrong, in this process, until nothing waits."""
        for _ in range(4):
            self.server.answers.clear()
            log = Log(self.folder)
            with MailSender(settings(self.server.port), Event(), SHORT) as sender:
                compose = Composer(WEB)
                outbox = Outbox(
                    log, sender, self.clock, compose=compose, writable={"mail"}, alone=True
                )
                outbox.deliver()
            log.close()
            self.clock.now += A_LIFE

    # -- what came of it -----------------------------------------------------------------------------
    def copies(self, what: str) -> dict[str, list[bytes]]:
        """The letters of a kind that each address holds."""
        held: dict[str, list[bytes]] = {}
        for letter in self.server.letters:
            is_reminder = b"\r\nSubject: Reminder" in letter.content
            if is_reminder is (what == "reminder"):
                held.setdefault(letter.to[0], []).append(letter.content)
        return held

    def faults(self) -> Iterator[str]:
        """Whatever is not as it was promised."""
        invited, reminded = self.copies("notice"), self.copies("reminder")
        if len(invited) != self.people:
            yield f"{self.people - len(invited)} people have no invitation"
        for address, letters in invited.items():
            if len(letters) > 2 or len(set(letters)) > 1:
                yield f"{address} holds {len(letters)} copies, {len(set(letters))} of them different"
        for address, letters in reminded.items():
            if len(letters) > 1:
                yield f"{address} was reminded {len(letters)} times"
        with_an_end = self._ends()
        if with_an_end["failed"]:
            yield f"{with_an_end['failed']} people are called unreachable"

    def _ends(self) -> Counter[str]:
        log = Log(self.folder)
        ends = {
            MessageDelivered: "delivered", MessageUncertain: "uncertain",
            MessageFailed: "failed", MessageBounced: "failed",
        }  # fmt: skip
        found = Counter(ends[type(one.fact)] for one in log.all() if type(one.fact) in ends)
        log.close()
        return found


def deaths(folder: Path, seed: int, many: int, people: int = 24) -> tuple[Counter[str], list[str]]:
    """Live and die often, then on; how often at which step, and what was not as promised."""
    with mail_server() as server:
        place = Deaths(folder, server, random.Random(seed), people)
        place.begin()
        for _ in range(many // 2):
            place.live_and_die()
        place.live_on()
        place.remind()
        for _ in range(many - many // 2):
            place.live_and_die()
        place.live_on()
        told = place._ends()
        place.died["letters taken"] = len(server.letters)
        place.died["second copies of an invitation"] = sum(
            len(copies) - 1 for copies in place.copies("notice").values()
        )
        place.died["nobody knows"] = told["uncertain"]
        return place.died, list(place.faults())
