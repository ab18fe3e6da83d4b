"""Signed notes and checkpoints, in the C2SP forms that other people's verifiers read.

https://c2sp.org/signed-note and https://c2sp.org/tlog-checkpoint: lines of text, an empty line, and
below it a line for each signature.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ehsg_events.kernel import Refused
from ehsg_events.ledger.base64_text import decoded, encoded

ED25519, COSIGNED = b"\x01", b"\x04"  # the kind of a log's signature, and of a witness's
SIGNED = "\u2014 "  # an em dash begins every signature's line
ID = 4  # bytes of a key's id
NO_KEY = "This is no key of a ledger. One looks like: name+1a2b3c4d+AbCd…"
NO_CHECKPOINT = "This is no checkpoint: {why}."


class Verifier(NamedTuple):
    """A name, the public key that belongs to it, and what kind of signature it makes."""

    name: str
    public: bytes
    kind: bytes = ED25519

    @property
    def id(self) -> bytes:
        """The key's id, which stands before each of its signatures."""
        return hashlib.sha256(self.name.encode() + b"\n" + self.kind + self.public).digest()[:ID]

    def __str__(self) -> str:
        """The key as one word, to be kept and handed on."""
        return f"{self.name}+{self.id.hex()}+{encoded(self.kind + self.public)}"

    def accepts(self, text: str, signature: bytes) -> bool:
        """Whether this key signed a text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


class Signer(NamedTuple):
    """A name, and the private key that signs for it."""

    name: str
    private: Ed25519PrivateKey

    @property
    def verifier(self) -> Verifier:
        """What checks its signatures."""
        return Verifier(self.name, self.private.public_key().public_bytes_raw())

    def line(self, text: str) -> str:
        """The line by which it signs a text."""
        signed = self.private.sign(text.encode())
        return f"{SIGNED}{self.name} {encoded(self.verifier.id + signed)}\n"


class Checkpoint(NamedTuple):
    """The head of a tree: whose it is, how many leaves, and their root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{encoded(self.root)}\n"


def verifier_of(key_word: str, kind: bytes = ED25519) -> Verifier:
    """A key by its one word; its second part is checked.

    Args:
        kind: of its signatures; a key for another kind is refused.

    Raises:
        Refused: it is none.
    """
    name, _, rest = key_word.strip().partition("+")
    given, _, word = rest.partition("+")  # there may be more of them in what is encoded
    key = decoded(word)
    if not name.isprintable() or len(name.split()) != 1:  # it ends where a space stands in a note
        raise Refused(NO_KEY)
    if key is None or len(key) != 33 or key[:1] != kind:
        raise Refused(NO_KEY)
    verifier = Verifier(name, key[1:], kind)
    if verifier.id.hex() != given:
        raise Refused(NO_KEY)
    return verifier


def signed(checkpoint: Checkpoint, *signers: Signer) -> str:
    """A checkpoint as a note, signed by each."""
    return f"{checkpoint.text}\n{''.join(signer.line(checkpoint.text) for signer in signers)}"


def checkpoint_of(note: str) -> Checkpoint:
    """What a note says, whoever signed it.

    Raises:
        Refused: it is no checkpoint.
    """
    text = parts(note)[0]
    origin, size, root_in_words, *_ = [*text.split("\n"), "", "", ""]
    number, root = number_of(size), decoded(root_in_words)
    if not origin:
        raise Refused(NO_CHECKPOINT.format(why="its first line names no ledger"))
    if number is None:
        raise Refused(NO_CHECKPOINT.format(why="its second line is no number of facts"))
    if root is None or len(root) != 32:
        raise Refused(NO_CHECKPOINT.format(why="its third line is no SHA-256 in base64"))
    return Checkpoint(origin, number, root)


def number_of(text: str) -> int | None:
    """A number in its one form, without a sign or a zero before it; none where it is none."""
    plain = text.isascii() and text.isdecimal() and len(text) < 20
    return int(text) if plain and str(int(text)) == text else None


def is_signed(note: str, verifier: Verifier) -> bool:
    """Whether a key signed a note; other lines of signatures are passed over.

    Raises:
        Refused: it is no note.
    """
    text, signatures = parts(note)
    for name, signature in signatures:
        if name == verifier.name and signature[:ID] == verifier.id:
            return verifier.accepts(text, signature[ID:])
    return False


def parts(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    """A note's text, with its last line's end, and by whom it is signed.

    Raises:
        Refused: it is no note.
    """
    text, found, below = note.rpartition("\n\n")
    *lines, end = below.split("\n")
    signatures = [one for line in lines if (one := _signature(line))]
    if not found or end or not lines or len(signatures) < len(lines):
        raise Refused(NO_CHECKPOINT.format(why="no signatures stand below an empty line"))
    return f"{text}\n", signatures


def _signature(line: str) -> tuple[str, bytes] | None:
    """A name and what it signed with, of whatever kind; none where a line is no signature's."""
    name, _, word = line.removeprefix(SIGNED).partition(" ")
    signature = decoded(word)
    whole = line.startswith(SIGNED) and name and signature and len(signature) > ID
    return (name, signature) if whole and signature else None
