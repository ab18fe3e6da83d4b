"""The tree of RFC 6962 over the leaves of a ledger: its root, and the two kinds of proof.

A tree is asked for the hashes of its complete subtrees; whoever keeps tiles can tell all of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

HASH = 32  # bytes
EMPTY = hashlib.sha256().digest()  # the root of a tree without leaves
# The hash of the complete subtree of 2**level leaves that is the index-th of its level.
Complete = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """The hash of a leaf (RFC 6962, section 2.1)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node (RFC 6962, section 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(complete: Complete, size: int) -> bytes:
    """The root of the first `size` leaves."""
    return _range(complete, 0, size) if size else EMPTY


def inclusion(complete: Complete, index: int, size: int) -> list[bytes]:
    """The proof that a leaf, counted from 0, is among the first `size` (RFC 6962, section 2.1.1)."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not among {size}")
    proof: list[bytes] = []
    first, last = 0, size
    while last - first > 1:
        middle = first + _split(last - first)
        if index < middle:
            proof.append(_range(complete, middle, last))
            last = middle
        else:
            proof.append(_range(complete, first, middle))
            first = middle
    return proof[::-1]


def consistency(complete: Complete, earlier: int, size: int) -> list[bytes]:
    """The proof that `size` leaves begin with the `earlier` ones (RFC 6962, section 2.1.2)."""
    if not 0 <= earlier <= size:
        raise ValueError(f"{earlier} leaves are no beginning of {size}")
    if earlier in (0, size):
        return []
    proof: list[bytes] = []
    first, last, whole = 0, size, True  # whether the earlier tree is a subtree of this one
    while last != earlier:
        middle = first + _split(last - first)
        if earlier <= middle:
            proof.append(_range(complete, middle, last))
            last = middle
        else:
            proof.append(_range(complete, first, middle))
            first, whole = middle, False
    return [*([] if whole else [_range(complete, first, last)]), *proof[::-1]]


def is_included(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes
) -> bool:
    """Whether a proof leads from a leaf's hash to a root (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    beside = _beside(index, size - 1, proof)
    return beside is not None and _climbed(leaf, beside) == expected


def is_consistent(
    earlier: int, earlier_root: bytes, size: int, size_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether a proof leads from the root of an earlier tree to a later one (RFC 9162, 2.1.4.2)."""
    if not 0 <= earlier <= size:
        return False
    if earlier in (0, size):
        return not proof and earlier_root == (size_root if earlier else EMPTY)
    steps = [*proof] if earlier & (earlier - 1) else [earlier_root, *proof]
    if not steps:
        return False
    at, last = earlier - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    beside = _beside(at, last, steps[1:])
    if beside is None:
        return False
    of_earlier = [step for step in beside if step.left]
    return (
        _climbed(steps[0], of_earlier) == earlier_root and _climbed(steps[0], beside) == size_root
    )


class _Step(NamedTuple):
    """A hash of a proof, and whether it stands to the left of what was found so far."""

    other: bytes
    left: bool


def _beside(at: int, last: int, proof: Sequence[bytes]) -> list[_Step] | None:
    """On which side each hash of a proof stands; none where there are too many or too few."""
    steps = []
    for other in proof:
        if last == 0:
            return None
        left = bool(at & 1) or at == last
        steps.append(_Step(other, left))
        while left and not at & 1 and at:
            at, last = at >> 1, last >> 1
        at, last = at >> 1, last >> 1
    return steps if last == 0 else None


def _climbed(found: bytes, steps: Iterable[_Step]) -> bytes:
    for step in steps:
        found = node_hash(step.other, found) if step.left else node_hash(found, step.other)
    return found


def _split(size: int) -> int:
    """The largest power of two below a size."""
    return 1 << (size - 1).bit_length() - 1


def _range(complete: Complete, first: int, last: int) -> bytes:
    """The hash of the leaves from `first` to before `last`, of which `first` begins a subtree."""
    size = last - first
    if not size & (size - 1):
        return complete(size.bit_length() - 1, first // size)
    middle = first + _split(size)
    return node_hash(_range(complete, first, middle), _range(complete, middle, last))
