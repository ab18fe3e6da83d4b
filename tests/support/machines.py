"""Machines that share a log and may stop before, within and after any commit; one sender for all.

What a machine held in memory is gone when it stops; the log, and what people have seen, stay.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from eventsourcing.sqlite import SQLiteCursor

from bots.delivery.outbox import Outbox
from bots.delivery.sender import Impossible, Unsure
from bots.interview.talk import Prompt
from bots.messages.promise import Promise
from bots.slack.sender import LEASE
from ehsg_events.kernel import Fact, Recorded, Surface
from ehsg_events.log.log import Log
from ehsg_events.log.sqlite_store import SQLiteStore
from support.log.store import sqlite

STOPS = 0.012  # how often a machine stops at each of the three moments of a commit
LOST = 0.05  # how often the connection is lost before a message is taken, and after it


class Killed(BaseException):
    """The machine stopped here; nothing of it goes on."""


class Attempt(NamedTuple):
    """What one transaction was to write: facts at their places, and sealed texts."""

    facts: frozenset[tuple[UUID, int, Fact]]
    texts: frozenset[UUID]


@dataclass
class Fate:
    """What happens to machines at their commits; the same for the same dice.

    A `rival` writes just before the next commit, between what was read for it and itself.
    """

    dice: random.Random
    raging: bool = False
    rival: Callable[[], None] | None = None
    attempts: dict[str, list[Attempt]] = field(default_factory=lambda: defaultdict(list))
    tally: Counter[str] = field(default_factory=Counter)

    def strikes(self, where: str) -> None:
        """The machine may stop here."""
        if self.raging and self.dice.random() < STOPS:
            self.tally[f"killed {where}"] += 1
            raise Killed(where)

    def yields(self) -> None:
        """Another writer may be faster."""
        rival, self.rival = self.rival, None
        if rival is not None:
            rival()


class _MortalStore(SQLiteStore):
    """Writes as ever, and may stop with a transaction half written."""

    def __init__(self, path: Path, fate: Fate) -> None:
        self._fate = fate
        super().__init__(path)

    def _write_one(self, cursor: SQLiteCursor, save: Any) -> None:
        super()._write_one(cursor, save)
        self._fate.strikes("within a commit")


class MortalLog(Log):
    """A log in a machine that may stop."""

    def __init__(self, folder: Path, fate: Fate) -> None:
        self._fate = fate
        super().__init__(folder)

    def construct_recorder(self) -> SQLiteStore:
        """The store that may stop."""
        self._store = _MortalStore(self.folder / "log.sqlite", self._fate)
        return self._store

    def save(self, *objs: Any, **kwargs: Any) -> Any:
        """Save, unless another is faster or the machine stops before; it may stop after, too."""
        facts = frozenset((one.stream.id, one.version, one.fact) for one in objs)
        texts = frozenset(one.words.id for one in kwargs["sealed"])
        self._fate.attempts[kwargs["key"]].append(Attempt(facts, texts))
        self._fate.yields()
        self._fate.strikes("before a commit")
        saved = super().save(*objs, **kwargs)
        self._fate.strikes("after a commit")
        return saved


@dataclass(frozen=True)
class Seen:
    """A message as it stands before a person: when it was said, and after which fact."""

    person: str
    promise: Promise
    prompt: Prompt
    at: datetime
    position: int


@dataclass
class RecordingSender:
    """Says everything to people who forget nothing; the connection may be lost, the machine stop.

    `gone` are those who are no longer in the workspace.
    """

    fate: Fate
    clock: Callable[[], datetime]
    position: Callable[[], int]
    gone: set[str] = field(default_factory=set)
    seen: list[Seen] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)
    surface: Surface = "slack"
    can_look: bool = True
    lease: timedelta = LEASE

    def check(self) -> None:
        """It takes what it is given, whenever it is there."""

    def post(self, person: str, promise: Promise, content: Prompt, *, look: bool) -> str:
        """Say something new, unless it stands there already and we look."""
        if person in self.gone:
            raise Impossible("user_not_found")
        stands = self.find(person, promise) if look else None
        if stands is not None:
            return stands
        self._trouble("before it was said")
        self.seen.append(Seen(person, promise, content, self.clock(), self.position()))
        self._trouble("after it was said")
        return str(len(self.seen) - 1)

    def change(self, person: str, reference: str, promise: Promise, content: Prompt) -> None:
        """Change what was said; what it says then is looked at elsewhere."""
        self._trouble("before it was changed")
        self.changed.add(promise.name)

    def find(self, person: str, promise: Promise) -> str | None:
        """Where a message stands before a person."""
        found = (n for n, one in enumerate(self.seen) if _is(one, person, promise))
        return next((str(number) for number in found), None)

    def _trouble(self, when: str) -> None:
        self.fate.strikes(when)
        if self.fate.raging and self.fate.dice.random() < LOST:
            self.fate.tally[f"connection lost {when}"] += 1
            raise Unsure


def _is(one: Seen, person: str, promise: Promise) -> bool:
    return (one.person, one.promise.name) == (person, promise.name)


class Machine(NamedTuple):
    """One of the machines: its own memory of the log, and its own deliverer."""

    log: MortalLog
    outbox: Outbox


def start(folder: Path, fate: Fate, sender: RecordingSender) -> Machine:
    """A machine that knows nothing but what lies in the folder."""
    log = MortalLog(folder, fate)
    return Machine(log, Outbox(log, sender, sender.clock))


def torn(fate: Fate, facts: Sequence[Recorded], texts: frozenset[UUID]) -> list[str]:
    """The causes of which a part is on the log, and not exactly what one attempt was to write."""
    found: dict[str, set[tuple[UUID, int, Fact]]] = defaultdict(set)
    for one in facts:
        found[one.stamp.key].add((one.stream.id, one.version, one.fact))
    return [
        key
        for key, tried in fate.attempts.items()
        if Attempt(frozenset(found[key]), texts & frozenset().union(*(one.texts for one in tried)))
        not in (Attempt(frozenset(), frozenset()), *tried)
    ]


def sealed(log: Log) -> frozenset[UUID]:
    """The ids of all sealed texts that lie beside a log."""
    with sqlite(log).datastore.transaction(commit=False) as cursor:
        cursor.execute("SELECT id FROM sealed_text")
        return frozenset(UUID(row[0]) for row in cursor.fetchall())
