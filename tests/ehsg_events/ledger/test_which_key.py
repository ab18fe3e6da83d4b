"""Which key signs a ledger: its own alone, another when it is wished or missing, and the log says so."""

from __future__ import annotations

import shutil

import pytest
from support.area import Area
from support.log import spoiled
from support.log.long_ledger import (
    NOW,
    leaves,
    leaves_of_log,
    signed,
)

from ehsg_events.events import LedgerKeyChanged
from ehsg_events.kernel import Refused
from ehsg_events.ledger import sequencer as sequencing
from ehsg_events.ledger.notes import checkpoint_of, is_signed, verifier_of
from ehsg_events.ledger.sequencer import (
    BEFORE,
    FOLDER,
    KEY,
    new_key,
    sequencer,
)
from ehsg_events.ledger.signing_key import make_signer
from ehsg_events.ledger.terms import terms_of
from ehsg_events.log.log import Log


def test_the_key_is_its_owners_and_lies_in_no_fact(log: Log) -> None:
    """Not the private one."""
    signed(log)
    file = log.folder / "ledger" / KEY
    assert file.stat().st_mode & 0o777 == 0o600
    private = file.read_text().split("+", 4)[4].strip()  # which may hold a plus itself
    assert all(private.encode() not in stored.state for _, stored in log.store.rows())


@pytest.mark.parametrize("gone", ["key", "ledger.sqlite", "", "every row"])
def test_what_is_missing_is_made_anew_and_the_log_says_so(log: Log, gone: str) -> None:
    """Under another key: whoever kept the old one sees that something happened."""
    first = signed(log)
    terms, place = terms_of(log), log.folder / "ledger" / gone
    if gone == "every row":
        with spoiled.unguarded_ledger(log.folder) as ledger:
            ledger.execute("DELETE FROM tile")
            ledger.execute("DELETE FROM checkpoint")
    elif gone:
        place.unlink()
    else:
        shutil.rmtree(place)
    second = signed(log)
    (changed,) = log.all(topics=(LedgerKeyChanged.TOPIC,))
    assert isinstance(changed.fact, LedgerKeyChanged)
    assert changed.fact.was_missing
    assert terms
    assert not is_signed(second, verifier_of(terms.keys[0]))
    assert is_signed(second, verifier_of(changed.fact.signed_by))
    assert checkpoint_of(second).origin == checkpoint_of(first).origin
    assert leaves(log) == leaves_of_log(log)


def test_a_new_key_signs_beside_the_old_one_until_that_is_deleted(log: Log) -> None:
    """So whoever knows only the old one goes on reading; also a server that was running meanwhile."""
    with sequencer(log, NOW) as at_work:
        at_work.catch_up()
        old, new = new_key(log, NOW).keys
        at_work.catch_up()
        both = at_work.sign(NOW).note
        assert is_signed(both, verifier_of(old))
        assert is_signed(both, verifier_of(new))
        (log.folder / "ledger" / BEFORE).unlink()
        Area(log).open()
        at_work.catch_up()
        alone = at_work.sign(NOW).note
    assert not is_signed(alone, verifier_of(old))
    assert is_signed(alone, verifier_of(new))
    terms = terms_of(log)
    assert terms
    assert (terms.anew, terms.keys) == (None, (old, new))


@pytest.mark.parametrize("spoil", ["", "PRIVATE+KEY+ehsg/x+00000000+AAAA", "a picture", "\x00"])
def test_a_damaged_key_is_refused_and_kept(log: Log, spoil: str) -> None:
    """Nobody signs with what is no key, and nobody throws away what may be put right."""
    signed(log)
    file = log.folder / "ledger" / KEY
    file.write_text(spoil)
    with pytest.raises(Refused, match="holds no key"):
        signed(log)
    assert file.read_text() == spoil


def test_a_key_that_the_log_does_not_name_signs_nothing(log: Log) -> None:
    """Exchanged while the ledger is kept, it signs once the log says so."""
    with sequencer(log, NOW) as at_work:
        at_work.catch_up()
        make_signer(log.folder / FOLDER / KEY, at_work.terms.origin)
        with pytest.raises(Refused, match="was exchanged"):
            at_work.sign(NOW)
    note, terms = signed(log), terms_of(log)
    assert terms
    assert is_signed(note, verifier_of(terms.keys[-1]))


def test_a_change_of_keys_that_was_ended_halfway_is_no_ledger_made_anew(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies there says that it was wished: the next start only says it on the log."""
    signed(log)
    with monkeypatch.context() as ended:
        ended.setattr(sequencing, "change_key", interrupted)
        with pytest.raises(KeyboardInterrupt):
            new_key(log, NOW)
    note, terms = signed(log), terms_of(log)
    assert terms
    assert len(terms.keys) == 2
    assert terms.anew is None
    assert all(is_signed(note, verifier_of(key)) for key in terms.keys)


def interrupted(*_: object, **__: object) -> None:
    """Ended from outside."""
    raise KeyboardInterrupt


def test_another_ledgers_key_signs_nothing(log: Log) -> None:
    """Whoever reads a checkpoint takes only a signature of who it is named after."""
    with sequencer(log, NOW) as at_work:
        at_work.catch_up()
        make_signer(log.folder / FOLDER / KEY, "ehsg/another")
        with pytest.raises(Refused, match="the key of another ledger"):
            at_work.sign(NOW)
    with pytest.raises(Refused, match="the key of another ledger"):
        signed(log)
