"""Cosignatures: what witnesses signed of a ledger, when, and whether enough of them did.

https://c2sp.org/tlog-cosignature: the time, in eight bytes, stands before the signature and is signed
with the note's text. Only lines that hold under a key that was named from outside are counted: whoever
writes to the ledger's file could put any others there.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from typing import NamedTuple

from ehsg_events.kernel import Refused
from ehsg_events.ledger.ledger_file import LedgerFile, Signed
from ehsg_events.ledger.notes import ID, Verifier, parts

TIME, SIGNATURE = 8, 64  # bytes
LATEST = 1 << 36  # seconds: beyond the year 4000 nobody's clock is right
LOOKED_BACK = 1_000  # checkpoints among which one with enough witnesses is looked for


class Witness(NamedTuple):
    """Somebody else's server that cosigns what only grows: its address, and its key."""

    url: str
    key: Verifier


class Witnesses(NamedTuple):
    """All that are asked, and how many of them must have cosigned; 0 asks for none."""

    each: tuple[Witness, ...] = ()
    needed: int = 0

    @property
    def enough(self) -> int:
        """How many there must be for a checkpoint to be called cosigned."""
        return max(self.needed, 1)


NOBODY = Witnesses()


class Cosigned(NamedTuple):
    """A checkpoint, by how many witnesses it was cosigned, and when the last of them did."""

    signed: Signed
    by: int
    last: datetime | None


class Standing(NamedTuple):
    """How a ledger stands with its witnesses.

    Args:
        newest: its newest checkpoint.
        enough: the newest that enough of them cosigned; none where none is.
    """

    witnesses: Witnesses
    newest: Cosigned
    enough: Cosigned | None

    @property
    def reached(self) -> bool:
        """Whether enough of them cosigned the newest checkpoint."""
        return self.newest.by >= self.witnesses.enough


def cosigned_at(note: str, witness: Verifier) -> datetime | None:
    """When a witness signed a note, by its own clock; none where it did not.

    Raises:
        Refused: it is no note.
    """
    text, signatures = parts(note)
    for name, signed in signatures:
        if name != witness.name or signed[:ID] != witness.id:
            continue
        seconds = int.from_bytes(signed[ID : ID + TIME], "big")
        said = f"cosignature/v1\ntime {seconds}\n{text}"
        whole = len(signed) == ID + TIME + SIGNATURE and 0 < seconds < LATEST
        if whole and witness.accepts(said, signed[ID + TIME :]):
            return datetime.fromtimestamp(seconds, UTC)
    return None


def standing(file: LedgerFile, witnesses: Witnesses, upto: int | None = None) -> Standing | None:
    """How a ledger stands with its witnesses; none where there are none, or nothing is signed.

    Args:
        upto: how many facts may be told of.
    """
    newest = file.newest(upto)
    if newest is None or not witnesses.each:
        return None
    found = _cosigned(newest, witnesses)
    if found.by >= witnesses.enough:
        return Standing(witnesses, found, found)
    for size in [*islice(file.cosigned(upto=newest.size), LOOKED_BACK)]:
        earlier = file.newest(size)
        if earlier and earlier.size == size:
            of_earlier = _cosigned(earlier, witnesses)
            if of_earlier.by >= witnesses.enough:
                return Standing(witnesses, found, of_earlier)
    return Standing(witnesses, found, None)


def _cosigned(signed: Signed, witnesses: Witnesses) -> Cosigned:
    times = [at for one in witnesses.each if (at := _at(signed.note, one.key))]
    return Cosigned(signed, len(times), max(times, default=None))


def _at(note: str, key: Verifier) -> datetime | None:
    try:
        return cosigned_at(note, key)
    except Refused:
        return None
