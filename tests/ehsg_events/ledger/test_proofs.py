"""Focus: one file proves one fact, and not a bit of it can be altered."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from support.area import Area
from support.ledger import (
    Receipts,
    head,
    in_the_name_of_another,
    invented_receipts,
    ledger_of,
    receipts_of,
    signer,
)

from ehsg_events.kernel import Refused
from ehsg_events.ledger.leaves import digest_of, leaf_of
from ehsg_events.ledger.notes import Checkpoint, Verifier, verifier_of
from ehsg_events.ledger.proofs import proof_of, read_proof, refuse_unless_proved


def proved(text: str, key: Verifier) -> Checkpoint:
    """What a proof's text leads to."""
    return refuse_unless_proved(read_proof(text), key)


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Verifier]:
    """One short proof, and its ledger's key."""
    opened = [b"salt\nstream\n%d\ntopic\n{}" % number for number in range(13)]
    entries = [leaf_of(position, digest_of(one)) for position, one in enumerate(opened, 1)]
    with ledger_of(tmp_path_factory.mktemp("one") / "ledger.sqlite", entries) as file:
        proof = proof_of(file, head(file, 13, signer()), 11, opened[10])
    return str(proof), signer().verifier


def test_every_fact_of_a_log_has_a_proof_that_holds(asked: Area) -> None:
    """It is read back as it was made, and leads to what was signed."""
    asked.everyone("5.1", "3", "4", "3", "dont-know")
    receipts = receipts_of(asked.log)
    key = verifier_of(receipts.key)
    for position, text in enumerate(receipts.proofs.values(), 1):
        proof = read_proof(text)
        assert str(proof) == text
        assert proof.position == position
        assert refuse_unless_proved(proof, key).size == len(receipts.proofs)


def test_a_fact_of_every_kind_has_a_proof(tmp_path: Path) -> None:
    """Whatever letters it holds."""
    every: Receipts = invented_receipts(tmp_path / "ledger.sqlite")
    key = verifier_of(every.key)
    assert {proved(text, key).size for text in every.proofs.values()} == {len(every.proofs)}


def test_not_a_bit_of_a_proof_can_be_altered(one: tuple[str, Verifier]) -> None:
    """Every bit of every byte; what is not even text any more is refused by whoever opens it."""
    text, key = one
    content = text.encode()
    for at in range(len(content)):
        for bit in range(8):
            wrong = bytearray(content)
            wrong[at] ^= 1 << bit
            try:
                altered = wrong.decode()
            except UnicodeDecodeError:
                continue
            with pytest.raises(Refused):
                proved(altered, key)


@pytest.mark.parametrize("more", ["", "0", "\n", " ", "=", "+", "\n\n", "\u2014 "])
def test_nothing_can_be_left_out_of_a_proof_or_put_into_it(
    one: tuple[str, Verifier], more: str
) -> None:
    """A letter at any place: a zero before the index, an empty line, a space at an end."""
    text, key = one
    for at in range(len(text) + 1):
        for less in (0, 1):
            altered = text[:at] + more + text[at + less :]
            if altered != text:
                with pytest.raises(Refused):
                    proved(altered, key)


def test_no_line_of_a_proof_can_be_left_out_doubled_or_moved(one: tuple[str, Verifier]) -> None:
    """The hashes stand in one order, from the leaf up."""
    text, key = one
    lines = text.splitlines(keepends=True)
    chance = Random(1)
    orders = [lines[:at] + lines[at + 1 :] for at in range(len(lines))]
    orders += [[*lines[: at + 1], *lines[at:]] for at in range(len(lines) - 1)]
    orders += [chance.sample(lines, len(lines)) for _ in range(200)]
    for order in orders:
        if (altered := "".join(order)) != text:
            with pytest.raises(Refused):
                proved(altered, key)


def test_a_proof_holds_under_its_own_ledger_alone(one: tuple[str, Verifier]) -> None:
    """Another key of the same name is named in the refusal, as is another ledger's."""
    text, _ = one
    for other in (signer(2), signer(1, "ehsg/other")):
        with pytest.raises(Refused, match="is not signed with the key") as refused:
            proved(text, other.verifier)
        assert str(other.verifier) in str(refused.value)


def test_a_key_speaks_for_the_ledger_of_its_name_alone(tmp_path: Path) -> None:
    """What it signed in another's name shows nothing."""
    text = in_the_name_of_another(tmp_path / "ledger.sqlite")
    with pytest.raises(Refused, match="is not signed with the key"):
        proved(text, signer().verifier)


def test_a_proof_shows_one_fact_and_not_its_neighbour(one: tuple[str, Verifier]) -> None:
    """What was recorded cannot be exchanged for what stands beside it, nor its position."""
    text, key = one
    proof = read_proof(text)
    for wrong in (proof._replace(position=12), proof._replace(position=10), proof._replace(opened=b"salt\nstream\n11\ntopic\n{}")):  # fmt: skip
        with pytest.raises(Refused, match="is not in the ledger"):
            refuse_unless_proved(wrong, key)
