"""Sixteen people save at the same moment, again and again: here, and by the library's own recorder.

Each save is one small fact under a key of its own, and is on the disk when it returns. The library
writes no key. Each job is done in a fresh process; of five the median is given.
"""

from __future__ import annotations

import itertools
import json
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from threading import Barrier
from uuid import UUID, uuid4

from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteConnection, SQLiteDatastore
from rich.console import Console
from rich.table import Table

from benchmarks.alone import Row, alone, do
from benchmarks.answering import milliseconds, timed
from benchmarks.runs import Figures
from ehsg_events.log.sqlite_store import SQLiteStore

WRITERS, SECONDS, TIMES = 16, 3.0, 5
AIMS = {"saves/s": 6000, "p99 ms": 10}
SHOWN = ("saves/s", "a transaction", "p50 ms", "p95 ms", "p99 ms", "slowest ms", "CPU us a save")
Save = Callable[[StoredEvent, str], object]


def main() -> Figures:
    """Measure both in turn, and print a table."""
    rows: dict[str, list[Row]] = {"here": [], "the library": []}
    for _ in range(TIMES):
        rows["here"].append(alone("benchmarks.saving", "here"))
        rows["the library"].append(alone("benchmarks.saving", "library"))
    table = Table("", "here", "aim", "the library", title=f"{WRITERS} writers")
    figures: dict[str, float] = {}
    for name in SHOWN:
        here, there = (median(row[name] for row in many) for many in rows.values())
        table.add_row(name, f"{here:,.2f}", str(AIMS.get(name, "")), f"{there:,.2f}")
        figures |= {name: here, f"the library: {name}": there}
    Console(width=100).print(table)
    return figures


def here() -> Row:
    """How saves go in our own store."""
    with tempfile.TemporaryDirectory() as place:
        store = SQLiteStore(Path(place) / "log.sqlite")
        figures = saved(lambda fact, key: store.insert_events([fact], key=key))
        store.close()
    return figures


def library() -> Row:
    """How they go in the library's."""
    with tempfile.TemporaryDirectory() as place:
        recorder = SQLiteApplicationRecorder(SQLiteDatastore(f"{place}/log.sqlite"))
        recorder.create_table()
        figures = saved(lambda fact, _: recorder.insert_events([fact]))
        recorder.datastore.close()
    return figures


def saved(save: Save) -> Row:
    """Let everybody save for some seconds; how long it took them, and how many shared a commit."""
    commits = _counted()
    start, worked = Barrier(WRITERS), time.process_time()
    with ThreadPoolExecutor(WRITERS) as pool:
        everybody = pool.map(lambda _: _saves(save, start), range(WRITERS))
        times = list(itertools.chain.from_iterable(everybody))
    return {
        "saves/s": len(times) / SECONDS,
        "a transaction": len(times) / next(commits),
        "CPU us a save": (time.process_time() - worked) * 1_000_000 / len(times),
        **milliseconds(times),
    }


def _saves(save: Save, start: Barrier) -> list[float]:
    stream, times = uuid4(), list[float]()
    start.wait()
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        fact, key = _fact(stream, len(times) + 1)
        times.append(timed(lambda fact=fact, key=key: save(fact, key)))  # type: ignore[misc]
    return times


def _fact(stream: UUID, version: int) -> tuple[StoredEvent, str]:
    key = f"{stream}/{version}"
    said = {"assessment": str(stream), "key": key, "said": "x" * 200}
    return StoredEvent(stream, version, "note.Given", json.dumps(said).encode()), key


def _counted() -> itertools.count[int]:
    """Counts commits from now on."""
    commits, commit = itertools.count(), SQLiteConnection.commit

    def counted(connection: SQLiteConnection) -> None:
        next(commits)
        commit(connection)

    SQLiteConnection.commit = counted  # type: ignore[assignment, method-assign]
    return commits


if __name__ == "__main__":
    do({"here": here, "library": library})
