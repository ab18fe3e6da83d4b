"""Tiles: the hashes of the tree in rows of 256, as C2SP `tlog-tiles` has them.

https://c2sp.org/tlog-tiles: tile N of level L holds the hashes of the complete subtrees of 256**L
leaves, from the (256 N)-th on. A full tile's own root is one hash of the level above.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ehsg_events.ledger.tree import HASH, Complete, node_hash

WIDTH = 256  # hashes in a full tile
FULL = WIDTH * HASH  # bytes
BITS = 8  # 2**8 = 256


class Tile(NamedTuple):
    """A tile's place in the tree, and its hashes one after the other."""

    level: int
    number: int
    hashes: bytes


Read = Callable[
    [int, int], bytes
]  # the hashes of a tile by level and number, none where there is none


def grown(newest: Callable[[int], Tile | None], leaves: Sequence[bytes]) -> Iterator[Tile]:
    """The tiles that are new or longer once some leaves' hashes are added.

    Args:
        newest: the last tile of a level, if it has any.
    """
    level, rising = 0, [*leaves]
    while rising:
        last = newest(level) or Tile(level, 0, b"")
        number, hashes = last.number, last.hashes + b"".join(rising)
        if len(last.hashes) == FULL:
            number, hashes = number + 1, hashes[FULL:]
        rising = []
        for first in range(0, len(hashes), FULL):
            row = hashes[first : first + FULL]
            yield Tile(level, number + first // FULL, row)
            if len(row) == FULL:
                rising.append(root_of(row))
        level += 1


def complete(read: Read) -> Complete:
    """The hashes of a tree's complete subtrees, from its tiles."""

    def hash_of(level: int, index: int) -> bytes:
        tile, within = divmod(level, BITS)
        number, first = divmod(index << within, WIDTH)
        row = read(tile, number)[first * HASH : (first + (1 << within)) * HASH]
        return root_of(row)

    return hash_of


def root_of(row: bytes) -> bytes:
    """The hash of the subtree above some hashes, a power of two of them."""
    level = [row[at : at + HASH] for at in range(0, len(row), HASH)]
    while len(level) > 1:
        level = [node_hash(*level[at : at + 2]) for at in range(0, len(level), 2)]
    return level[0]


def tiles_of(size: int) -> Iterator[tuple[int, int, int]]:
    """The level, the number and the width of every tile of a tree."""
    level, many = 0, size
    while many:
        for number in range(many // WIDTH):
            yield level, number, WIDTH
        if many % WIDTH:
            yield level, many // WIDTH, many % WIDTH
        level, many = level + 1, many // WIDTH


def path_of(level: int | str, number: int, width: int = WIDTH) -> str:
    """Where a tile lies, by the specification; `entries` is the level of the leaves themselves."""
    parts = [f"{number % 1000:03}"]
    while number := number // 1000:
        parts.insert(0, f"x{number % 1000:03}")
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{level}/{'/'.join(parts)}{partial}"


def bundle(entries: Sequence[bytes]) -> bytes:
    """Leaves one after the other, each behind its length in two bytes."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)
