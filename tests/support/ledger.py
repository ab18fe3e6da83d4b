"""Ledgers to try verifiers with: one of a real log, and one of any facts whatever."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from eventsourcing.persistence import StoredEvent

from ehsg_events.kernel import TOPICS
from ehsg_events.ledger.leaves import digest_of, leaf_of, opening, salt_of
from ehsg_events.ledger.ledger_file import LedgerFile, Signed
from ehsg_events.ledger.notes import Checkpoint, Signer, signed
from ehsg_events.ledger.proofs import proof_of
from ehsg_events.ledger.sequencer import sequencer
from ehsg_events.ledger.terms import terms_of
from ehsg_events.ledger.tree import leaf_hash
from ehsg_events.log.log import Log
from support.area import OPENS

ORIGIN = "ehsg/tried"
SECRET = bytes(32)
VALUES = (
    "5.1",
    3,
    None,
    ["5.1", "6.2"],
    {"id": "x", "sha256": "ab" * 32},
    "d\u00e9j\u00e0 vu <b>",
    True,
)


class Receipts(NamedTuple):
    """A ledger's key, and proofs of its facts by their names."""

    key: str
    proofs: dict[str, str]


def signer(seed: int = 1, name: str = ORIGIN) -> Signer:
    """A key, always the same for the same seed."""
    return Signer(name, Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32))


@contextmanager
def ledger_of(path: Path, entries: Sequence[bytes]) -> Iterator[LedgerFile]:
    """The file of a ledger that has some leaves."""
    file = LedgerFile(path)
    with file.changing():
        file.add([leaf_hash(entry) for entry in entries])
    yield file
    file.close()


def head(file: LedgerFile, size: int, by: Signer) -> Signed:
    """The first leaves of a ledger, signed by whoever is named."""
    return Signed(size, OPENS, signed(Checkpoint(by.name, size, file.root(size)), by))


def in_the_name_of_another(path: Path) -> str:
    """A proof that is right in all but this: the ledger that it names is not the key's own."""
    opened = opening(salt_of(SECRET, 1), invented("interview.AnswerGiven.v1", 1))
    with ledger_of(path, [leaf_of(1, digest_of(opened))]) as file:
        note = signed(Checkpoint("ehsg/other", 1, file.root(1)), signer())
        return str(proof_of(file, Signed(1, OPENS, note), 1, opened))


def receipts_of(log: Log) -> Receipts:
    """The receipts of every fact on a log, by position and topic."""
    with sequencer(log, OPENS) as at_work:
        at_work.catch_up()
        newest, terms = at_work.sign(OPENS), terms_of(log)
        assert terms
        made = {
            f"{position}-{stored.topic}.tlog-proof": str(
                proof_of(
                    at_work.file,
                    newest,
                    position,
                    opening(salt_of(terms.secret, position), stored),
                )
            )
            for position, stored in log.store.rows(0, newest.size)
        }
    return Receipts(terms.keys[-1], made)


def invented_receipts(path: Path) -> Receipts:
    """A receipt of every kind of fact there is, with values of every shape in its fields."""
    opened = [
        opening(salt_of(SECRET, position), invented(topic, position))
        for position, topic in enumerate(TOPICS, 1)
    ]
    entries = [leaf_of(position, digest_of(one)) for position, one in enumerate(opened, 1)]
    with ledger_of(path, entries) as file:
        newest = head(file, len(entries), signer())
        made = {
            f"{topic}.tlog-proof": str(proof_of(file, newest, position, one))
            for (position, topic), one in zip(enumerate(TOPICS, 1), opened, strict=True)
        }
    return Receipts(str(signer().verifier), made)


def invented(topic: str, position: int) -> StoredEvent:
    """A fact of a kind as the log would store it, its fields filled with whatever."""
    fields = TOPICS[topic].model_fields
    fact = {field: VALUES[(position + n) % len(VALUES)] for n, field in enumerate(fields)}
    state = {"at": "2026-10-05T08:00:00Z", "by": "police-1", "role": "stakeholder", "fact": fact}
    stream = hashlib.sha256(topic.encode()).hexdigest()
    return StoredEvent(stream, 1, topic, json.dumps(state).encode())
