"""States folded from streams and cached: a stream is read again only once it has moved on."""

from __future__ import annotations

import threading
from typing import Any, NamedTuple
from uuid import UUID

from ehsg_events.kernel import S, Stream
from ehsg_events.log.mapper import PlainMapper
from ehsg_events.log.store import Store
from ehsg_events.states.streams import KINDS


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
        kind = KINDS[stream.kind]
        self._look()
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
