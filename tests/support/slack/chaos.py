"""A round of a minute on the real stack, while everything in it is killed again and again.

Twelve people in a loopback Slack, a deadline that moves, reminders and a ladder seconds apart; the
flows with their server and runs, and `ehsg serve --only slack`, each in processes that die at any
moment and are starting_server again, as a supervisor would begin them.
"""

from __future__ import annotations

import random
import shutil
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from bots.http.listening import take_port
from bots.slack.loopback.person import Person, over_http
from bots.slack.loopback.workspace import Workspace
from ehsg_events.commands import rounds
from ehsg_events.log.log import Log
from ehsg_events.panel.member import Member
from flows.settings import home
from support.area import Area
from support.ehsg import environment
from support.processes import Mortal, alive, descendants, group_of, kill, within
from support.slack.chaos_round import (
    FLOWS,
    LASTS,
    PANEL,
    SECRET,
    SLACK,
    TERMS,
    Slow,
    reaching,
    waiting,
)
from support.slack.crowd import ON, tokens
from support.web import plain_http

LONG_WAIT = 8.0  # seconds for a run to begin, so that it can be killed


@dataclass
class Chaos:
    """One assessment, its people, and what serves them, all of it mortal."""

    seed: int
    fates: tuple[str, ...]
    area: Area
    workspace: Workspace
    port: int
    flows: Mortal
    slack: Mortal
    dice: random.Random
    died: Counter[str] = field(default_factory=Counter)
    kin: set[int] = field(default_factory=set)
    clicked: list[tuple[str, str, datetime]] = field(default_factory=list)
    told: bytes = b""
    runs: list[dict[str, Any]] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def live(self) -> None:
        """Open the round, let people answer and things die, and wait until all is said."""
        assert within(120, self._is_served), self.flows.printed
        opened = datetime.now(UTC)
        self.area.open_round(opened, opened + timedelta(seconds=LASTS + 30))
        people = [threading.Thread(target=self._answers, args=(one,)) for one in PANEL]
        for one in people:
            one.start()
        try:
            for at, fate in sorted(self._fates()):
                self._wait_until(opened + timedelta(seconds=at))
                self._happens(fate, opened)
            assert within(120, self._is_settled, every=1), (
                f"still to be said: {waiting(self.area.log)}"
            )
            self.runs = within(60, self._known_to_prefect)
        finally:
            self.over.set()
            for one in people:
                one.join()

    def _fates(self) -> Iterator[tuple[float, str]]:
        """What happens, and how many seconds after the opening."""
        deaths = self.dice.sample(self.fates, len(self.fates))
        for number, death in enumerate(deaths):
            yield 1 + (number + self.dice.random()) * LASTS / len(deaths), death
        yield self.dice.uniform(6, 12), "sooner"
        yield self.dice.uniform(14, 18), "final"

    def _happens(self, fate: str, opened: datetime) -> None:
        if fate not in ("sooner", "final"):
            self._die(fate)
            return
        until = opened + timedelta(seconds=LASTS - (10 if fate == "sooner" else 0))
        stamp = self.area.stamp(datetime.now(UTC))
        rounds.extend_round(self.area.log, stamp, self.area.id, until, SECRET[3])

    # -- deaths --------------------------------------------------------------------------------
    def _die(self, fate: str) -> None:
        """One death; where no run is at work the Slack app's, where no server is, all the flows'."""
        self._children()  # so that whoever was begun just now is known to have lived
        pause = self.dice.choice((0.0, 0.0, 1.5))
        if fate == "run" and not kill(within(LONG_WAIT, self._runs)[:1]):
            fate = "slack"
        if fate == "server" and not kill(self._children()[0]):
            fate = "flows"
        if fate in ("flows", "lost", "everything"):
            self.flows.kill(pause)
        if fate in ("slack", "everything"):
            self.slack.kill(pause)
        if fate == "lost":
            self._lose_prefect()
        self.died[fate] += 1

    def _lose_prefect(self) -> None:
        """Its whole folder; what it held is kept, to be looked through."""
        within(20, lambda: not alive(self.kin - {self.slack.running.pid}))
        self.told += self.kept_by_prefect
        shutil.rmtree(home(self.area.log.folder), ignore_errors=True)

    @property
    def kept_by_prefect(self) -> bytes:
        """Every byte that Prefect keeps now."""
        files = home(self.area.log.folder).rglob("*")
        return b"".join(one.read_bytes() for one in files if one.is_file())

    def _children(self) -> tuple[list[int], list[int]]:
        """Prefect's server, which leads a group of its own, and the runs that are at work."""
        ours = self.flows.running.pid
        found = {pid: group_of(pid) for pid in descendants(ours)}
        self.kin |= {ours, self.slack.running.pid, *found}
        servers = [pid for pid, group in found.items() if group == pid]
        return servers, [pid for pid, group in found.items() if group == ours]

    def _runs(self) -> list[int]:
        self._tend()
        return self._children()[1]

    def _tend(self) -> None:
        self.flows.tend()
        self.slack.tend()
        self._children()

    def _wait_until(self, at: datetime) -> None:
        while datetime.now(UTC) < at:
            self._tend()
            time.sleep(0.3)

    def end(self) -> None:
        """End what lives, and note what outlived that."""
        self._children()
        self.flows.end()
        self.slack.end()
        within(20, lambda: not alive(self.kin))
        self.left = alive(self.kin)
        self.told += self.kept_by_prefect
        kill(self.left)

    # -- what is waited for --------------------------------------------------------------------
    def _is_served(self) -> bool:
        self._tend()
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return "ready at" in self.flows.printed
        return False

    def _is_settled(self) -> bool:
        self._tend()
        return "RoundMeasured" in self.area.kinds() and not waiting(self.area.log)

    def _known_to_prefect(self) -> list[dict[str, Any]]:
        """Every run that it knows, once it answers."""
        self._tend()
        login = (home(self.area.log.folder) / "login").read_text().partition(":")
        address = self.flows.printed.rpartition("ready at ")[2].split()[0]
        with suppress(httpx.HTTPError):
            url = f"{address}/api/flow_runs/filter"
            found: list[dict[str, Any]] = plain_http.post(url, json={}, auth=login[::2]).json()
            return found
        return []

    # -- people --------------------------------------------------------------------------------
    def _answers(self, one: Member) -> None:
        """Somebody answers all, begins and stops, or stays silent."""
        dice = random.Random(f"{one.id} {self.seed}")
        clicks, seen = dice.choice((0, 2, 99, 99)), 0
        me = Person(self.workspace, (one.slack or "").partition("/")[2], self._carry)
        self.over.wait(dice.uniform(0, LASTS * 0.6))
        while clicks and not self.over.wait(dice.uniform(0.1, 0.8)):
            newest = me.inbox[-1] if len(me.inbox) > seen else None
            on = [token for token in tokens(newest) if token.startswith(ON)] if newest else []
            if newest and on:
                seen, clicks, token = len(me.inbox), clicks - 1, dice.choice(on)
                if me.click(newest, token).status == 200:
                    self.clicked.append((one.id, token, datetime.now(UTC)))

    def _carry(self, body: str, headers: Mapping[str, str]) -> int:
        """Send until somebody answers, as people and Slack do."""
        while not self.over.is_set():
            with suppress(OSError, HTTPException), over_http(self.port) as carry:
                return carry(body, headers)
            self.over.wait(0.1)
        return 503


@contextmanager
def chaos(folder: Path, seed: int, fates: tuple[str, ...], every: int) -> Iterator[Chaos]:
    """A round lived to its end; everything that served it has ended.

    Args:
        fates: who dies, in any order.
        every: seconds between two ticks.
    """
    log = Log(folder / "data")
    area = Area(log, uuid4())
    area.open(PANEL, terms=TERMS)
    with Slow() as workspace, take_port("127.0.0.1", 0, "EHSG_PORT") as door:
        port: int = door.getsockname()[1]
        door.close()
        reached = reaching(workspace, port)
        words = [str(log.folder), str(every)]
        flows = Mortal(FLOWS, words, environment(), folder / "flows.out")
        slack = Mortal(SLACK, words, reached, folder / "slack.out")
        one = Chaos(seed, fates, area, workspace, port, flows, slack, random.Random(seed))
        try:
            one.live()
        finally:
            one.end()
        yield one
        log.close()
