"""Which checkpoint of the ledger may be told: none of an open round, whose size would tell too much."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress

from ehsg_events.ledger.ledger_file import LedgerFile, Signed
from ehsg_events.ledger.sequencer import ledger_file
from ehsg_events.log.log import Log
from projections.facts.moments import unplaced_from
from projections.facts.view import View


def newest_told(view: View) -> Signed | None:
    """The newest checkpoint that may be told; none where there is none, or no ledger."""
    place = ledger_file(view.log.folder)
    if not place.exists():
        return None
    with suppress(sqlite3.DatabaseError), closing(LedgerFile(place, read_only=True)) as file:
        return told_in(view, file)
    return None


def told_in(view: View, file: LedgerFile) -> Signed | None:
    """The newest checkpoint in a ledger's file that may be told to a reader."""
    newest = file.newest()
    # after it was read: a round that was opened since the view was taken is seen
    firsts = (view.unplaced_from, unplaced_from(view.log))
    upto = min((first - 1 for first in firsts if first is not None), default=None)
    return newest if upto is None else file.newest(upto)


def newest_to_anybody(log: Log, file: LedgerFile) -> Signed | None:
    """The newest checkpoint in a ledger's file that may be told to anybody, as of now."""
    newest, upto = file.newest(), told_upto(log)  # in this order, as above
    return newest if upto is None else file.newest(upto)


def told_upto(log: Log) -> int | None:
    """How many facts may be told of to anybody, witnesses too; none where that is all of them."""
    first = unplaced_from(log)
    return None if first is None else first - 1
