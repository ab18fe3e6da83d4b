"""What was recorded of one person, each with the proof that it is in the ledger, for that person.

While a round is open no proof is given: it tells how much was recorded by everybody. But the
fingerprint is, and another fact has another one; the proof that comes later holds the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import closing
from typing import NamedTuple
from uuid import UUID

from ehsg_events.events import (
    AnswerAmended,
    AnswerGiven,
    InterviewCompleted,
    InterviewWithdrawn,
    NoteAmended,
    NoteGiven,
    NoteRetracted,
    PrioritiesNamed,
)
from ehsg_events.kernel import Recorded
from ehsg_events.ledger.leaves import digest_of, opening, salt_of
from ehsg_events.ledger.ledger_file import LedgerFile, Signed
from ehsg_events.ledger.proofs import proof_of
from ehsg_events.ledger.sequencer import ledger_file
from ehsg_events.ledger.terms import terms_of
from ehsg_events.log.log import Log
from ehsg_events.states.ledger import LedgerTerms
from projections.access.checkpoints import newest_to_anybody

THEIRS = (
    AnswerGiven,
    AnswerAmended,
    NoteGiven,
    NoteAmended,
    NoteRetracted,
    PrioritiesNamed,
    InterviewCompleted,
    InterviewWithdrawn,
)  # fmt: skip - what a person said
TOPICS = tuple(kind.TOPIC for kind in THEIRS)


class Proved(NamedTuple):
    """A fact of theirs, the digest in its leaf, and the file that proves it, once that may be given."""

    recorded: Recorded
    fingerprint: str
    proof: str | None


class OwnProofs(NamedTuple):
    """Everything that one person said, as it stands in the ledger."""

    terms: LedgerTerms
    signed: Signed | None
    facts: tuple[Proved, ...]


def own_proofs(
    log: Log, assessment: UUID, person: str, rounds: Collection[int] | None = None
) -> OwnProofs | None:
    """What one person said, in the order of the log; none where there is no ledger.

    Args:
        rounds: of which what was said is told; by default of all.
    """
    terms, place = terms_of(log), ledger_file(log.folder)
    if terms is None or not place.exists():
        return None
    with closing(LedgerFile(place, read_only=True)) as file:
        signed = newest_to_anybody(log, file)
        said = _said(log, assessment, person)
        told = (one for one in said if rounds is None or one.stream.round in rounds)
        facts = tuple(_proved(log, terms, file, signed, told))
    return OwnProofs(terms, signed, facts)


def _said(log: Log, assessment: UUID, person: str) -> Iterator[Recorded]:
    for recorded in log.about(assessment, TOPICS):
        if recorded.stream.stakeholder == person:
            yield recorded


def _proved(
    log: Log,
    terms: LedgerTerms,
    file: LedgerFile,
    signed: Signed | None,
    said: Iterator[Recorded],
) -> Iterator[Proved]:
    theirs = {recorded.position: recorded for recorded in said}
    for position, stored in log.store.at([*theirs]):
        opened = opening(salt_of(terms.secret, position), stored)
        covered = signed is not None and position <= signed.size
        proof = str(proof_of(file, signed, position, opened)) if signed and covered else None
        yield Proved(theirs[position], digest_of(opened), proof)
