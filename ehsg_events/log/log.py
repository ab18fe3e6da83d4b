"""Load, decide, record: the one way facts come onto the log, and the way they are folded back."""

from __future__ import annotations

import logging
import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import DatabaseError, IntegrityError, OperationalError, StoredEvent

from ehsg_events.events import AssessmentAbandoned, AssessmentOpened
from ehsg_events.kernel import Recorded, Refused, S, Stamp, Stream, Words, stamped
from ehsg_events.log.caches import FactCache, StateCache
from ehsg_events.log.forgotten import Forgotten
from ehsg_events.log.keys import DAMAGED as KEYS_DAMAGED
from ehsg_events.log.keys import Keys
from ehsg_events.log.mapper import PlainMapper
from ehsg_events.log.opening import DAMAGED, ONLY_READ, refuse_if_any_is_newer
from ehsg_events.log.sqlite_store import SQLiteStore
from ehsg_events.log.state_reader import StateReader
from ehsg_events.log.store import Saving, Store, Twice
from ehsg_events.log.transaction import Saved, T, Transaction, refuse_abandoned, refuse_personal
from ehsg_events.log.vault import Opened, Vault
from ehsg_events.machine.reports import Reports
from ehsg_events.values.places import Place, text_at
from guides import durable

TRIES = 40  # how often a decision is taken again when another writer was faster: some ten seconds
AT_ONCE, LONGEST = 3, 0.6  # tries without a pause, and the longest pause in seconds
BEHIND = timedelta(minutes=1)  # what a clock is behind the log before it is said
CLOCK_IS_BEHIND = (
    "The clock of this machine is behind the last fact in {folder}: it was put back, or the clock "
    "that fact was recorded by was ahead. Facts are recorded in order all the same, stamped just "
    "after that one. Look whether the clock is right (`timedatectl`)."
)
reports = Reports(logging.getLogger("ehsg.log"))


