"""The proof that one fact is in a ledger, as one file that can be kept: C2SP `tlog-proof`.

https://c2sp.org/tlog-proof. Its `extra` is what the leaf's digest is of, so that whoever holds the
file sees which fact it is about and needs nothing else but the ledger's key.
"""

from __future__ import annotations

from typing import NamedTuple

from ehsg_events.kernel import Refused
from ehsg_events.ledger import tree
from ehsg_events.ledger.base64_text import decoded, encoded
from ehsg_events.ledger.leaves import digest_of, leaf_of
from ehsg_events.ledger.ledger_file import LedgerFile, Signed
from ehsg_events.ledger.notes import Checkpoint, Verifier, checkpoint_of, is_signed, number_of
from ehsg_events.ledger.tree import HASH, leaf_hash

FIRST = "c2sp.org/tlog-proof@v1"
EXTRA, INDEX = "extra ", "index "
NO_PROOF = "This is no proof of a ledger: {why}."
ANOTHER_KEY = "The checkpoint in this proof is not signed with the key {key}."
NOT_IN = "What this proof says was recorded is not in the ledger that it names: one of the two was altered."


class Proof(NamedTuple):
    """What was digested of a fact, where its leaf stands, and how it leads to a signed checkpoint."""

    opened: bytes
    position: int  # of the fact, from 1
    hashes: tuple[bytes, ...]
    note: str

    def __str__(self) -> str:
        """The proof as a file's text."""
        lines = [
            FIRST,
            EXTRA + encoded(self.opened),
            f"{INDEX}{self.position - 1}",
            *map(encoded, self.hashes),
        ]
        return "\n".join(lines) + f"\n\n{self.note}"


def proof_of(file: LedgerFile, signed: Signed, position: int, opened: bytes) -> Proof:
    """The proof that the fact at a position is in a ledger as far as it was signed."""
    hashes = tree.inclusion(file.complete, position - 1, signed.size)
    return Proof(opened, position, tuple(hashes), signed.note)


def read_proof(text: str) -> Proof:
    """The proof in a file's text.

    Raises:
        Refused: it is none.
    """
    head, _, note = text.partition("\n\n")
    first, extra, index, *below = [*head.split("\n"), "", ""]
    if first != FIRST or not extra.startswith(EXTRA) or not index.startswith(INDEX):
        raise Refused(NO_PROOF.format(why=f"it does not begin as {FIRST} with what was recorded"))
    number = number_of(index.removeprefix(INDEX))
    opened, hashes = decoded(extra.removeprefix(EXTRA)), [decoded(line) for line in below if line]
    if opened is None or number is None:
        raise Refused(NO_PROOF.format(why="a line of it is damaged"))
    whole = tuple(one for one in hashes if one is not None and len(one) == HASH)
    if len(whole) < len(hashes):
        raise Refused(NO_PROOF.format(why="a hash of it is damaged"))
    return Proof(opened, number + 1, whole, note)


def refuse_unless_proved(proof: Proof, key: Verifier) -> Checkpoint:
    """Refuse a proof that does not hold; the checkpoint that it leads to.

    Raises:
        Refused: another key signed it, or what it says was recorded is not in the ledger.
    """
    head = checkpoint_of(proof.note)
    if head.origin != key.name or not is_signed(proof.note, key):
        raise Refused(ANOTHER_KEY.format(key=key))
    leaf = leaf_hash(leaf_of(proof.position, digest_of(proof.opened)))
    if not tree.is_included(leaf, proof.position - 1, head.size, proof.hashes, head.root):
        raise Refused(NOT_IN)
    return head
