"""The keys that personal text is sealed with, in a file of their own, wrapped by another key."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Collection, Iterator
from contextlib import closing, suppress
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from ehsg_events.kernel import Refused
from guides import durable

Person = tuple[UUID, str]  # an assessment, and somebody's pseudonym in it
NOT_THIS_LOGS = (
    "No key in {file} belongs to this log: it is empty, or another log's. Restore keys/ from the "
    "backup of this one."
)
NOT_ITS_OWN = (
    "The key of {person} in {file} is damaged or another log's, so nothing was recorded. Restore "
    "keys/ from your backup."
)
DAMAGED = "{file} is damaged, so no name and no word can be read. Restore keys/ from your backup."
OTHERS = 0o007


class Keys:
    """One key per person and assessment, each wrapped by the key-encryption key.

    Args:
        folder: where `keys.sqlite` lies.
        kek: the file that holds the key-encryption key; made with mode 0600 if it is not there.
        read_only: whether nothing is made or written.
    """

    def __init__(self, folder: Path, kek: Path, *, read_only: bool = False) -> None:
        self._path = folder / "keys.sqlite"
        self._read_only = read_only
        self._stored: dict[UUID, dict[str, bytes]] = {}  # wrapped, by assessment and person
        self._stored_of = ""
        self._known: dict[bytes, bytes] = {}  # by what they are when they are wrapped
        self._lock = threading.Lock()
        if not read_only:
            self._make_file(folder)
        self._kek = _key_encryption_key(kek, make=not read_only and not self._sample())
        self.notices = [*_kept_from_others(kek)]
        for wrapped in self._sample():
            self._refuse_wrong(wrapped, kek)

    def of(self, assessment: UUID, person: str) -> bytes | None:
        """A person's key, none when there is none."""
        with self._lock:
            self._forget_if_changed(assessment)
            wrapped = self._stored[assessment].get(person)
            if wrapped is None:
                return None
            if wrapped not in self._known:
                try:
                    self._known[wrapped] = aes_key_unwrap(self._kek, wrapped)
                except InvalidUnwrap:  # another folder's, or damaged: as good as none
                    return None
            return self._known[wrapped]

    def made_for(self, assessment: UUID, person: str) -> bytes:
        """A new key for a person who has none; it is on the disk when this returns.

        Of two who make it at once, both get the one that was first.

        Raises:
            Refused: there is one that cannot be used.
        """
        self.make(assessment, (person,))
        key = self.of(assessment, person)
        if key is None:
            raise Refused(NOT_ITS_OWN.format(person=person, file=self._path))
        return key

    def make(self, assessment: UUID, people: Collection[str]) -> None:
        """A new key for each of some people who has none, all on the disk when this returns."""
        rows = [
            (assessment.hex, one, aes_key_wrap(self._kek, AESGCM.generate_key(bit_length=256)))
            for one in people
        ]
        with self._lock, closing(self._connect()) as db, db:
            db.executemany("INSERT OR IGNORE INTO person_key VALUES (?, ?, ?)", rows)

    def destroy(self, people: Collection[Person]) -> list[Person]:
        """Destroy the keys of people for good, on the disk and in this process.

        Other processes notice it when they next look for any key.

        Returns:
            Those who had one.
        """
        had = [person for person in people if self._wrapped(person) is not None]
        if had:
            with self._lock, closing(self._connect()) as db, db:
                db.executemany(
                    "DELETE FROM person_key WHERE assessment = ? AND person = ?",
                    [(assessment.hex, person) for assessment, person in had],
                )
                self._known.clear()
                self._stored.clear()
        return had

    def wrapped(self, assessment: UUID, person: str) -> bytes | None:
        """A person's key as it is stored, to look for what is left of it."""
        return self._wrapped((assessment, person))

    def missing_of(self, people: Collection[Person]) -> set[Person]:
        """Those of some people who have no key."""
        with closing(self._connect()) as db:
            rows = db.execute("SELECT assessment, person FROM person_key").fetchall()
        return {*people} - {(UUID(assessment), person) for assessment, person in rows}

    def refuse_if_of_another_log(self, people: Collection[Person]) -> None:
        """Refuse to go on when there are sealed texts and not one of their people has a key."""
        if people and len(self.missing_of(people)) == len(people):
            raise Refused(NOT_THIS_LOGS.format(file=self._path))

    def _make_file(self, folder: Path) -> None:
        durable.make_folder(folder, mode=0o700)
        durable.make_private(self._path)
        with closing(self._connect()) as db, db:
            db.execute(
                "CREATE TABLE IF NOT EXISTS person_key (assessment TEXT, person TEXT, "
                "wrapped BLOB, PRIMARY KEY (assessment, person))"
            )

    def _sample(self) -> list[bytes]:
        """Any one wrapped key, if there are any."""
        with suppress(sqlite3.OperationalError), closing(self._connect()) as db:
            return [row[0] for row in db.execute("SELECT wrapped FROM person_key LIMIT 1")]
        return []  # a copy without keys, or with an empty file of keys

    def _wrapped(self, name: Person) -> bytes | None:
        row = (name[0].hex, name[1])
        with closing(self._connect()) as db:
            stored = db.execute(
                "SELECT wrapped FROM person_key WHERE assessment = ? AND person = ?", row
            ).fetchone()
        return None if stored is None else bytes(stored[0])

    def _every_wrapped(self, assessment: UUID) -> dict[str, bytes]:
        """The keys of an assessment as they are stored, by person."""
        asked = "SELECT person, wrapped FROM person_key WHERE assessment = ?"
        with closing(self._connect()) as db:
            return {person: bytes(key) for person, key in db.execute(asked, (assessment.hex,))}

    def _forget_if_changed(self, assessment: UUID) -> None:
        """Keep no key that another process has destroyed meanwhile, or that was restored.

        Those of the assessment that are there still stay known: whoever comes to its panel changes
        the file for all.
        """
        now = _edition(self._path)
        if now != self._stored_of:
            known, self._known, self._stored, self._stored_of = self._known, {}, {}, now
            self._stored[assessment] = self._every_wrapped(assessment)
            there = {*self._stored[assessment].values()}
            self._known = {wrapped: key for wrapped, key in known.items() if wrapped in there}
        elif assessment not in self._stored:
            self._stored[assessment] = self._every_wrapped(assessment)

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
        """A connection whose commits are on the disk when they return.

        A commit in this journal mode is the deletion of the journal, which is only durable once
        the folder is synced: EXTRA does that, FULL does not. In WAL mode a destroyed key would
        stay readable in the write-ahead log for a while.
        """
        address = f"{self._path.absolute().as_uri()}?mode={'ro' if self._read_only else 'rwc'}"
        db = sqlite3.connect(address, uri=True, timeout=5)
        db.execute("PRAGMA secure_delete = ON")
        db.execute("PRAGMA synchronous = EXTRA")
        return db


def _edition(file: Path) -> str:
    """What changes whenever a database file is committed to or replaced."""
    with suppress(OSError):
        opened = os.open(file, os.O_RDONLY)  # it is asked for each text: a file object takes longer
        try:
            commits = os.pread(opened, 4, 24)  # where the header counts them
            status = os.fstat(opened)
        finally:
            os.close(opened)
        return f"{status.st_ino} {status.st_mtime_ns} {commits.hex()}"
    return "gone"


def _kept_from_others(kek: Path) -> Iterator[str]:
    """Take a key from others who may read it, and say so; its group may have been chosen."""
    mode = kek.stat().st_mode
    if mode & OTHERS:
        try:
            kek.chmod(mode & 0o777 & ~OTHERS)
            yield f"Everybody on this machine could read {kek}. Now only its owner and group can."
        except OSError:
            yield f"Everybody on this machine can read {kek}. Take that away: chmod o-rwx {kek}"


def _key_encryption_key(file: Path, *, make: bool) -> bytes:
    if make and not file.exists():
        durable.make_folder(file.parent, mode=0o700)
        with suppress(FileExistsError):  # a second process uses the first's
            durable.write_new(file, os.urandom(32), mode=durable.OWNER_ONLY)
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
