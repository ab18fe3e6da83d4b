"""The facts of an assessment as they are stored, without those that an open round withholds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from eventsourcing.persistence import StoredEvent

from projections.facts.view import View

SHOWN = """
  SELECT position FROM trail WHERE NOT (hidden OR withdrawn) AND cause IS NOT NULL"""
WITHDRAWN = "SELECT position FROM trail WHERE (withdrawn OR of_gone) AND NOT hidden"


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
        return frozenset(row["position"] for row in self.view.ask(SHOWN))

    @cached_property
    def withheld(self) -> tuple[int, ...]:
        """The positions of the facts that are not told until their round is closed."""
        every = self.view.ask("SELECT position FROM trail ORDER BY position")
        told = self.told | self.of_gone
        return tuple(row["position"] for row in every if row["position"] not in told)

    @cached_property
    def of_gone(self) -> frozenset[int]:
        """The positions of the facts that are not told because their owner has withdrawn."""
        return frozenset(row["position"] for row in self.view.ask(WITHDRAWN))

    def lines(self) -> bytes:
        """The facts that are told, a line of JSON for each, with its state as it is stored."""
        return b"".join(_line(position, stored) for position, stored in self._stored())

    def _stored(self) -> Iterator[tuple[int, StoredEvent]]:
        for position, stored in self.view.log.store.rows(upto=self.view.position):
            if position in self.told:
                yield position, stored


def _line(position: int, stored: StoredEvent) -> bytes:
    head = (
        f'{{"position":{position},"stream":"{stored.originator_id}",'
        f'"version":{stored.originator_version},"topic":"{stored.topic}","state":'
    )
    return head.encode() + stored.state + b"}\n"
