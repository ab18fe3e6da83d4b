"""A text as releases up to 0.5.0 sealed it: bound to its stream alone, without a place."""

from __future__ import annotations

import hashlib
import os
from uuid import uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ehsg_events.kernel import Stream, Words
from ehsg_events.log.vault import NONCE, Sealed, Vault


def sealed_before(vault: Vault, text: str, stream: Stream, person: str) -> Sealed:
    """The row and the words of a text that an earlier release sealed."""
    vault.seal("", stream, person)  # whoever had none gets a key
    key = vault.keys.of(stream.assessment, person)
    assert key is not None
    name, nonce = uuid4(), os.urandom(NONCE)
    about = f"{name}|{stream.id}|{person}".encode()
    body = nonce + AESGCM(key).encrypt(nonce, text.encode(), about)
    words = Words(id=name, sha256=hashlib.sha256(body).hexdigest())
    return Sealed(words, stream.assessment, person, stream.id, body)