class Log(Application[UUID], StateReader):
    """All facts in order, in one data folder.

    Args:
        folder: the data folder; made if it is not there.
        kek: the file of the key-encryption key, by default `keys/kek` in the data folder.
    """

    def __init__(self, folder: Path, kek: Path | None = None) -> None:
        durable.make_folder(folder, mode=0o700)
        self.folder = folder
        try:
            super().__init__()
            self.store.refuse_unless_whole()
        except (sqlite3.DatabaseError, DatabaseError) as mistake:
            raise _as_damage(mistake, folder) from mistake
        refuse_if_any_is_newer(self.store)
        self.states = StateCache(self.store, self._plain)
        self._facts = FactCache(self.store, self._plain)
        keys = self._keys(folder / "keys", kek)
        self.notices = keys.notices
        self.vault = Vault(keys, self.store.has_texts_of, self._holds)
        self.forgotten = Forgotten(self)
        if not self.store.read_only:
            self.forgotten.finish()

    def _keys(self, folder: Path, kek: Path | None) -> Keys:
        people = self.store.whose_texts()
        if people and not (folder / "keys.sqlite").exists():
            raise Refused(
                f"The keys of {self.folder} are missing, so no name and no word can be read. "
                f"Restore its folder keys/ from your backup."
            )
        try:
            keys = Keys(folder, kek or folder / "kek", read_only=self.store.read_only)
            keys.refuse_if_of_another_log(people)
        except sqlite3.OperationalError:  # the disk's fault, not the file's
            raise
        except sqlite3.DatabaseError as mistake:
            raise Refused(KEYS_DAMAGED.format(file=folder / "keys.sqlite")) from mistake
        return keys

    def construct_mapper(self) -> PlainMapper:
        """Plain JSON, readable by SQL."""
        self._plain = PlainMapper()
        return self._plain

    def construct_recorder(self) -> SQLiteStore:
        """Our store, by the name the library gives it."""
        self._store = SQLiteStore(self.folder / "log.sqlite")
        return self._store

    def close(self) -> None:
        """Close the log's file."""
        super().close()
        self.store.close()

    @property
    def store(self) -> Store:
        """What keeps the facts."""
        return self._store

    @property
    def source(self) -> Log:
        """The log itself."""
        return self

    # -- recording -------------------------------------------------------------------------------
    def record(
        self, stamp: Stamp, decide: Callable[[Transaction], T], *, once: bool = False
    ) -> Saved[T]:
        """Take a decision and record it, in one transaction with its texts and its key.

        Args:
            stamp: who acts, when, and by which cause.
            decide: reads and decides in the transaction; called again if another writer was faster.
            once: store the key even if nothing was decided, so that a retry later decides nothing
                either.

        Returns:
            What was decided and recorded, now or when the same cause was recorded before.

        Raises:
            Refused: a rule said no; nothing was recorded.
        """
        if self.store.read_only:
            raise Refused(ONLY_READ.format(folder=self.folder))
        for tried in range(TRIES):
            try:
                return self._try_to_record(stamp, decide, once=once)
            except IntegrityError:
                time.sleep(_pause(tried))
        raise Refused(
            "So many others are changing this just now that it could not be recorded. Nothing was. "
            "Do it once more."
        )

    def _try_to_record(
        self, stamp: Stamp, decide: Callable[[Transaction], T], *, once: bool
    ) -> Saved[T]:
        tx = Transaction(self, stamp)
        try:
            value = decide(tx)
            refuse_abandoned(tx)
        except Refused:
            if self.store.knows(stamp.key):
                return Saved(self, stamp, repeated=True)
            raise
        refuse_personal(tx)
        if not (tx.decisions or once):
            return Saved(self, stamp, value, repeated=self.store.knows(stamp.key))
        try:
            new = self._save(tx)
        except Twice:
            return Saved(self, stamp, value, repeated=True)
        return Saved(self, stamp, value, new)

    def _save(self, tx: Transaction) -> list[Recorded]:
        """Write what a transaction decided; returns its facts with their positions."""

        def facts(at: datetime) -> list[Recorded]:
            return stamped(tx.decisions, tx.stamp.model_copy(update={"at": at}))

        def written(at: datetime) -> list[StoredEvent]:
            return [self._plain.to_stored_event(fact) for fact in facts(at)]

        saving = Saving(tx.stamp.at, written)
        recordings = self.save(
            *facts(saving.at),
            key=tx.stamp.key,
            sealed=self.vault.bound(tx.texts, facts(saving.at)),
            unmoved=tx.only_read,
            erased=tx.erased,
            saving=saving,
        )
        self._say_if_clock_is_behind(tx.stamp.at, saving.at)
        return [
            fact.at(recording.notification.id)
            for fact, recording in zip(facts(saving.at), recordings, strict=True)
        ]

    def _say_if_clock_is_behind(self, clock: datetime, stamp: datetime) -> None:
        if stamp - clock > BEHIND:
            reports.say(CLOCK_IS_BEHIND.format(folder=self.folder), logging.WARNING)

    def raise_watermark(self, moment: datetime, now: datetime) -> None:
        """Let a moment that was asked for hold the same facts for ever, if it is not to come."""
        if moment <= now:
            self.store.raise_watermark(moment)

    # -- reading ---------------------------------------------------------------------------------
    def read_all(self, streams: Sequence[Stream[S]]) -> list[S]:
        """The states of several streams, as they stand now."""
        return [state for _, state in self.states.fold_all(streams)]

    def version(self, stream: Stream) -> int:
        """The version of a stream's last fact, 0 when it has none."""
        last = self.store.select_events(stream.id, desc=True, limit=1)
        return last[0].originator_version if last else 0

    def facts(self, stream: Stream) -> Iterator[Recorded]:
        """The facts of one stream, in order."""
        return self.of(stream.id)

    def of(self, stream: UUID) -> Iterator[Recorded]:
        """The facts of the stream with an id, in order; none where there is no such stream."""
        return (self._plain.read(stored, 0) for stored in self.store.select_events(stream))

    def all(
        self, after: int = 0, upto: int | None = None, topics: Sequence[str] = ()
    ) -> Iterator[Recorded]:
        """Every fact in order, or every one of some topics, with its position."""
        for position, stored in self.store.rows(after, upto, topics):
            yield self._plain.read(stored, position)

    def about(self, assessment: UUID, topics: Sequence[str] = ()) -> Iterator[Recorded]:
        """Every fact about one assessment in order, or every one of some topics."""
        return iter(self._facts.about(assessment, tuple(topics)))

    def at(self, positions: Sequence[int]) -> Iterator[Recorded]:
        """The facts at some positions, in order."""
        for position, stored in self.store.at(positions):
            yield self._plain.read(stored, position)

    def caused_by(self, key: str) -> list[Recorded]:
        """The facts that were recorded under an idempotency key, in order."""
        return [
            self._plain.read(stored, position) for position, stored in self.store.caused_by(key)
        ]

    def assessments(self) -> list[tuple[UUID, datetime, AssessmentOpened]]:
        """Every assessment that was not abandoned, with the time it was opened, oldest first."""
        gone = {one.stream.assessment for one in self.all(topics=(AssessmentAbandoned.TOPIC,))}
        return [opened for opened in self.every_assessment() if opened[0] not in gone]

    def every_assessment(self) -> list[tuple[UUID, datetime, AssessmentOpened]]:
        """The same, with those that were abandoned."""
        return [
            (opened.stream.assessment, opened.stamp.at, opened.fact)
            for opened in self.all(topics=(AssessmentOpened.TOPIC,))
            if isinstance(opened.fact, AssessmentOpened)
        ]

    # -- sealed texts ----------------------------------------------------------------------------
    def opened(self, words: Words, stream: UUID | None = None) -> Opened:
        """What words stand for, or why it cannot be read.

        Args:
            stream: the stream of the fact that holds them, where the caller knows it.
        """
        try:
            sealed = self.store.sealed(words)
            return self.vault.unseal(sealed, stream) if sealed else self._gone(words)
        except (OperationalError, sqlite3.OperationalError):  # the disk's fault, not this text's
            raise
        except (DatabaseError, sqlite3.DatabaseError, ValueError):
            return Opened(None, "unreadable")

    def _gone(self, words: Words) -> Opened:
        """A text that is not there: forgotten if a fact says so, else missing."""
        return Opened(None, "forgotten" if words.id in self.forgotten.texts() else "text missing")

    def _holds(self, stream: UUID, place: Place, text: UUID) -> bool:
        """Whether the fact at a place of a stream holds a text there."""
        state = self.store.state_of(stream, place.version)
        return state is not None and text_at(state, place.field) == text

    def content(self, words: Words) -> bytes | None:
        """The bytes that words stand for; none when they cannot be read."""
        return self.opened(words).content

    def text(self, words: Words | None) -> str | None:
        """The text that words stand for; none when there are none or they cannot be read."""
        return self.opened(words).text if words else None

    def named(self, words: Words) -> str:
        """The name that words stand for, or in two words why it is not there."""
        opened = self.opened(words)
        return opened.text or opened.loss or ""

    def shown(self, words: Words | None, stream: UUID | None = None) -> str | None:
        """The text that words stand for, or a sentence in its place that says why it is not there."""
        return self.opened(words, stream).says if words else None


def _pause(tried: int) -> float:
    """How long to wait after a clash: not at first, then longer and longer, never all the same."""
    return 0.0 if tried < AT_ONCE else random.uniform(0, min(LONGEST, 0.005 * 2**tried))  # noqa: S311 - no secret


def _as_damage(mistake: Exception, folder: Path) -> Exception:
    """A refusal for a file that is no log any more; other faults are the machine's."""
    if isinstance(mistake, sqlite3.OperationalError | OperationalError):
        return mistake
    return Refused(DAMAGED.format(path=folder / "log.sqlite"))
