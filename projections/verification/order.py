"""Whether the facts stand one after another without a gap, in the log and in each stream."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from projections.verification.fault import Fault, span


class Order:
    """Looks at positions and at the versions of streams, fact by fact."""

    def __init__(self) -> None:
        self._last = 0
        self._versions: dict[UUID | str, int] = {}

    def look(self, position: int, stored: StoredEvent | None) -> Iterator[Fault]:
        """What is missing before a fact."""
        if position != self._last + 1:
            yield _missing(self._last + 1, position - 1)
        self._last = position
        if stored is not None:
            yield from self._in_stream(position, stored)

    def _in_stream(self, position: int, stored: StoredEvent) -> Iterator[Fault]:
        stream, version = stored.originator_id, stored.originator_version
        due = self._versions.get(stream, 0) + 1
        if version != due:
            says = (
                f"Position {position} is number {version} of its stream, where {due} is due: a "
                f"fact before it is missing or was altered."
            )
            yield Fault("order", position, says)
        self._versions[stream] = version

    def look_at_end(self, promised: int) -> Iterator[Fault]:
        """What is missing behind the last fact.

        Args:
            promised: the last position that was ever given.
        """
        if promised > self._last:
            yield _missing(self._last + 1, promised)


def _missing(first: int, last: int) -> Fault:
    return Fault("order", first, f"{span(first, last)} missing. A backup may hold what was there.")
