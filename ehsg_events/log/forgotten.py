"""Who was forgotten: which texts are gone on purpose, and whatever is left of their keys."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING
from uuid import UUID

from ehsg_events.events import PersonForgotten
from ehsg_events.log.keys import Person

if TYPE_CHECKING:
    from ehsg_events.log.log import Log

TOPICS = (PersonForgotten.TOPIC,)


class Forgotten:
    """Follows the facts by which people were forgotten."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._texts: set[UUID] = set()
        self._people: set[Person] = set()
        self._seen = 0
        self._looking = threading.Lock()

    def texts(self) -> set[UUID]:
        """The texts that were deleted because their owner was forgotten."""
        self._look()
        return self._texts

    def people(self) -> set[Person]:
        """Everybody who was forgotten."""
        self._look()
        return self._people

    def finish(self) -> list[Person]:
        """Destroy what is left where forgetting was interrupted; nothing is when it was not.

        The texts go with the fact. The keys lie in another file and go after it, so that no key is
        ever destroyed without a fact that says so.

        Returns:
            Those whose keys were still there.
        """
        people = self.people()
        had = self._log.vault.keys.destroy(people) if people else []
        if had:
            self._log.store.empty_write_ahead()
        return had

    def _look(self) -> None:
        with self._looking:
            last = self._log.store.last_position()
            if last > self._seen:
                for recorded in self._log.all(self._seen, last, TOPICS):
                    assert isinstance(recorded.fact, PersonForgotten), "nothing else was asked for"
                    self._people.add((recorded.stream.assessment, recorded.fact.forgotten))
                    self._texts.update(recorded.fact.texts)
                self._seen = last
