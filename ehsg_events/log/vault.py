"""Sealed personal text: AES-256-GCM under a key per person and assessment, keys kept apart.

The log holds the id and the digest of each ciphertext; the ciphertext lies beside the log in a
table whose rows may be deleted; the keys lie in `keys`. Deleting a person's key and rows forgets
their words and leaves every fact as it was.

A text is sealed before it is known which place in which fact will hold it. So a row has two parts:
the text, whose digest stands in the fact, and once the fact is written that place, sealed under the
same key. A text opens only where the fact at that place holds it; so nothing that is done to the
rows or to the facts puts it in another's place unnoticed. One of an earlier release has no place.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ehsg_events.kernel import Recorded, Refused, Stream, Words
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import marked
from ehsg_events.log.keys import Keys
from ehsg_events.values.places import Place, texts_in

NONCE = 12
DIGESTING = b"keyed digest"
LENGTH = 2  # bytes at the end of a row that say how long its sealed place is
Holds = Callable[[UUID, Place, UUID], bool]
NO_KEY = (
    "The key of {person} is missing, so nothing of theirs can be sealed, and nothing was recorded. "
    "Restore keys/keys.sqlite from your backup: it is older than the log, or another log's."
)
Loss = Literal["text missing", "key missing", "unreadable", "forgotten"]
LOSSES: dict[Loss, str] = {
    "forgotten": marked("These words were forgotten."),
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
    """A ciphertext on its way to the store, and the words that stand for it in the fact.

    `body` is the sealed text, and behind it the sealed place once it is bound.
    """

    words: Words
    assessment: UUID
    person: str
    stream: UUID
    body: bytes


class Opened(NamedTuple):
    """What words stand for, or why it cannot be read: each a state of its own.

    Only what a fact says was forgotten is forgotten; all else is a loss, and a backup may have it.

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
        holds: whether a stream's fact holds a text at a place, by the text's id.
    """

    def __init__(self, keys: Keys, has_texts: Callable[[UUID, str], bool], holds: Holds) -> None:
        self.keys, self._has_texts, self._holds = keys, has_texts, holds

    def seal(self, text: str | bytes, stream: Stream, person: str) -> Sealed:
        """Seal text of or about a person, for a fact of a stream; `bind` says which.

        Raises:
            Refused: their key is missing, and a second one would hide that.
        """
        key, name = self._key(stream, person), uuid4()
        plain = text if isinstance(text, bytes) else text.encode()
        body = _encrypted(key, plain, _about("text", name, stream.id, person))
        words = Words(id=name, sha256=hashlib.sha256(body).hexdigest(), bound="fact")
        return Sealed(words, stream.assessment, person, stream.id, body)

    def prepare(self, assessment: UUID, people: Collection[str]) -> None:
        """Make the first keys of many people at once: one by one, each waits for the disk.

        Whoever has a key, or a text that wants another than a new one, is left alone.
        """
        new = [
            person
            for person in people
            if self.keys.of(assessment, person) is None and not self._has_texts(assessment, person)
        ]
        if len(new) > 1:
            self.keys.make(assessment, new)

    def bound(self, texts: Sequence[Sealed], facts: Iterable[Recorded]) -> list[Sealed]:
        """The texts that facts hold, as they are stored: each bound to the place that holds it first.

        Raises:
            Refused: as `bind`.
        """
        places: dict[UUID, tuple[UUID, Place]] = {}
        for fact in facts:
            for field, words in texts_in(fact.fact):
                places.setdefault(words.id, (fact.stream.id, Place(fact.version, field)))
        held = [(text, *places[text.words.id]) for text in texts if text.words.id in places]
        assert all(text.stream == stream for text, stream, _ in held), "sealed for another stream"
        return [self.bind(text, place) for text, _, place in held]

    def bind(self, sealed: Sealed, place: Place) -> Sealed:
        """Bind a text to the place in a fact of its stream that holds it.

        Raises:
            Refused: the key it was sealed with has gone meanwhile.
        """
        key = self.keys.of(sealed.assessment, sealed.person)
        if key is None:
            raise Refused(NO_KEY.format(person=sealed.person))
        about = _about("place", sealed.words.id, sealed.stream, sealed.person)
        bound = _encrypted(key, f"{place.version} {place.field}".encode(), about)
        return replace(sealed, body=sealed.body + bound + len(bound).to_bytes(LENGTH))

    def keyed_digest(self, content: bytes, stream: Stream, person: str) -> str:
        """A digest by which the same content is known again, and nobody without the key tells a guess.

        Raises:
            Refused: as `seal`.
        """
        own = hmac.digest(self._key(stream, person), DIGESTING, "sha256")  # the key itself seals
        return hmac.digest(own, content, "sha256").hex()

    def _key(self, stream: Stream, person: str) -> bytes:
        return self.keys.of(stream.assessment, person) or self._first_key(stream, person)

    def _first_key(self, stream: Stream, person: str) -> bytes:
        if self._has_texts(stream.assessment, person):
            if key := self.keys.of(stream.assessment, person):  # another process was faster
                return key
            raise Refused(NO_KEY.format(person=person))
        return self.keys.made_for(stream.assessment, person)

    def unseal(self, sealed: Sealed, stream: UUID | None = None) -> Opened:
        """The text in UTF-8 or the file, or why it cannot be read.

        Args:
            stream: the stream of the fact that holds the words, if the caller knows it: they are
                bound to it. What lies beside the ciphertext is only as good as its row.
        """
        key = self.keys.of(sealed.assessment, sealed.person)
        if key is None:
            return Opened(None, "key missing", sealed.person)
        try:
            content = self._content(key, sealed, stream or sealed.stream)
        except (InvalidTag, ValueError):  # moved, altered, or cut short
            content = None
        return Opened(content, "unreadable" if content is None else None, sealed.person)

    def _content(self, key: bytes, sealed: Sealed, stream: UUID) -> bytes | None:
        """What is sealed, none where its digest or its place is not what the facts say."""
        words, person = sealed.words, sealed.person
        if words.bound == "stream":
            body, about = sealed.body, f"{words.id}|{stream}|{person}".encode()
        else:
            body, bound = _apart(sealed.body)
            about = _about("text", words.id, stream, person)
            place = _decrypted(key, bound, _about("place", words.id, stream, person))
            if not self._holds(stream, _place(place), words.id):
                return None
        is_whole = hashlib.sha256(body).hexdigest() == words.sha256
        return _decrypted(key, body, about) if is_whole else None


def _about(part: str, text: UUID, stream: UUID, person: str) -> bytes:
    """What a part of a row is about, which its ciphertext is bound to."""
    return f"{part}|{text}|{stream}|{person}".encode()


def _encrypted(key: bytes, plain: bytes, about: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, about)


def _decrypted(key: bytes, body: bytes, about: bytes) -> bytes:
    return AESGCM(key).decrypt(body[:NONCE], body[NONCE:], about)


def _apart(body: bytes) -> tuple[bytes, bytes]:
    """The sealed text and the sealed place of a row."""
    end = len(body) - LENGTH
    begin = max(0, end - int.from_bytes(body[-LENGTH:]))
    return body[:begin], body[begin:end]


def _place(plain: bytes) -> Place:
    version, _, field = plain.decode().partition(" ")
    return Place(int(version), field)
