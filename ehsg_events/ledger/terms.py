"""How a log's ledger is made and signed: its beginning, and another key, are facts on the log."""

from __future__ import annotations

import secrets

from ehsg_events.events import LedgerBegun, LedgerKeyChanged
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.ledger import LedgerTerms, evolve
from ehsg_events.states.streams import ledger_stream

SECRET = 32  # bytes


def terms_of(log: Log) -> LedgerTerms | None:
    """How a log's ledger is made and signed; none while it has none."""
    return log.read(ledger_stream())


def terms_at(log: Log, position: int) -> LedgerTerms | None:
    """The same as the log said it at a position."""
    state: LedgerTerms | None = None
    topics = (LedgerBegun.TOPIC, LedgerKeyChanged.TOPIC)
    for one in log.all(upto=position, topics=topics):
        if isinstance(one.fact, LedgerBegun | LedgerKeyChanged):
            state = evolve(state, one.fact, one.stamp.at)
    return state


def begin_ledger(log: Log, stamp: Stamp, origin: str, key: str) -> LedgerTerms:
    """Begin the ledger of a log, unless it has one.

    Args:
        origin: its name.
        key: the public key that its checkpoints are signed with.

    Returns:
        The terms that stand, whoever began it.
    """

    def decide(tx: Transaction) -> None:
        if tx.read(ledger_stream()) is None:
            before, secret = log.store.last_position(), secrets.token_hex(SECRET)
            begun = LedgerBegun(origin=origin, signed_by=key, secret=secret, before=before)
            tx.decide(ledger_stream(), begun)

    log.record(stamp, decide)
    terms = terms_of(log)
    assert terms, "it was begun just now, or before"
    return terms


def change_key(log: Log, stamp: Stamp, key: str, *, was_missing: bool) -> None:
    """Say that the ledger's checkpoints are signed with another key from now on."""

    def decide(tx: Transaction) -> None:
        terms = tx.read(ledger_stream())
        if terms is not None and terms.keys[-1] != key:
            tx.decide(ledger_stream(), LedgerKeyChanged(signed_by=key, was_missing=was_missing))

    log.record(stamp, decide)
