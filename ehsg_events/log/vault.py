"""Sealed personal text: AES-256-GCM under a key per person and assessment, keys kept apart.

The log holds the id and the digest of each ciphertext; the ciphertext lies beside the log in a
table whose rows may be deleted; the keys lie in `keys`. Deleting a person's key and rows forgets
their words and leaves every fact as it was.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ehsg_events.kernel import Refused, Stream, Words
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import marked
from ehsg_events.log.keys import Keys

NONCE = 12
Loss = Literal["text missing", "key missing", "unreadable"]
LOSSES: dict[Loss, str] = {
    "text missing": marked(
        "These words are missing, and nobody asked for that. A backup of the log may hold them."
    ),
    "key missing": marked(
        "These words cannot be read: the key of {person} is missing. A backup of the keys may hold it."
    ),
    "unreadable": marked(
        "These words cannot be shown: what is kept is not what was recorded. A backup of the log "
        "may hold it."
    ),
}


@dataclass(frozen=True)
class Sealed:
    """A ciphertext on its way to the store, and the words that stand for it in the fact."""

    words: Words
    assessment: UUID
    person: str
    stream: UUID
    body: bytes


class Opened(NamedTuple):
    """What words stand for, or why it cannot be read: each a state of its own, none a forgetting.

    `person` is whose words they are, none when that is not known.
    """

    content: bytes | None
    loss: Loss | None = None
    person: str | None = None

    @property
    def text(self) -> str | None:
        """The text, none when it cannot be read."""
        return None if self.content is None else self.content.decode(errors="replace")

    @property
    def says(self) -> str:
        """The text, or a sentence that stands in its place."""
        return instead(self.loss, self.person) if self.text is None else self.text


def instead(loss: Loss | None, person: str | None = None) -> str:
    """The sentence that stands where words would stand that cannot be read."""
    return _(LOSSES[loss], person=person or "") if loss else ""


class Vault:
    """Seals personal text for the log, and opens it for those who may read it.

    Args:
        keys: the keys of everybody.
        has_texts: whether any text of a person is sealed already, by assessment and pseudonym.
    """

    def __init__(self, keys: Keys, has_texts: Callable[[UUID, str], bool]) -> None:
        self._keys, self._has_texts = keys, has_texts

    def seal(self, text: str | bytes, stream: Stream, person: str) -> Sealed:
        """Seal text of or about a person, bound to the stream whose fact will hold it.

        Raises:
            Refused: their key is missing, and a second one would hide that.
        """
        key = self._keys.of(stream.assessment, person) or self._first_key(stream, person)
        plain = text if isinstance(text, bytes) else text.encode()
        name, nonce = uuid4(), os.urandom(NONCE)
        bound = _bound_to(name, stream.id, person)
        body = nonce + AESGCM(key).encrypt(nonce, plain, bound)
        words = Words(id=name, sha256=hashlib.sha256(body).hexdigest())
        return Sealed(words, stream.assessment, person, stream.id, body)

    def _first_key(self, stream: Stream, person: str) -> bytes:
        if self._has_texts(stream.assessment, person):
            if key := self._keys.of(stream.assessment, person):  # another process was faster
                return key
            raise Refused(
                f"The key of {person} is missing, so nothing of theirs can be sealed, and nothing "
                f"was recorded. Restore keys/keys.sqlite from your backup: it is older than the "
                f"log, or another log's."
            )
        return self._keys.made_for(stream.assessment, person)

    def unseal(self, sealed: Sealed, stream: UUID | None = None) -> Opened:
        """The text in UTF-8 or the file, or why it cannot be read.

        Args:
            stream: the stream of the fact that holds the words, if the caller knows it: they are
                bound to it. What lies beside the ciphertext is only as good as its row.
        """
        key = self._keys.of(sealed.assessment, sealed.person)
        if key is None:
            return Opened(None, "key missing", sealed.person)
        bound = _bound_to(sealed.words.id, stream or sealed.stream, sealed.person)
        try:
            if hashlib.sha256(sealed.body).hexdigest() == sealed.words.sha256:
                content = AESGCM(key).decrypt(sealed.body[:NONCE], sealed.body[NONCE:], bound)
                return Opened(content, person=sealed.person)
        except (InvalidTag, ValueError):
            pass  # moved, altered, or cut short
        return Opened(None, "unreadable", sealed.person)


def _bound_to(name: UUID, stream: UUID, person: str) -> bytes:
    return f"{name}|{stream}|{person}".encode()
