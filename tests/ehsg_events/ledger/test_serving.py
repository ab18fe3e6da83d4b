"""While a folder is served its ledger follows the log by itself, and is signed when it was promised."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from support.area import CLOSES, Area
from support.processes import within

from ehsg_events.ledger import serving
from ehsg_events.ledger.ledger_file import LedgerFile
from ehsg_events.ledger.sequencer import ledger_file
from ehsg_events.log.log import Log

SOON = 10.0  # seconds: far below the minute after which anything is signed


@contextmanager
def ledger(log: Log) -> Iterator[LedgerFile]:
    """The ledger of a log, as another process reads it."""
    with closing(LedgerFile(ledger_file(log.folder), read_only=True)) as file:
        yield file


def signed(log: Log) -> int:
    """How many facts the newest checkpoint has."""
    with ledger(log) as file:
        newest = file.newest()
        return newest.size if newest else 0


def added(log: Log) -> bool:
    """Whether every fact is in the ledger."""
    with ledger(log) as file:
        return file.size() == log.store.last_position()


@pytest.fixture
def served(log: Log) -> Iterator[Area]:
    """A served log on which nothing has happened but the ledger's beginning, which is signed."""
    with serving.beside(log):
        assert within(SOON, lambda: ledger_file(log.folder).exists() and signed(log))
        yield Area(log)


def test_a_close_is_added_and_signed_at_once_and_an_opening_only_added(served: Area) -> None:
    """What may wait is signed within the minute, and what others will ask about is not kept waiting."""
    log = served.log
    served.open()
    served.open_round()
    before = signed(log)
    assert within(SOON, lambda: added(log))
    assert signed(log) == before < log.store.last_position()
    served.advance(CLOSES)
    assert within(SOON, lambda: signed(log) == log.store.last_position())


def test_at_the_end_all_is_signed(log: Log) -> None:
    """Whatever was recorded last, and however shortly before."""
    with serving.beside(log):
        assert within(SOON, lambda: ledger_file(log.folder).exists() and signed(log))
        Area(log).open()
    assert signed(log) == log.store.last_position()
