"""A ledger as files that anybody's verifier reads: C2SP `tlog-tiles`, as it would be served."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ehsg_events.ledger.leaves import leaf
from ehsg_events.ledger.ledger_file import LedgerFile, Signed
from ehsg_events.ledger.tiles import WIDTH, bundle, path_of, tiles_of
from ehsg_events.ledger.tree import HASH
from ehsg_events.log.log import Log

CHECKPOINT, ENTRIES = "checkpoint", "entries"


def published(log: Log, secret: bytes, file: LedgerFile, signed: Signed) -> Mapping[str, bytes]:
    """The files of a tree as it was signed, by where they lie.

    The leaves are made from the log as it is now, and the tiles are those that were kept: whoever
    reads both sees whether they are still the same.
    """
    return {
        CHECKPOINT: signed.note.encode(),
        **{
            path_of(level, number, width): file.tile(level, number)[: width * HASH]
            for level, number, width in tiles_of(signed.size)
        },
        **dict(_entries(log, secret, signed.size)),
    }


def _entries(log: Log, secret: bytes, size: int) -> Iterator[tuple[str, bytes]]:
    for first in range(0, size, WIDTH):
        last = min(first + WIDTH, size)
        leaves = [leaf(secret, *row) for row in log.store.rows(first, last)]
        yield path_of(ENTRIES, first // WIDTH, last - first), bundle(leaves)
