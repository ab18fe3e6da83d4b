"""Which checkpoint of the ledger may be told, as of the moment that it is told."""

from __future__ import annotations

from contextlib import closing

from support.area import Area
from support.log.long_ledger import NOW, signed

from ehsg_events.events import RoundOpened
from ehsg_events.ledger.ledger_file import LedgerFile
from ehsg_events.ledger.sequencer import ledger_file, sequencer
from ehsg_events.log.log import Log
from projections.access.checkpoints import newest_to_anybody, newest_told
from projections.facts.view import view_at


def test_a_round_that_is_opened_while_a_page_is_drawn_is_not_told_of(log: Log) -> None:
    """The page may have waited for the ledger since it was asked for."""
    area = Area(log)
    area.open()
    signed(log)
    view = view_at(log, area.id)
    assert view.unplaced_from is None
    area.open_round()
    with sequencer(log, NOW) as at_work:
        at_work.catch_up()
        at_work.sign(NOW)
    (opened,) = (position for position, _, _ in log.store.where((RoundOpened.TOPIC,)))
    told = newest_told(view)
    assert told
    assert told.size == opened - 1 < log.store.last_position()
    with closing(LedgerFile(ledger_file(log.folder), read_only=True)) as file:
        assert newest_to_anybody(log, file) == told
