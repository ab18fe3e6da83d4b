"""The sequencer: it adds what is new on the log to the ledger, and signs how far that is.

Whoever writes to the log never waits for it. Any process may do its work, one at a time.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from ehsg_events.events import (
    AssessmentSignedOff,
    InterviewCompleted,
    LedgerBegun,
    LedgerKeyChanged,
    OutcomeAdopted,
    OutcomeModerated,
    RoundClosed,
    RoundMeasured,
    RoundOpened,
    RoundReopened,
)
from ehsg_events.kernel import Refused, Stamp, Way
from ehsg_events.ledger.leaves import leaf
from ehsg_events.ledger.ledger_file import LedgerFile, Signed
from ehsg_events.ledger.notes import Checkpoint, Signer, signed
from ehsg_events.ledger.signing_key import make_signer, read_signer
from ehsg_events.ledger.terms import begin_ledger, change_key, terms_of
from ehsg_events.ledger.tree import EMPTY, leaf_hash
from ehsg_events.log.log import Log
from ehsg_events.states.ledger import LedgerTerms
from guides import durable

FOLDER, FILE, KEY, BEFORE = "ledger", "ledger.sqlite", "key", "key.before"
BATCH, SMALL = 1_000, 100  # leaves that are added at once: alone, and beside people who save
AT_MOST = timedelta(minutes=1)  # between a fact and the checkpoint that covers it
AT_ONCE = frozenset(  # what is signed as soon as it is recorded
    kind.TOPIC
    for kind in (
        AssessmentSignedOff, InterviewCompleted, LedgerBegun, LedgerKeyChanged, OutcomeAdopted,
        OutcomeModerated, RoundClosed, RoundMeasured,
    )
)  # fmt: skip
OPENINGS = RoundOpened.TOPIC, RoundReopened.TOPIC
NOT_THE_SAME = (
    "The log in {folder} does not go on from its ledger: position {position} is {what}. So the log "
    "was altered, or an older one was put back. Nothing is added to the ledger until that is put "
    "right. If an older log was put back on purpose, move the folder {ledger} elsewhere and keep it: "
    "a ledger is made anew, and the log says when."
)


TO_VERIFY = Way("verify", "see what else was altered")


NO_KEY = "The ledger cannot be signed: its key {file} is missing. The next start makes another."


NOT_NAMED = (
    "The ledger cannot be signed: its key {file} was exchanged, and the log does not name it. The next "
    "start says on the log that it signs from then on."
)
ANOTHERS = (
    "{file} holds the key of another ledger, {name}, and this one is {ours}. Put back the file as it "
    "was; or delete it, and the ledger is signed with a new key, which the log will say."
)


class Altered(Refused):
    """The log no longer holds what its ledger was made of."""


def ledger_file(folder: Path) -> Path:
    """Where the ledger of a data folder lies."""
    return folder / FOLDER / FILE


class Sequencer:
    """Adds to one log's ledger, and signs it.

    Args:
        terms: how it is made, as the log says it.
        file: what it is kept in; closed by whoever opened it.
    """

    def __init__(self, log: Log, terms: LedgerTerms, file: LedgerFile) -> None:
        self._log, self.terms, self.file = log, terms, file

    def catch_up(self, pause: float = 0.0, upto: int | None = None) -> bool:
        """Add every fact that is not in the ledger yet.

        Args:
            pause: seconds for others after each batch, which is small then.
            upto: the position of the last that is added, by default of all.

        Returns:
            Whether anything was added that is to be signed at once.

        Raises:
            Altered: the log does not go on from what is in the ledger.
        """
        urgent, many = False, SMALL if pause else BATCH
        while topics := self._add_batch(many, upto):
            urgent = urgent or not AT_ONCE.isdisjoint(topics)
            if len(topics) == many and pause:
                time.sleep(pause)
        return urgent

    def sign(self, now: datetime) -> Signed:
        """Sign how far the ledger has come, if it was not signed yet.

        The key is read each time: it may have been changed meanwhile.

        Raises:
            Refused: its file is missing, or holds something else.
        """
        with self.file.changing():
            size, newest = self.file.size(), self.file.newest()
            signed_upto = newest.size if newest else 0
            for one in (*self._before_openings(signed_upto, size), size):
                new = self._signed(one, now)
            return new

    def _before_openings(self, after: int, upto: int) -> Iterator[int]:
        """How many facts there were before each round that was opened meanwhile.

        Nothing later is told while it is open: so all that was recorded before can be proved.
        """
        for position, _, _ in self._log.store.where(OPENINGS, upto):
            if position - 1 > after:
                yield position - 1

    def _signed(self, size: int, now: datetime) -> Signed:
        """The checkpoint of so many facts, signed now if it was not before."""
        known = self.file.first_with(size)
        if known is not None and known.size == size:
            return known
        head = Checkpoint(self.terms.origin, size, self.file.root(size))
        new = Signed(size, now, signed(head, *self._signers()))
        self.file.keep(new)
        return new

    def _signers(self) -> tuple[Signer, ...]:
        """The keys that sign now: of this ledger, and one at least that the log names already."""
        signers, terms = signers_in(self._log.folder), terms_of(self._log)
        assert terms, "it was begun"
        for signer in signers:
            _refuse_of_another(signer, terms, self._log.folder)
        if not any(str(signer.verifier) in terms.keys for signer in signers):
            raise Refused(NOT_NAMED.format(file=self._log.folder / FOLDER / KEY))
        return signers

    def is_due(self, now: datetime) -> bool:
        """Whether what was added must be signed by now, or the clock was set back since."""
        newest = self.file.newest()
        unsigned = self.file.size() > (newest.size if newest else 0)
        return unsigned and (newest is None or abs(now - newest.at) >= AT_MOST)

    def _add_batch(self, many: int, upto: int | None) -> list[str]:
        """Add the next facts; their topics."""
        with self.file.changing():
            size = self.file.size()
            self._refuse_unless_it_goes_on(size)
            end = size + many if upto is None else min(size + many, upto)
            rows = [*self._log.store.rows(size, end)]
            for due, (position, _) in enumerate(rows, size + 1):
                if position != due:
                    self._refuse(due, "missing")
            leaves = [leaf_hash(leaf(self.terms.secret, *row)) for row in rows]
            self.file.add(leaves)
        return [stored.topic for _, stored in rows]

    def _refuse_unless_it_goes_on(self, size: int) -> None:
        """Look at the last fact that is in the ledger: another log, or an older one, has another."""
        if not size:
            return
        known = self.file.leaf_hashes(size - 1, size)[0]
        for position, stored in self._log.store.at((size,)):
            if leaf_hash(leaf(self.terms.secret, position, stored)) == known:
                return
            self._refuse(position, "not what it was")
        self._refuse(size, "missing")

    def _refuse(self, position: int, what: str) -> None:
        folder = self._log.folder
        says = NOT_THE_SAME.format(
            folder=folder, ledger=folder / FOLDER, position=position, what=what
        )
        raise Altered(says, TO_VERIFY)


@contextmanager
def sequencer(log: Log, now: datetime) -> Iterator[Sequencer]:
    """The sequencer of a log; its ledger is begun if it has none, and its key made if it is missing.

    Raises:
        Refused: nothing can be written, or the file of the key holds something else.
    """
    at_work = Sequencer(log, *_begun(log, _stamp(now)))
    try:
        yield at_work
    finally:
        at_work.file.close()


def signers_in(folder: Path) -> tuple[Signer, ...]:
    """The key of a data folder's ledger, and the one before it as long as that is kept.

    Raises:
        Refused: there is none.
    """
    kept = (read_signer(folder / FOLDER / name) for name in (KEY, BEFORE))
    found = tuple(signer for signer in kept if signer is not None)
    if not found:
        raise Refused(NO_KEY.format(file=folder / FOLDER / KEY))
    return found


def new_key(log: Log, now: datetime) -> LedgerTerms:
    """Sign with a new key from now on, and with the one before it as well.

    So whoever knows only the old one goes on reading, until its file is deleted.
    """
    folder = log.folder / FOLDER
    with sequencer(log, now) as at_work, durable.alone(folder):
        durable.write(folder / BEFORE, (folder / KEY).read_bytes(), mode=durable.OWNER_ONLY)
        signer = make_signer(folder / KEY, at_work.terms.origin)
        change_key(log, _stamp(now), str(signer.verifier), was_missing=False)
    terms = terms_of(log)
    assert terms, "it was begun"
    return terms


def caught_up(log: Log, now: datetime) -> None:
    """Let everything on a log be in its ledger, and signed, if it has one and that can be done.

    Where nothing can be written or signed, or the log does not go on from its ledger, that stays as
    it is: whoever reads both sees it. It is not told here: a person who is asked is no operator.
    """
    if log.store.read_only or terms_of(log) is None:
        return
    with suppress(Refused, OSError, sqlite3.DatabaseError), sequencer(log, now) as at_work:
        at_work.catch_up()
        at_work.sign(now)


def _begun(log: Log, stamp: Stamp) -> tuple[LedgerTerms, LedgerFile]:
    """The terms of a log's ledger and its file, made where they are missing, as is its key.

    A ledger whose file is missing, or holds nothing, is made anew under a new key: so the log says
    when. The first checkpoint is of no facts, and tells one that was begun from one that was emptied.
    """
    folder = log.folder / FOLDER
    durable.make_folder(folder, mode=0o700)
    with durable.alone(folder):
        terms, signer = terms_of(log), read_signer(folder / KEY)
        if signer is not None and terms is not None:
            _refuse_of_another(signer, terms, log.folder)
        file, made = LedgerFile(ledger_file(log.folder)), False
        if signer is None or (terms is not None and not file.was_begun()):
            name = terms.origin if terms else f"ehsg/{secrets.token_hex(8)}"
            signer, made = make_signer(folder / KEY, name), True
        if not file.was_begun():  # before the log says that it was: else it would seem emptied
            note = signed(Checkpoint(signer.name, 0, EMPTY), signer)
            with file.changing():
                file.keep(Signed(0, stamp.at, note))
        key = str(signer.verifier)
        if terms is None:
            terms = begin_ledger(log, stamp, signer.name, key)
        if terms.keys[-1] != key:
            wished = not made and _is_before(folder, terms)  # and ended before the log said so
            change_key(log, stamp, key, was_missing=not wished)
            terms = terms_of(log) or terms  # which says when, too
        return terms, file


def _is_before(folder: Path, terms: LedgerTerms) -> bool:
    """Whether the key that the log names last is kept as the one before."""
    before = read_signer(folder / BEFORE)
    return before is not None and str(before.verifier) == terms.keys[-1]


def _refuse_of_another(signer: Signer, terms: LedgerTerms, folder: Path) -> None:
    """Refuse a key that signs for another ledger: whoever reads checkpoints takes none of its."""
    if signer.name != terms.origin:
        raise Refused(
            ANOTHERS.format(file=folder / FOLDER / KEY, name=signer.name, ours=terms.origin)
        )


def _stamp(now: datetime) -> Stamp:
    key = f"ledger-{secrets.token_hex(8)}"
    return Stamp(at=now, by="clock", role="clock", surface="flow", cause="ledger", key=key)
