"""The ledger has every fact once and in order, whoever adds to it and whenever they are ended."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from support.area import CLOSES, Area
from support.log.long_ledger import (
    NOW,
    add_facts,
    leaves,
    leaves_of_log,
    opened,
    signed,
    told_until_killed,
)

from ehsg_events.commands import rounds
from ehsg_events.events import LedgerBegun, LedgerKeyChanged, RoundOpened, RoundReopened
from ehsg_events.ledger import sequencer as sequencing
from ehsg_events.ledger.base64_text import encoded
from ehsg_events.ledger.notes import checkpoint_of, is_signed, verifier_of
from ehsg_events.ledger.sequencer import (
    AT_MOST,
    BATCH,
    Altered,
    ledger_file,
    sequencer,
)
from ehsg_events.ledger.terms import terms_of
from ehsg_events.log.log import Log


@pytest.fixture
def many_facts(tmp_path: Path) -> Iterator[Log]:
    """A log to which facts are added that fold to nothing."""
    with opened(tmp_path / "many") as log:
        yield log


def test_every_fact_is_a_leaf_in_its_order(many_facts: Log) -> None:
    """Also those that were recorded before there was a ledger, in batches and one by one."""
    log = many_facts
    for many in (1, BATCH - 1, 2 * BATCH + 5, 1):
        add_facts(log, many)
        note = signed(log)
        assert leaves(log) == leaves_of_log(log)
        assert checkpoint_of(note).size == log.store.last_position()


def test_its_beginning_is_a_fact_and_says_how_much_was_there(log: Log) -> None:
    """Once, however often it is looked for and by however many at once."""
    Area(log).open()
    before = log.store.last_position()
    threads = [Thread(target=signed, args=(log,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (begun,) = log.all(topics=(LedgerBegun.TOPIC,))
    assert isinstance(begun.fact, LedgerBegun)
    assert (begun.position, begun.fact.before) == (before + 1, before)
    assert not [*log.all(topics=(LedgerKeyChanged.TOPIC,))]


def test_a_checkpoint_is_signed_with_the_key_that_the_log_names(log: Log) -> None:
    """And by no other; its root is that of all facts there are."""
    note, terms = signed(log), terms_of(log)
    assert terms
    assert is_signed(note, verifier_of(terms.keys[-1]))
    assert checkpoint_of(note).origin == terms.origin


def test_what_is_signed_once_is_not_signed_again(log: Log) -> None:
    """The same tree has one note, so that nobody is shown two."""
    assert signed(log) == signed(log)


# -- a log that does not go on from its ledger ----------------------------------------------------
def put_back(log: Log, to: int) -> None:
    """Take the newest facts away, as an older copy of the file would lack them."""
    with closing(sqlite3.connect(log.folder / "log.sqlite")) as db, db:
        db.execute("DROP TRIGGER no_delete")
        db.execute("DELETE FROM stored_events WHERE rowid > ?", (to,))
        db.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'stored_events'", (to,))


@pytest.mark.parametrize("more", [0, 3, 20])
def test_nothing_is_added_after_a_log_that_was_put_back(tmp_path: Path, more: int) -> None:
    """Whether it is shorter, as long or longer than it was when it was signed."""
    with opened(tmp_path) as log:
        add_facts(log, 10)
        note = signed(log)
        end = log.store.last_position()
        put_back(log, end - 3)
        add_facts(log, more)
        with pytest.raises(Altered, match="position"):
            signed(log)
    kept = sqlite3.connect(ledger_file(tmp_path))
    with closing(kept):
        assert kept.execute("SELECT note FROM checkpoint").fetchall()[-1:] == [(note,)]


def test_nothing_is_added_after_a_gap(tmp_path: Path) -> None:
    """A fact that is missing would move all later ones."""
    with opened(tmp_path) as log:
        signed(log)
        add_facts(log, 5)
        with closing(sqlite3.connect(tmp_path / "log.sqlite")) as db, db:
            db.execute("DROP TRIGGER no_delete")
            db.execute(
                "DELETE FROM stored_events WHERE rowid = ?", (log.store.last_position() - 2,)
            )
        with pytest.raises(Altered, match="missing"):
            signed(log)


# -- when it is signed ----------------------------------------------------------------------------
def test_a_minute_after_something_was_added_it_is_to_be_signed(log: Log) -> None:
    """And not before, nor while nothing was added."""
    with sequencer(log, NOW) as at_work:
        at_work.catch_up()
        at_work.sign(NOW)
        assert not at_work.is_due(NOW + 2 * AT_MOST)
        Area(log).open()
        at_work.catch_up()
        assert not at_work.is_due(NOW + AT_MOST - timedelta(seconds=1))
        assert at_work.is_due(NOW + AT_MOST)


def test_a_clock_that_is_set_back_holds_up_no_signature(log: Log) -> None:
    """Else nothing would be signed until it is as late as it was."""
    with sequencer(log, NOW) as at_work:
        at_work.catch_up()
        at_work.sign(NOW)
        Area(log).open()
        at_work.catch_up()
        assert at_work.is_due(NOW - timedelta(hours=1))


def test_a_close_is_signed_at_once(log: Log) -> None:
    """And what is answered before it is not."""
    area = Area(log)
    with sequencer(log, NOW) as at_work:
        at_work.catch_up()
        area.open()
        area.open_round()
        assert not at_work.catch_up()
        area.advance(CLOSES)
        assert at_work.catch_up()


def test_what_was_recorded_before_a_round_opened_is_signed_without_it(log: Log) -> None:
    """However late that is: while it is open no checkpoint is told that counts its facts."""
    area = Area(log)
    area.open()
    before = log.store.last_position()
    with sequencer(log, NOW) as at_work:  # its beginning is a fact, too
        area.open_round()
        (opened,) = (position for position, _, _ in log.store.where((RoundOpened.TOPIC,)))
        assert opened == before + 2
        at_work.catch_up()
        at_work.sign(NOW)
        told = at_work.file.newest(opened - 1)
        assert told
        assert told.size == opened - 1
        assert checkpoint_of(told.note).root == at_work.file.root(opened - 1)


def test_what_was_recorded_before_a_round_was_opened_again_is_signed_without_it(log: Log) -> None:
    """Its close, too, however soon it was taken back."""
    area = Area(log)
    with sequencer(log, NOW) as at_work:
        area.open()
        area.open_round()
        area.advance(CLOSES)
        later = CLOSES + timedelta(days=1)
        stamp = area.stamp(later)
        rounds.reopen_round(log, stamp, area.id, later + timedelta(days=7), "One is still to come.")
        (again,) = (position for position, _, _ in log.store.where((RoundReopened.TOPIC,)))
        at_work.catch_up()
        at_work.sign(NOW)
        told = at_work.file.newest(again - 1)
        assert told
        assert told.size == again - 1


# -- ended at any moment --------------------------------------------------------------------------
@pytest.mark.slow
def test_killed_at_any_moment_no_checkpoint_that_was_told_is_contradicted(tmp_path: Path) -> None:
    """The next goes on from it, with every fact once."""
    opened(tmp_path).close()
    chance, told = random.Random(17), list[str]()
    for _ in range(6):
        told += told_until_killed(tmp_path, chance.uniform(0, 0.05))
        with Log(tmp_path) as log:
            signed(log)
            assert leaves(log) == leaves_of_log(log)
            with sequencer(log, NOW) as at_work:
                for origin, size, root in map(str.split, told):
                    assert root == encoded(at_work.file.root(int(size))), (origin, size)
    assert len(told) > 20


def test_a_disk_that_is_full_adds_nothing_by_halves(
    many_facts: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Leaves and signature come together or not at all, and afterwards it goes on."""
    log = many_facts
    signed(log)
    add_facts(log, 300)
    size = len(leaves(log))
    with sequencer(log, NOW) as at_work:
        at_work.file._db.execute(f"PRAGMA max_page_count = {pages(at_work)}")
        with pytest.raises(sqlite3.OperationalError, match="full"):
            at_work.catch_up()
        assert at_work.file.size() == size
    monkeypatch.setattr(sequencing, "BATCH", 50)
    signed(log)
    assert leaves(log) == leaves_of_log(log)


def pages(at_work: sequencing.Sequencer) -> int:
    """How many pages the ledger's file has."""
    return int(at_work.file._db.execute("PRAGMA page_count").fetchone()[0])
