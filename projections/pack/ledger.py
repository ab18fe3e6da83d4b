"""What the audit pack holds of the ledger: the tree as it was signed, and the salts of its facts.

Nothing is told of an open round, not even how much was recorded: then it is the newest checkpoint
from before that round.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cached_property
from typing import NamedTuple

from ehsg_events.ledger.leaves import salt_of
from ehsg_events.ledger.ledger_file import LedgerFile, Signed
from ehsg_events.ledger.notes import Checkpoint
from ehsg_events.ledger.published import published
from ehsg_events.ledger.sequencer import ledger_file
from ehsg_events.ledger.terms import terms_of
from ehsg_events.states.ledger import LedgerTerms
from projections.access.checkpoints import told_in
from projections.facts.view import View
from projections.pack.facts import Facts

FOLDER, TIMES = "ledger", "times"


class InPack(NamedTuple):
    """The ledger as a pack shows it; `timed` says of how many checkpoints a service told the time."""

    terms: LedgerTerms
    signed: Signed
    files: Mapping[str, bytes]
    timed: int


class OfLedger:
    """The ledger beside the facts of a pack.

    Args:
        facts: those that the pack tells.
    """

    def __init__(self, view: View, facts: Facts) -> None:
        self._view, self._facts = view, facts

    @cached_property
    def shown(self) -> InPack | None:
        """What is shown of it; none where there is no ledger, or none that may be told."""
        terms, place = terms_of(self._view.log), ledger_file(self._view.log.folder)
        if terms is None or not place.exists():
            return None
        with closing(LedgerFile(place, read_only=True)) as file:
            signed = self._signed(file)
            if signed is None:
                return None
            files = published(self._view.log, terms.secret, file, signed)
            times = dict(_times(file, terms.origin, signed.size))
        named = {f"{FOLDER}/{name}": content for name, content in files.items()}
        return InPack(terms, signed, named | times, len(times) // 2)

    def salt(self, position: int | None) -> str | None:
        """The salt of a fact, by which its leaf can be made; none of one that is not covered."""
        if self.shown is None or position is None or position > self.shown.signed.size:
            return None
        return salt_of(self.shown.terms.secret, position)

    def _signed(self, file: LedgerFile) -> Signed | None:
        newest = told_in(self._view, file)
        covers = file.first_with(self._view.position)
        return covers if covers and newest and covers.size <= newest.size else newest


def _times(file: LedgerFile, origin: str, upto: int) -> Iterator[tuple[str, bytes]]:
    """Each checkpoint of which a service told the time: what it was told of, and what it answered."""
    for size, answer in file.times(upto):
        head = Checkpoint(origin, size, file.root(size))
        yield f"{TIMES}/{size}.txt", head.text.encode()
        yield f"{TIMES}/{size}.tsr", answer
