"""The verifier's own arithmetic, beside the specifications and other people's."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from support.story.haphazard import Haphazard
from support.story.packed import as_told

from ehsg_events.agreement.consensus import Score, median, verdict, yardstick
from ehsg_events.ledger import tiles, tree
from ehsg_events.values.policy import Rule
from projections.folded.consensus import consensus
from projections.pack import verify

# RFC 8032, section 7.1, tests 1 to 3 and SHA(abc): a public key, a signature in two, a message in two
VECTORS = """
d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155
5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b

3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da
085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00 72

fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025 6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac
18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a af82

ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589
09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704 ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a 2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f
"""


@pytest.mark.parametrize("vector", VECTORS.strip().split("\n\n"))
def test_a_signature_of_the_specification_is_one(vector: str) -> None:
    """And of another message it is none."""
    key, first, second, *message = (bytes.fromhex(one) for one in vector.split())
    signed, said = first + second, b"".join(message)
    assert verify.is_signature(key, said, signed)
    assert not verify.is_signature(key, said + b"!", signed)
    assert not verify.is_signature(key, said, signed[:-1])


@settings(max_examples=40)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=99), st.integers(0, 511))
def test_a_signature_is_taken_as_signed_and_with_no_bit_changed(
    seed: bytes, message: bytes, bit: int
) -> None:
    """As `cryptography` signs, in the signature's every bit."""
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public, signed = private.public_key().public_bytes_raw(), private.sign(message)
    assert verify.is_signature(public, message, signed)
    changed = (int.from_bytes(signed, "little") ^ (1 << bit)).to_bytes(64, "little")
    assert not verify.is_signature(public, message, changed)


def test_no_second_form_of_a_signature_or_of_a_point_is_taken() -> None:
    """A larger s that comes to the same, y beyond the prime, an odd root of 0."""
    private = Ed25519PrivateKey.from_private_bytes(bytes(32))
    public, signed = private.public_key().public_bytes_raw(), private.sign(b"")
    larger = int.from_bytes(signed[32:], "little") + verify.ORDER
    assert not verify.is_signature(public, b"", signed[:32] + larger.to_bytes(32, "little"))
    one = (verify.P + 1).to_bytes(32, "little"), (1 | 1 << 255).to_bytes(32, "little")
    assert verify.point_of((1).to_bytes(32, "little")) == [0, 1, 1, 0]
    for encoded in (*one, (2).to_bytes(32, "little")):
        with pytest.raises(ValueError, match="no point"):
            verify.point_of(encoded)


@pytest.mark.parametrize("size", [0, 1, 2, 3, 7, 255, 256, 257, 511, 513, 65_535, 65_536, 65_793])
def test_the_tree_and_its_tiles_are_those_that_the_product_makes(size: int) -> None:
    """Two programs, one specification: the same root, and the same tiles under the same names."""
    hashes = [tree.leaf_hash(b"%d" % number) for number in range(size)]
    kept: dict[tuple[int, int], bytes] = {}
    for first in range(0, size, 1000):
        add(kept, hashes[first : first + 1000])

    def read(level: int, number: int) -> bytes:
        return kept.get((level, number), b"")

    assert verify.root_of(hashes) == tree.root(tiles.complete(read), size)
    assert dict(verify.tiles_of(hashes)) == {
        f"ledger/{tiles.path_of(level, number, width)}": read(level, number)[: width * tree.HASH]
        for level, number, width in tiles.tiles_of(size)
    }


def add(kept: dict[tuple[int, int], bytes], hashes: list[bytes]) -> None:
    """Leaves are added as the product adds them."""

    def newest(level: int) -> tiles.Tile | None:
        last = max((number for at, number in kept if at == level), default=None)
        return None if last is None else tiles.Tile(level, last, kept[level, last])

    for tile in tiles.grown(newest, hashes):
        kept[tile.level, tile.number] = tile.hashes


def test_a_tile_lies_where_the_specification_says() -> None:
    """Whatever its number."""
    assert verify.path_of(0, 1_234_067, 256) == "ledger/tile/0/x001/x234/067"
    levels: tuple[int | str, ...] = (0, 3, "entries")
    for level, number, width in itertools.product(levels, (0, 999, 1000, 10**6), (1, 256)):
        theirs = f"ledger/{tiles.path_of(level, number, width)}"
        assert verify.path_of(level, number, width) == theirs


@pytest.mark.parametrize("guide", ["ehsg-2022@1", "isos-2019@1"])
@pytest.mark.parametrize("seed", range(12))
def test_whatever_happened_it_finds_the_figures_that_the_product_finds(
    seed: int, guide: str
) -> None:
    """How many scores stand after each closed round, and their median: a third writing of both."""
    lived = Haphazard(random.Random(seed), guide).lived(260)
    found = verify.figures_of(verify.said_in([*map(as_told, lived.recorded)]))
    rows = {(row.round, row.item): (row.n, row.median_by_people) for row in consensus(lived.view())}
    assert {at: found[at] for at in rows} == rows


@pytest.mark.parametrize("guide", ["ehsg-2022@1", "isos-2019@1"])
@pytest.mark.parametrize("seed", range(12))
def test_whatever_happened_it_finds_the_verdict_that_the_product_finds(
    seed: int, guide: str
) -> None:
    """Where there was a quorum, and people weigh the same; on scales of any length."""
    lived = Haphazard(random.Random(seed), guide).lived(260)
    view, said = lived.view(), verify.said_in([*map(as_told, lived.recorded)])
    rule = view.state.rule.model_copy(update={"weights": "people"})
    view = replace(view, state=replace(view.state, rule=rule), folded={})
    for row in consensus(view):
        scale = view.guide.scale_of(row.item)
        ends = {"lowest": scale.lowest, "highest": scale.highest}
        scores = [one["score"] for one in verify.counted(said, row.round)[row.item]]
        if row.verdict != "no_quorum":
            assert verify.verdict_of(scores, rule.model_dump(mode="json"), ends) == row.verdict


@settings(max_examples=200)
@given(st.integers(-1, 1), st.integers(1, 7), st.data())
def test_a_verdict_is_the_same_on_scales_of_any_length(
    lowest: int, levels: int, data: st.DataObject
) -> None:
    """Of any scores, for a few rules."""
    highest = lowest + levels - 1
    scores = data.draw(st.lists(st.integers(lowest, highest), min_size=1, max_size=9))
    shares = st.sampled_from([0.15, 0.25, 0.5, 0.75, 1.0])
    given = {name: data.draw(shares) for name in ("agreed_share", "camp_share", "minority_share")}
    rule = Rule.model_validate({"weights": "people", "quorum_scores": 1, **given})
    heard = [Score(score, "police") for score in scores]
    found = verify.verdict_of(
        scores, rule.model_dump(mode="json"), {"lowest": lowest, "highest": highest}
    )
    assert found == verdict(heard, median(scores), yardstick(lowest, highest), rule)


@pytest.mark.parametrize("text", ["AAB=", "AAA", "AA==\n", "A A=", "é", "AA-_"])
def test_base64_is_taken_in_its_one_form_only(text: str) -> None:
    """So that no letter of a checkpoint can be altered unnoticed."""
    with pytest.raises(ValueError):  # noqa: PT011 - whichever way it is none
        verify.bytes_of(text)
