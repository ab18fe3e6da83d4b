"""Reads the log for the outbox: what has news first, and at the start one assessment at a time.

A long log holds assessments of many years and areas. The first question of a person waits only for
their own assessment to be folded; the others follow, those with the newest facts first.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from bots.messages.queue import Promises
from ehsg_events.log.log import Log


class Reader:
    """Folds a log into the messages that it promises."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self.promises = Promises(log.folder)
        self.position, self._news = -1, -1
        self._unread: dict[UUID, Sequence[int]] = {}  # the one with the newest fact is the last

    def read(self) -> None:
        """Take in what is new, with all that came before it in its assessment."""
        if self.position < 0:
            self._begin()
        if (news := self._log.store.news()) != self._news:
            fresh = list(self._log.all(self.position))
            for assessment in {recorded.stream.assessment for recorded in fresh}:
                self._take_up(assessment)
            self.position = self.promises.take(fresh) or self.position
            self._news = news

    def read_one_more(self) -> bool:
        """Take in one assessment that was not read yet; whether there was one."""
        if not self._unread:
            return False
        self._take_up(next(reversed(self._unread)))
        return True

    def _begin(self) -> None:
        self.position = self._log.store.last_position()
        positions = self._log.store.by_assessment(self.position)
        self._unread = dict(sorted(positions.items(), key=lambda item: item[1][-1]))

    def _take_up(self, assessment: UUID) -> None:
        """Fold what an assessment held when reading began, unless that was done."""
        self.promises.take(self._log.at(self._unread.pop(assessment, ())))
