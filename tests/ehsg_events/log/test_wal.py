"""The write-ahead log is cut back while the server runs, once a long reader lets it."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from support.area import Area
from support.log.store import raw

from ehsg_events.events import InputRefused
from ehsg_events.log.schema import MOST_LEFT
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.streams import interview_stream

MEGABYTE = 1024 * 1024


def keep(area: Area, size: int) -> None:
    """Record something with a sealed file of a size beside it."""

    def decide(tx: Transaction) -> None:
        stream = interview_stream(area.id, 1, "police-1")
        tx.decide(stream, InputRefused(words=tx.seal(os.urandom(size), stream, "police-1")))

    area.log.record(area.stamp(), decide)


def test_after_a_long_reader_the_file_is_short_again(asked: Area) -> None:
    """Its size stays what the longest reader made it, or a disk fills up for ever."""
    wal = Path(f"{asked.log.folder / 'log.sqlite'}-wal")
    with closing(raw(asked.log)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM stored_events").fetchone()
        for _ in range(3):
            keep(asked, 3 * MEGABYTE)
        assert wal.stat().st_size > 2 * MOST_LEFT
        reader.execute("ROLLBACK")
    for _ in range(3):
        keep(asked, 10)
    assert wal.stat().st_size <= MOST_LEFT
