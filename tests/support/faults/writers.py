"""Processes that record one act after the other, and say of each that it is recorded; to be killed."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Collection
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Semaphore
from pathlib import Path
from typing import Any

from bots.interview import record
from ehsg_events.commands import panel, rounds
from ehsg_events.log.log import Log
from support.area import ITEMS, Area, person
from support.faults.whole import Act, Looked, looked

forks = multiprocessing.get_context("forkserver")  # a process that need not import everything anew
forks.set_forkserver_preload(["bots.interview.record", "projections.verification.verification"])
A_PERSON = 10  # acts until the next one joins
PAUSES = (0.0, 0.0, 0.0, 0.25)  # seconds between two acts
LASTS = timedelta(days=30)
UNHEARD = 8  # acts that a process does at most while nobody hears, so that the log stays short
LONGEST = 300.0  # seconds until a process has answered


def write_on(folder: Path, name: str, says: Connection, unheard: Semaphore) -> None:
    """Let people join and answer with a comment, and a deadline move, until the process is ended."""
    log, dice = Log(folder), random.Random(name)
    area = Area(log)
    for number in count():
        unheard.acquire()
        act = _done(area, name, number, dice)
        says.send(act)
        time.sleep(dice.choice(PAUSES))


def _done(area: Area, name: str, number: int, dice: random.Random) -> Act:
    """Do one thing whose words nobody else says."""
    who, said = f"{name}-{number // A_PERSON}", f"{name} says {number}"
    now = datetime.now(UTC)
    stamp = area.stamp(now, key=said)
    match number % A_PERSON:
        case 0:
            joining = person(who, "Police")
            panel.join(area.log, stamp, area.id, joining)
            return Act(joining.name)
        case 5:
            until = now + LASTS + timedelta(seconds=dice.randrange(100_000))
            rounds.extend_round(area.log, stamp, area.id, until, said)
            return Act(said)
    act = Act(said, dice.choice(ITEMS), str(dice.randrange(6)))
    record.answer(area.log, stamp, area.id, who, act.item, act.level, act.words)
    return act


def opened(folder: Path) -> None:
    """A folder whose round is open."""
    log = Log(folder)
    area = Area(log)
    now = datetime.now(UTC)
    area.open(at=now)
    area.open_round(now, now + LASTS)
    log.close()


class Writer:
    """A process that writes, and what it has said so far."""

    def __init__(self, folder: Path, name: str) -> None:
        self.told: list[Act] = []
        self._hears, says = forks.Pipe(duplex=False)
        self._unheard = forks.Semaphore(UNHEARD)
        asked = (folder, name, says, self._unheard)
        self._process: Any = forks.Process(target=write_on, args=asked)
        self._process.start()
        says.close()

    def hear(self) -> None:
        """Take what it has said by now."""
        with suppress(EOFError, OSError):  # it was ended, perhaps in the middle of a word
            while self._hears.poll():
                self.told.append(self._hears.recv())
                self._unheard.release()

    def hear_one_more(self) -> None:
        """Wait until it says something that it had not said by now."""
        self.hear()
        assert self._hears.poll(LONGEST), "it records nothing"
        self.hear()

    def kill(self) -> int:
        """End it at once; its exit code."""
        self._process.kill()
        self._process.join()
        self.hear()
        self._hears.close()
        return int(self._process.exitcode)


def looked_anew(folder: Path, told: Collection[Act]) -> Looked:
    """What a new process finds in a folder."""
    hears, says = forks.Pipe(duplex=False)
    process = forks.Process(target=_look, args=(folder, tuple(told), says))
    process.start()
    says.close()
    with hears:
        assert hears.poll(LONGEST), "nobody could look"
        found: Looked = hears.recv()
    process.join()
    return found


def _look(folder: Path, told: Collection[Act], says: Connection) -> None:
    says.send(looked(folder, told))
