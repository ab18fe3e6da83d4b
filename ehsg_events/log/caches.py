"""What was read from the log stays in memory: who asks the same again has only what is new read.

All of it may be forgotten at any time; then it is read from the log again.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from ehsg_events.kernel import Recorded, S, Stream
from ehsg_events.log.mapper import PlainMapper
from ehsg_events.log.store import Store
from ehsg_events.states.streams import KINDS

MOST = 40_000  # facts kept, of all questions together: some 120 MB
Question = tuple[UUID, tuple[str, ...]]


class _Kept(NamedTuple):
    version: int
    state: Any
    seen: int  # the log's end when the stream was last read


class StateCache:
    """Folds streams of one log; safe for several threads, and sees what other processes write."""

    def __init__(self, store: Store, mapper: PlainMapper) -> None:
        self._store, self._mapper = store, mapper
        self._kept: dict[UUID, _Kept] = {}
        self._moved: dict[UUID, int] = {}
        self._looking = threading.Lock()
        self._news = -1
        self._seen = store.last_position()

    def fold(self, stream: Stream[S]) -> tuple[int, S]:
        """A stream's version, and the state that its facts fold into."""
        self._look()
        return self._folded(stream)

    def fold_all(self, streams: Iterable[Stream[S]]) -> list[tuple[int, S]]:
        """The same of several streams, of which one look tells whether any has moved on."""
        self._look()
        return [self._folded(stream) for stream in streams]

    def _folded(self, stream: Stream[S]) -> tuple[int, S]:
        kind = KINDS[stream.kind]
        kept = self._kept.get(stream.id, _Kept(0, kind.start, -1))
        if self._moved.get(stream.id, 0) <= kept.seen:
            return kept.version, kept.state
        seen, version, state = self._seen, kept.version, kept.state
        for stored in self._store.select_events(stream.id, gt=version):
            version = stored.originator_version
            state = kind.evolve(state, self._mapper.read(stored, 0))
        self._kept[stream.id] = _Kept(version, state, seen)
        return version, state

    def at_version(self, stream: Stream[S], version: int) -> S:
        """The state of a stream as it was at a version."""
        newest, newest_state = self.fold(stream)
        if newest == version:
            return newest_state
        state: S = KINDS[stream.kind].start
        for stored in self._store.select_events(stream.id, lte=version):
            state = KINDS[stream.kind].evolve(state, self._mapper.read(stored, 0))
        return state

    def _look(self) -> None:
        """Learn from the log's tail which streams have moved on, if anything was committed."""
        with self._looking:
            news = self._store.news()
            if news != self._news:
                for position, stream in self._store.tail(self._seen):
                    self._moved[stream] = position
                    self._seen = position
                self._news = news


class FactCache:
    """Facts of some topics about assessments of one log; safe for several threads."""

    def __init__(self, store: Store, mapper: PlainMapper) -> None:
        self._store, self._mapper = store, mapper
        self._kept: dict[Question, tuple[int, tuple[Recorded, ...]]] = {}
        self._reading = threading.Lock()

    def about(self, assessment: UUID, topics: tuple[str, ...]) -> Iterable[Recorded]:
        """The facts about an assessment in order: of some topics, or all, which are not kept."""
        newest = self._store.last_position()
        if not topics:
            return self._read(assessment, topics, 0, newest)
        with self._reading:
            seen, facts = self._kept.pop((assessment, topics), (0, ()))
            new = tuple(self._read(assessment, topics, seen, newest))
            facts = facts + new
            self._kept[assessment, topics] = max(seen, newest), facts
            self._forget_too_many()
        return facts

    def _read(
        self, assessment: UUID, topics: tuple[str, ...], seen: int, newest: int
    ) -> Iterator[Recorded]:
        for position, stored in self._store.about(assessment, seen, newest, topics):
            yield self._mapper.read(stored, position)

    def _forget_too_many(self) -> None:
        """Forget what was asked longest ago; the last answer too where it alone is too much."""
        many = sum(len(facts) for _, facts in self._kept.values())
        while many > MOST:
            _, facts = self._kept.pop(next(iter(self._kept)))
            many -= len(facts)
