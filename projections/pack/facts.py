"""The facts of an assessment as they are stored, without those that an open round withholds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from eventsourcing.persistence import StoredEvent

from projections.facts.view import View
from projections.folded.trail import trail_rows


@dataclass(frozen=True)
class Facts:
    """An assessment's facts up to a view's position: those that may be told, and the others.

    A fact of an open round is told only when nothing of it is hidden: where the trail leaves the
    cause out, the whole stored fact is withheld, since its cause may contain the last answer.
    """

    view: View

    @cached_property
    def told(self) -> frozenset[int]:
        """The positions of the facts that are told."""
        return frozenset(
            row.position
            for row in trail_rows(self.view)
            if not (row.hidden or row.withdrawn) and row.cause_told
        )

    @cached_property
    def first_withheld(self) -> int | None:
        """The position of the first fact that is not told until its round is closed."""
        withheld = (
            row.position
            for row in trail_rows(self.view)
            if row.hidden or (not row.cause_told and not (row.withdrawn or row.of_gone))
        )
        return min(withheld, default=None)

    def place(self, position: int) -> int | None:
        """A position as it may be told: none after a withheld fact, or it would count those."""
        first = self.first_withheld
        return self.view.placed(position) if first is None or position < first else None

    @cached_property
    def of_gone(self) -> frozenset[int]:
        """The positions of the facts that are not told because their owner has withdrawn."""
        return frozenset(
            row.position
            for row in trail_rows(self.view)
            if (row.withdrawn or row.of_gone) and not row.hidden
        )

    def lines(self, salt: Callable[[int | None], str | None]) -> bytes:
        """The facts that are told, a line of JSON for each, with its state as it is stored.

        Args:
            salt: that of the fact at a position, none where its leaf is not shown.
        """
        return b"".join(
            _line(position, salt(position), stored) for position, stored in self._stored()
        )

    def _stored(self) -> Iterator[tuple[int | None, StoredEvent]]:
        for position, stored in self.view.log.store.rows(upto=self.view.position):
            if position in self.told:
                yield self.place(position), stored


def _line(position: int | None, salt: str | None, stored: StoredEvent) -> bytes:
    head = (
        f'{{"position":{json.dumps(position)},"salt":{json.dumps(salt)},"stream":"{stored.originator_id}",'
        f'"version":{stored.originator_version},"topic":"{stored.topic}","state":'
    )
    return head.encode() + stored.state + b"}\n"
