"""What a log asks of the store that keeps it; `tests/support/log/store_contract.py` tests it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from eventsourcing.persistence import IntegrityError, StoredEvent

from ehsg_events.kernel import Words
from ehsg_events.log.keys import Person
from ehsg_events.log.vault import Sealed


class Twice(IntegrityError):
    """This cause was already recorded: a retry, a double click, a message sent again."""


@dataclass
class Saving:
    """When the facts of a save are stamped: at their own time, or later if the log is ahead of it.

    Attributes:
        at: when they are stamped; the store moves it.
        written: the facts as they are stored when they are stamped at a time.
    """

    at: datetime
    written: Callable[[datetime], Sequence[StoredEvent]]


class Store(Protocol):
    """Keeps facts in one order for ever.

    Positions begin at 1 and are dense: none is skipped, none is used twice, and whoever has seen
    position n has seen every fact before it. Nothing that was appended is ever changed or removed.
    Any number of threads and processes may append and read at once.

    Attributes:
        read_only: whether nothing can be appended, as in a copy on a disk that is only read.
    """

    read_only: bool

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        """Append facts with what belongs to them: all of it or nothing.

        When it returns, everything is on the disk: no crash and no power cut takes it back.

        Args:
            stored_events: facts in order, each one version after the last of its stream.
            kwargs: `key`, the cause's idempotency key, at most once in a store's life; `sealed`,
                texts that are kept beside the facts; `unmoved`, streams that were only read, by
                id, each with the version that must still be its last as the facts are written;
                `saving`, which says when the facts are stamped and writes them anew for a later
                time, so that a stamp never falls below the last fact's and is above the watermark;
                `erased`, people whose texts are deleted, each with how many there must be.

        Returns:
            The facts' positions.

        Raises:
            Twice: the key was recorded before; nothing was appended.
            IntegrityError: another writer was faster on one of the streams; nothing was appended.
        """

    def select_events(
        self,
        originator_id: UUID,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """The facts of one stream, between two versions, in order or backwards."""

    def rows(
        self, after: int = 0, upto: int | None = None, topics: Sequence[str] = ()
    ) -> Iterator[tuple[int, StoredEvent]]:
        """Facts in order with their positions: all, or those of some topics."""

    def about(
        self, assessment: UUID, after: int = 0, upto: int | None = None, topics: Sequence[str] = ()
    ) -> Iterator[tuple[int, StoredEvent]]:
        """As `rows`, but only the facts of one assessment."""

    def by_assessment(self, upto: int) -> dict[UUID, Sequence[int]]:
        """The positions of each assessment's facts up to one, in order."""

    def whose(self, topic: str) -> list[UUID]:
        """The assessment that each fact of a topic is about, in the order of the facts."""

    def at(self, positions: Sequence[int]) -> Iterator[tuple[int, StoredEvent]]:
        """The facts at some positions, in order."""

    def caused_by(self, key: str) -> Sequence[tuple[int, StoredEvent]]:
        """The facts that were recorded under an idempotency key, in order."""

    def last_position(self) -> int:
        """The position of the last fact, 0 when there is none."""

    def raise_watermark(self, moment: datetime) -> None:
        """Let no later fact be stamped at or before a moment; a lower one changes nothing.

        Without it a moment that was asked for after the last fact could come to hold more facts,
        if a clock is put back or a writer was slow.
        """

    def tail(self, after: int) -> list[tuple[int, UUID]]:
        """Positions after `after`, each with the stream whose fact stands there."""

    def news(self) -> int:
        """A number that changes whenever anything was committed, by whichever process."""

    def wait(self, after: int, timeout: float) -> bool:
        """Sleep until a fact stands after a position (true), or for `timeout` seconds (false)."""

    def knows(self, key: str) -> bool:
        """Whether a cause was recorded, by its idempotency key."""

    def texts_of(self, assessment: UUID, person: str) -> list[tuple[UUID, bytes]]:
        """The ids and the ciphertexts of all a person's texts, in the order they were sealed."""

    def empty_write_ahead(self) -> bool:
        """Leave nothing of what was deleted beside the log; false while a reader holds on to it."""

    def state_of(self, stream: UUID, version: int) -> bytes | None:
        """The state of one fact as it is stored, none where there is no such fact."""

    def sealed(self, words: Words) -> Sealed | None:
        """The ciphertext that words stand for, none once its row was deleted."""

    def whose_texts(self) -> set[Person]:
        """Everybody whose sealed texts lie beside the facts."""

    def has_texts_of(self, assessment: UUID, person: str) -> bool:
        """Whether any sealed text of a person lies beside the facts."""

    def where(
        self, topics: Sequence[str], upto: int | None = None
    ) -> list[tuple[int, object, str]]:
        """Where facts of some topics stand, in order: position, what stands for the stream, topic."""

    def topics(self) -> dict[str, int]:
        """Every topic on the log, with the position where it stands first."""

    def newest_of_each_topic(self) -> Iterator[tuple[int, StoredEvent]]:
        """The last fact of each topic, with its position."""

    def refuse_unless_whole(self) -> None:
        """Look whether anything is damaged or missing, as far as that is quick.

        Raises:
            Refused: it says which, and the way out.
        """

    def close(self) -> None:
        """Close every connection."""
