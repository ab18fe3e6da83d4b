"""Focus: the tree is the one of RFC 6962 at every size, and no proof holds but the one that was made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from random import Random

import pytest

from ehsg_events.ledger import tree
from ehsg_events.ledger.tiles import WIDTH, Tile, complete, grown, tiles_of
from ehsg_events.ledger.tree import EMPTY, HASH, leaf_hash, node_hash

MOST = 600
LEAVES = [leaf_hash(b"%d" % number) for number in range(MOST)]
SMALL = range(1, 34)
LARGE = (64, 65, 127, 128, 255, 256, 257, 258, 511, 512, 513, 514, 599, 600)
OTHER = bytes(HASH)
Tiles = dict[tuple[int, int], bytes]


def laid(*batches: Sequence[bytes]) -> Tiles:
    """The tiles of leaves that were added batch by batch."""
    tiles: Tiles = {}

    def newest(level: int) -> Tile | None:
        number = max((number for one, number in tiles if one == level), default=None)
        return None if number is None else Tile(level, number, tiles[level, number])

    for batch in batches:
        for tile in [*grown(newest, batch)]:
            tiles[tile.level, tile.number] = tile.hashes
    return tiles


TILES = laid(LEAVES)
COMPLETE = complete(lambda level, number: TILES.get((level, number), b""))


def split(size: int) -> int:
    """The largest power of two below a size, as the RFC has it: k < n <= 2k."""
    k = 1
    while 2 * k < size:
        k *= 2
    return k


@cache
def root(first: int, last: int) -> bytes:
    """MTH of RFC 6962, section 2.1, word for word."""
    if last - first < 2:
        return LEAVES[first] if last > first else EMPTY
    middle = first + split(last - first)
    return node_hash(root(first, middle), root(middle, last))


def path(index: int, first: int, last: int) -> list[bytes]:
    """PATH of RFC 6962, section 2.1.1, with the leaf's index counted from the first."""
    if last - first == 1:
        return []
    k = split(last - first)
    if index < k:
        return [*path(index, first, first + k), root(first + k, last)]
    return [*path(index - k, first + k, last), root(first, first + k)]


def subproof(earlier: int, first: int, last: int, *, whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 6962, section 2.1.2."""
    size = last - first
    if earlier == size:
        return [] if whole else [root(first, last)]
    k = split(size)
    if earlier <= k:
        return [*subproof(earlier, first, first + k, whole=whole), root(first + k, last)]
    return [*subproof(earlier - k, first + k, last, whole=False), root(first, first + k)]


def altered(proof: Sequence[bytes]) -> Iterator[list[bytes]]:
    """A proof with one hash altered, left out, added, or in another's place."""
    whole = [*proof]
    for at, one in enumerate(whole):
        yield [*whole[:at], bytes([one[0] ^ 1]) + one[1:], *whole[at + 1 :]]
        yield [*whole[:at], *whole[at + 1 :]]
        yield [*whole[:at], one, *whole[at:]]
        if at:
            yield [*whole[: at - 1], one, whole[at - 1], *whole[at + 1 :]]
    yield [*whole, OTHER]
    yield [OTHER, *whole]


def test_the_root_is_what_the_standard_defines_at_every_size() -> None:
    """From none to some hundred, read from tiles that hold more leaves than that."""
    assert tree.root(COMPLETE, 0) == EMPTY
    assert [tree.root(COMPLETE, size) for size in range(1, MOST + 1)] == [
        root(0, size) for size in range(1, MOST + 1)
    ]


def test_the_tiles_are_the_same_however_the_leaves_came() -> None:
    """One by one, all at once, or in batches that end anywhere."""
    assert laid(*([leaf] for leaf in LEAVES)) == TILES
    for seed in range(30):
        ends = sorted({0, MOST, *Random(seed).choices(range(MOST), k=5), WIDTH * (seed % 3)})
        batches = [LEAVES[first:last] for first, last in pairwise(ends)]
        assert laid(*batches) == TILES
    assert {(level, number): width * HASH for level, number, width in tiles_of(MOST)} == {
        place: len(hashes) for place, hashes in TILES.items()
    }


@pytest.mark.parametrize("size", [*SMALL, *LARGE])
def test_every_leaf_has_the_proof_of_the_standard_and_it_holds(size: int) -> None:
    """And leads nowhere from another leaf's place."""
    for index in range(size):
        proof = tree.inclusion(COMPLETE, index, size)
        assert proof == path(index, 0, size)
        leaf, expected = LEAVES[index], root(0, size)
        assert tree.is_included(leaf, index, size, proof, expected)
        for other in (-1, index - 1, index + 1, index ^ 1, size, size + index):
            assert other == index or not tree.is_included(leaf, other, size, proof, expected)
        assert not tree.is_included(OTHER, index, size, proof, expected)
        assert not tree.is_included(leaf, index, size, proof, OTHER)


@pytest.mark.parametrize("size", [*SMALL, 256, 257, 600])
def test_no_altered_proof_of_a_leaf_holds(size: int) -> None:
    """No hash altered, missing, added or moved."""
    for index in range(0, size, max(1, size // 40)):
        proof, expected = tree.inclusion(COMPLETE, index, size), root(0, size)
        for wrong in altered(proof):
            assert not tree.is_included(LEAVES[index], index, size, wrong, expected)


@pytest.mark.parametrize("size", [*SMALL, *LARGE])
def test_every_beginning_has_the_proof_of_the_standard_and_it_holds(size: int) -> None:
    """And holds between no two other roots."""
    for earlier in range(size + 1):
        proof = tree.consistency(COMPLETE, earlier, size)
        assert proof == (subproof(earlier, 0, size, whole=True) if earlier else [])
        before, now = root(0, earlier), root(0, size)
        assert tree.is_consistent(earlier, before, size, now, proof)
        assert not tree.is_consistent(earlier, OTHER, size, now, proof)
        assert earlier == 0 or not tree.is_consistent(earlier, before, size, OTHER, proof)
        assert not tree.is_consistent(size + 1, now, size, now, proof)


@pytest.mark.parametrize("size", [*SMALL, 256, 257, 600])
def test_no_altered_proof_of_a_beginning_holds(size: int) -> None:
    """No hash altered, missing, added or moved."""
    for earlier in range(0, size + 1, max(1, size // 40)):
        proof = tree.consistency(COMPLETE, earlier, size)
        for wrong in altered(proof):
            assert not tree.is_consistent(earlier, root(0, earlier), size, root(0, size), wrong)


def test_what_is_not_in_the_tree_has_no_proof() -> None:
    """It is refused before anything is looked up."""
    for index, size in ((-1, 3), (3, 3), (0, 0)):
        with pytest.raises(ValueError, match="is not among"):
            tree.inclusion(COMPLETE, index, size)
    for earlier, size in ((-1, 3), (4, 3)):
        with pytest.raises(ValueError, match="are no beginning"):
            tree.consistency(COMPLETE, earlier, size)
