"""The file of a ledger: which tiles a tree has in it, and what each reader sees."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from ehsg_events.ledger.ledger_file import LedgerFile
from ehsg_events.ledger.tree import EMPTY, leaf_hash, node_hash

LEAVES = [leaf_hash(b"%d" % number) for number in range(65_537)]


def plain_root(hashes: list[bytes]) -> bytes:
    """The root above hashes: taken two by two, and an odd one at the end goes up as it is."""
    while len(hashes) > 1:
        pairs = [hashes[at : at + 2] for at in range(0, len(hashes), 2)]
        hashes = [node_hash(*pair) if len(pair) == 2 else pair[0] for pair in pairs]
    return hashes[0] if hashes else EMPTY


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 65_280, 65_535, 65_536, 65_537])
def test_a_tree_of_any_size_has_its_tiles_and_its_root(tmp_path: Path, size: int) -> None:
    """Also where a tile, or one above it, is just full, just not yet, or one over."""
    with closing(LedgerFile(tmp_path / "ledger.sqlite")) as file:
        with file.changing():
            file.add(LEAVES[: size // 2])
            file.add(LEAVES[size // 2 : size])
        assert file.size() == size
        assert file.misplaced() is None
        assert file.root(size) == plain_root(LEAVES[:size])
