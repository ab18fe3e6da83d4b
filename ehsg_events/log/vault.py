"""Sealed personal text: AES-256-GCM under a key per person and assessment, keys kept apart.

The log holds the id and the digest of each ciphertext; the ciphertext lies beside the log in a
table whose rows may be deleted; the keys lie in a file of their own, wrapped by a key-encryption
key. Deleting a person's key and rows forgets their words and leaves every fact as it was.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from ehsg_events.kernel import Refused, Stream, Words

NONCE = 12


@dataclass(frozen=True)
class Sealed:
    """A ciphertext on its way to the store, and the words that stand for it in the fact."""

    words: Words
    assessment: UUID
    person: str
    stream: UUID
    body: bytes


class Keys:
    """One key per person and assessment, each wrapped by the key-encryption key.

    Args:
        folder: where `keys.sqlite` lies.
        kek: the file that holds the key-encryption key; made with mode 0600 if it is not there.
    """

    def __init__(self, folder: Path, kek: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path = folder / "keys.sqlite"
        self._known: dict[tuple[UUID, str], bytes] = {}
        self._lock = threading.Lock()
        with closing(self._connect()) as db, db:
            db.execute(
                "CREATE TABLE IF NOT EXISTS person_key (assessment TEXT, person TEXT, "
                "wrapped BLOB, PRIMARY KEY (assessment, person))"
            )
            some = db.execute("SELECT wrapped FROM person_key LIMIT 1").fetchone()
        self._path.chmod(0o600)
        self._kek = _key_encryption_key(kek, make=some is None)
        if some is not None:
            self._refuse_wrong(some[0], kek)

    def of(self, assessment: UUID, person: str, *, make: bool = False) -> bytes | None:
        """A person's key, none once it was destroyed; `make` creates it when it is not there."""
        with self._lock:
            name = (assessment, person)
            if name not in self._known:
                key = self._load(assessment, person, make=make)
                if key is None:
                    return None
                self._known[name] = key
            return self._known[name]

    def _load(self, assessment: UUID, person: str, *, make: bool) -> bytes | None:
        row = (assessment.hex, person)
        with closing(self._connect()) as db, db:
            if make:
                fresh = aes_key_wrap(self._kek, AESGCM.generate_key(bit_length=256))
                db.execute("INSERT OR IGNORE INTO person_key VALUES (?, ?, ?)", (*row, fresh))
            stored = db.execute(
                "SELECT wrapped FROM person_key WHERE assessment = ? AND person = ?", row
            ).fetchone()
        return None if stored is None else aes_key_unwrap(self._kek, stored[0])

    def _refuse_wrong(self, wrapped: bytes, kek: Path) -> None:
        """Refuse a wrong key-encryption key before another key is wrapped in it."""
        try:
            aes_key_unwrap(self._kek, wrapped)
        except InvalidUnwrap:
            raise Refused(
                f"{kek} is not the key-encryption key of this data folder. Set EHSG_KEK_FILE to "
                f"the one it was made with, or restore that from your backup."
            ) from None

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, timeout=5)
        db.execute("PRAGMA secure_delete = ON")
        db.execute("PRAGMA synchronous = FULL")
        return db


def _key_encryption_key(file: Path, *, make: bool) -> bytes:
    if make and not file.exists():
        _make_key(file)
    try:
        key = file.read_bytes()
    except OSError as mistake:
        raise Refused(
            f"The key-encryption key {file} cannot be read: {mistake.strerror}. Set EHSG_KEK_FILE "
            f"to where it lies, or restore it: without it no sealed text can be read."
        ) from None
    if len(key) != 32:
        raise Refused(
            f"{file.name} does not hold a key of 32 bytes. Restore it from your backup: "
            f"without it no sealed text can be read."
        )
    return key


def _make_key(file: Path) -> None:
    """Write a key, whole and durable before anyone sees it; a second process uses the first's."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, draft = mkstemp(dir=file.parent)  # mode 0600
    with os.fdopen(handle, "wb") as out:
        out.write(os.urandom(32))
        out.flush()
        os.fsync(out.fileno())
    with suppress(FileExistsError):
        os.link(draft, file)
    Path(draft).unlink()
    folder = os.open(file.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


class Vault:
    """Seals personal text for the log, and opens it for those who may read it."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def seal(self, text: str | bytes, stream: Stream, person: str) -> Sealed:
        """Seal text of or about a person, bound to the stream whose fact will hold it."""
        key = self._keys.of(stream.assessment, person, make=True)
        assert key is not None, "a key was just made"
        plain = text if isinstance(text, bytes) else text.encode()
        name, nonce = uuid4(), os.urandom(NONCE)
        bound = _bound_to(name, stream.id, person)
        body = nonce + AESGCM(key).encrypt(nonce, plain, bound)
        words = Words(id=name, sha256=hashlib.sha256(body).hexdigest())
        return Sealed(words, stream.assessment, person, stream.id, body)

    def unseal(self, sealed: Sealed) -> bytes | None:
        """The text in UTF-8 or the file, or none when its key was destroyed.

        Raises:
            Refused: the ciphertext is not the one the log promised, or was moved.
        """
        key = self._keys.of(sealed.assessment, sealed.person)
        if key is None:
            return None
        if hashlib.sha256(sealed.body).hexdigest() != sealed.words.sha256:
            raise Refused(f"Sealed text {sealed.words.id} is not what the log recorded.")
        bound = _bound_to(sealed.words.id, sealed.stream, sealed.person)
        try:
            return AESGCM(key).decrypt(sealed.body[:NONCE], sealed.body[NONCE:], bound)
        except InvalidTag:
            raise Refused(f"Sealed text {sealed.words.id} was moved or altered.") from None


def _bound_to(name: UUID, stream: UUID, person: str) -> bytes:
    return f"{name}|{stream}|{person}".encode()
