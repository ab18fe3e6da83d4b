"""Which checkpoint of the ledger may be told, as of the moment that it is told."""

from __future__ import annotations

from contextlib import closing

import pytest
from support.area import CLOSES, Area
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


@pytest.mark.parametrize("after", [0, 1])
def test_nor_is_its_opening_by_whichever_checkpoint_ends_with_it(log: Log, after: int) -> None:
    """Witnesses are told no more than readers; once the round is closed both are told the newest."""
    area = Area(log)
    area.open()
    signed(log)
    area.open_round()
    (opened,) = (position for position, _, _ in log.store.where((RoundOpened.TOPIC,)))
    with sequencer(log, NOW) as at_work:
        at_work.catch_up(upto=opened + after)
        at_work.sign(NOW)
        told = newest_told(view_at(log, area.id)), newest_to_anybody(log, at_work.file)
        newest = at_work.file.newest()
        assert newest
        assert newest.size == opened + after
        assert [one and one.size for one in told] == [opened - 1, opened - 1]
        area.advance(CLOSES)
        at_work.catch_up()
        at_work.sign(NOW)
        newest = at_work.file.newest()
        assert newest_told(view_at(log, area.id)) == newest_to_anybody(log, at_work.file) == newest
