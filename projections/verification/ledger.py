"""Whether the log is what its ledger was made of, and the ledger what was signed of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import takewhile
from pathlib import Path

from eventsourcing.persistence import StoredEvent

from ehsg_events.events import LedgerBegun, LedgerKeyChanged
from ehsg_events.kernel import Refused
from ehsg_events.ledger.leaves import leaf
from ehsg_events.ledger.ledger_file import LedgerFile, Signed
from ehsg_events.ledger.notes import Checkpoint, checkpoint_of, is_signed, verifier_of
from ehsg_events.ledger.sequencer import ledger_file
from ehsg_events.ledger.tiles import FULL, WIDTH, root_of
from ehsg_events.ledger.tree import HASH, leaf_hash
from ehsg_events.log.mapper import PlainMapper
from ehsg_events.states import ledger as states
from ehsg_events.states.ledger import LedgerTerms
from projections.verification.fault import Fault, span
from projections.verification.log_file import LogFile

ALTERED = (
    "Position {position} is not what the ledger holds of it, which was signed last on {signed}: it was "
    "altered, or something else was put in its place."
)
MISSING = "{span} missing: the ledger holds what was there, and was signed last on {signed}."
NOT_TOLD = (
    "A ledger of {size} facts lies beside this log, which says nothing of one: another log was put "
    "in its place."
)
NO_LEDGER = (
    "The log says that its ledger was begun on {begun}, and none lies here: it was deleted, or this "
    "folder is a copy or a restored backup. The server makes it anew, and the log will say when."
)
UNREADABLE = "The ledger's file cannot be read ({mistake}), so nothing was compared with it."
OWN = (
    "Tile {number} of level {level} of the ledger does not follow from those below: it was altered."
)
MISPLACED = (
    "No ledger has tile {number} of level {level} as it is here, or misses it: the ledger was altered, so "
    "nothing was compared with it."
)
EMPTIED = "The checkpoint with which the ledger was begun is missing: it was deleted from its file."
NOT_SIGNED = (
    "The ledger's checkpoint of {size} facts is not signed with any key that the log names."
)
ANOTHER_TREE = (
    "The ledger's checkpoint of {size} facts is of another tree: the ledger was altered since."
)
NOT_OURS = (
    "The checkpoint that was kept is of {origin}, and this log's ledger is {ours}: it is another "
    "log's, or all of it was made anew."
)
NOT_BY_US = (
    "The checkpoint that was kept, of {size} facts, is signed with no key that the log names."
)
GONE = (
    "The checkpoint that was kept has {size} facts, and the ledger has {there}: an older log was put "
    "back, or its end was cut off."
)
REWRITTEN = (
    "The first {size} facts are not those of the checkpoint that was kept: they were altered since, "
    "and the ledger was made anew from them."
)


DAMAGE = (  # what comes of reading a file of which anything may have been altered
    sqlite3.DatabaseError, IndexError, OverflowError, TypeError, ValueError,
)  # fmt: skip


def look_at_ledger(folder: Path, checkpoints: Sequence[str] = ()) -> tuple[LedgerLook, list[Fault]]:
    """Compare a log with its ledger alone, fact by fact, and with checkpoints that were kept.

    Raises:
        Refused: one of them is no checkpoint.
    """
    with LogFile(folder / "log.sqlite") as log:
        look, faults, last = LedgerLook(folder, log), list[Fault](), 0
        log.pin()
        for last, stored in log.rows():
            faults += look.look(last, stored)
    return look, [*faults, *look.at_end(last, checkpoints)]


class LedgerLook:
    """One look at a log beside its ledger, fact by fact.

    It is begun before the log is pinned: so no fact that the ledger has by then is recorded later.
    What is added to the ledger meanwhile is not looked at.

    Args:
        resting: whether it is a backup, which never has one.
    """

    def __init__(self, folder: Path, log: LogFile, *, resting: bool = False) -> None:
        self.terms = _terms(log)
        self.size = self._seen = 0
        self.signed: Signed | None = None
        self._file: LedgerFile | None = None
        self._faults: list[Fault] = []
        self._row, self._number = b"", -1
        self._misplaced: tuple[object, object] | None = None
        if ledger_file(folder).exists():
            with self._reading():
                self._file = LedgerFile(ledger_file(folder), read_only=True)
                self._misplaced = self._file.misplaced()
                self.signed = self._file.newest()
                self.size = 0 if self._misplaced else self._file.size()
        elif self.terms is not None and not resting:
            says = NO_LEDGER.format(begun=_day(self.terms.begun))
            self._faults.append(Fault("ledger", None, says))

    def look(self, position: int, stored: StoredEvent | None) -> Iterator[Fault]:
        """Compare a fact with its leaf, and say which are missing before it."""
        before, self._seen = self._seen, position
        if position > before + 1:
            yield from self._missing(before + 1, min(position - 1, self.size))
        if self.terms is None or self._file is None or position > self.size:
            return
        found = leaf_hash(leaf(self.terms.secret, position, stored)) if stored else None
        known = None
        with self._reading():
            known = self._leaf(position)
        if self._file is not None and found != known:
            yield Fault("ledger", position, ALTERED.format(position=position, signed=self._when()))

    def at_end(self, last: int, kept: Sequence[str]) -> Iterator[Fault]:
        """Look at the ledger itself.

        Args:
            last: the position of the log's last fact.
            kept: the notes of checkpoints that somebody kept.
        """
        if self._file is not None:
            with self._reading():
                self._faults += self._of_file(self._file, last)
        with self._reading():
            for note in kept:
                self._faults += self._beside(note)
        yield from self._faults
        if self._file is not None:
            self._file.close()

    def _of_file(self, file: LedgerFile, last: int) -> Iterator[Fault]:
        if self.terms is None:
            yield Fault("ledger", None, NOT_TOLD.format(size=self.size))
            return
        if self._misplaced:
            level, number = self._misplaced
            yield Fault("ledger", None, MISPLACED.format(level=level, number=number))
            return
        yield from self._missing(last + 1, self.size)
        wrong = [*self._wrong_tiles(file)]
        yield from wrong
        if not wrong:
            yield from self._wrong_checkpoints(file, self.terms)

    def _missing(self, first: int, last: int) -> Iterator[Fault]:
        if first <= last:
            says = MISSING.format(span=span(first, last), signed=self._when())
            yield Fault("ledger", first, says)

    def _wrong_tiles(self, file: LedgerFile) -> Iterator[Fault]:
        level, many = 0, self.size // WIDTH
        while many:
            for number in range(many):
                row = file.tile(level, number)
                above = file.tile(level + 1, number // WIDTH)
                at = number % WIDTH * HASH
                if len(row) != FULL or root_of(row) != above[at : at + HASH]:
                    yield Fault("ledger", None, OWN.format(level=level + 1, number=number // WIDTH))
            level, many = level + 1, many // WIDTH

    def _wrong_checkpoints(self, file: LedgerFile, terms: LedgerTerms) -> Iterator[Fault]:
        last, begun = self.signed.size if self.signed else 0, False
        for signed in takewhile(lambda one: one.size <= last, file.checkpoints()):
            begun = begun or signed.size == 0
            if not _is_by(signed.note, terms):
                yield Fault("ledger", None, NOT_SIGNED.format(size=signed.size))
            elif not self._is_of_this_tree(file, signed, terms):
                yield Fault("ledger", None, ANOTHER_TREE.format(size=signed.size))
        if not begun:
            yield Fault("ledger", None, EMPTIED)

    def _is_of_this_tree(self, file: LedgerFile, signed: Signed, terms: LedgerTerms) -> bool:
        if not 0 <= signed.size <= self.size:
            return False
        head = Checkpoint(terms.origin, signed.size, file.root(signed.size))
        return checkpoint_of(signed.note) == head

    def _beside(self, note: str) -> Iterator[Fault]:
        """What is wrong beside a checkpoint that was kept."""
        head = checkpoint_of(note)
        if self.terms is None or self._file is None or head.origin != self.terms.origin:
            ours = self.terms.origin if self.terms and self._file else "not there"
            yield Fault("ledger", None, NOT_OURS.format(origin=head.origin, ours=ours))
        elif not _is_by(note, self.terms):
            yield Fault("ledger", None, NOT_BY_US.format(size=head.size))
        elif head.size > self.size:
            yield Fault("ledger", None, GONE.format(size=head.size, there=self.size))
        elif self._file.root(head.size) != head.root:
            yield Fault("ledger", None, REWRITTEN.format(size=head.size))

    def _leaf(self, position: int) -> bytes:
        assert self._file, "looked at only where there is one"
        number, at = divmod(position - 1, WIDTH)
        if number != self._number:
            self._row, self._number = self._file.tile(0, number), number
        return self._row[at * HASH : (at + 1) * HASH]

    def _when(self) -> str:
        return _day(self.signed.at) if self.signed else "no day"

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """A file that is damaged is a fault, and no end of the look."""
        try:
            yield
        except DAMAGE as mistake:
            self._faults.append(Fault("ledger", None, UNREADABLE.format(mistake=mistake)))
            self._file, self.size = None, 0


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _terms(log: LogFile) -> LedgerTerms | None:
    """How the ledger is made, as far as the log can be read."""
    state: LedgerTerms | None = None
    for position, stored in log.of_topics((LedgerBegun.TOPIC, LedgerKeyChanged.TOPIC)):
        with suppress(Refused, AssertionError, ValueError):
            fact = PlainMapper().read(stored, position)
            state = states.evolve(state, fact.fact, fact.stamp.at)  # type: ignore[arg-type]
    return state


def _is_by(note: str, terms: LedgerTerms) -> bool:
    """Whether one of the keys that the log names signed a note."""
    try:
        return any(is_signed(note, verifier_of(key)) for key in terms.keys)
    except Refused:
        return False
