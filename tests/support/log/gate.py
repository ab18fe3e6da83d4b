"""Saves that wait for each other at a gate, so that one of them writes for all."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from threading import Event, Thread
from typing import Any

from eventsourcing.persistence import PersistenceError

from ehsg_events.log.log import Log
from ehsg_events.log.sqlite_store import SQLiteStore
from support.log.store import sqlite

BEFORE = "before them"  # the key of the save during which they come


def together(log: Log, *saves: Callable[[], object]) -> list[object]:
    """What came of saves that were written together: what each returned, or raised."""
    ends: list[object] = [None] * len(saves)

    def save(number: int) -> None:
        try:
            ends[number] = saves[number]()
        except BaseException as failure:  # noqa: BLE001 - what is raised is what is looked for
            ends[number] = failure

    with _held(log):
        threads = [Thread(target=partial(save, number)) for number in range(len(saves))]
        for count, thread in enumerate(threads, start=1):
            thread.start()
            _until_there_wait(log, count)
    for thread in threads:
        thread.join()
    return ends


@contextmanager
def _held(log: Log) -> Iterator[None]:
    """While another save is on its way to the disk, which records only its key."""
    begun, gate, store = Event(), Event(), sqlite(log)
    write = store.batching._do

    def held(batch: Sequence[Any]) -> None:
        begun.set()
        gate.wait()
        write(batch)

    store.batching._do = held
    before = Thread(target=_records_its_key, args=(store,))
    before.start()
    begun.wait()
    try:
        yield
    finally:
        store.batching._do = write  # before the gate is opened: the next batch needs none
        gate.set()
        before.join()


def _records_its_key(store: SQLiteStore) -> None:
    with suppress(PersistenceError):
        store.insert_events([], key=BEFORE)


def _until_there_wait(log: Log, count: int) -> None:
    while sqlite(log).batching.waiting < count:
        time.sleep(0.001)


def statements(log: Log) -> list[str]:
    """What SQLite is told from now on, one statement an entry."""
    told: list[str] = []
    for connection in sqlite(log).datastore.pool._pool:
        connection._sqlite_conn.set_trace_callback(told.append)
    return told
