"""A log with many facts of one kind, and a process that keeps its ledger until it is killed."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from ehsg_events.ledger.leaves import leaf
from ehsg_events.ledger.sequencer import sequencer
from ehsg_events.ledger.terms import terms_of
from ehsg_events.ledger.tree import HASH, leaf_hash
from ehsg_events.log.log import Log
from support.area import Area
from support.places import TESTS

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
KEEPER = """
import sys
from pathlib import Path
from support.log.long_ledger import keep_for_ever
keep_for_ever(Path(sys.argv[1]))
"""


def opened(folder: Path) -> Log:
    """A log with an assessment on it."""
    log = Log(folder)
    Area(log).open()
    return log


def add_facts(log: Log, many: int) -> None:
    """Append so many facts, each as the log's first but on a stream of its own."""
    ((_, stored),) = log.store.at((1,))
    end = log.store.last_position()
    new = [
        StoredEvent(UUID(int=(5 << 100) + end + number), 1, stored.topic, stored.state)
        for number in range(many)
    ]
    log.store.insert_events(new)


def signed(log: Log) -> str:
    """Catch the ledger up and sign it; the note that anybody may keep."""
    with sequencer(log, NOW) as at_work:
        at_work.catch_up()
        return at_work.sign(NOW).note


def leaves(log: Log) -> list[bytes]:
    """The hash of every leaf that the ledger has."""
    with sequencer(log, NOW) as at_work:
        held = at_work.file.leaf_hashes(0, at_work.file.size())
    assert all(len(leaf) == HASH for leaf in held)
    return held


def leaves_of_log(log: Log) -> list[bytes]:
    """The hash of every leaf that the log should have."""
    terms = terms_of(log)
    assert terms
    return [leaf_hash(leaf(terms.secret, *row)) for row in log.store.rows()]


def keep_for_ever(folder: Path) -> None:
    """Add facts, keep the ledger, and tell each checkpoint; it is meant to be killed."""
    log = Log(folder)
    with sequencer(log, NOW) as at_work:
        while True:
            add_facts(log, 7)
            at_work.catch_up()
            head = at_work.sign(NOW).note.split("\n")
            print(*head[:3], flush=True)  # noqa: T201 - it is read by who kills it


@contextmanager
def keeper(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that keeps a ledger; it is killed at the block's end, if not before."""
    command = [sys.executable, "-c", KEEPER, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=TESTS) as child:
        try:
            yield child
        finally:
            child.kill()


def told_until_killed(folder: Path, seconds: float) -> list[str]:
    """The checkpoints that a keeper told before it was killed, some time after its first."""
    with keeper(folder) as child:
        assert child.stdout
        first = child.stdout.readline()
        time.sleep(seconds)
        child.kill()
        rest = child.stdout.readlines()
    return [line.strip() for line in (first, *rest) if line.endswith("\n")]
