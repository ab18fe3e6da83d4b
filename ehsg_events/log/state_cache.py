"""States folded from streams and kept: what has not moved on since is never read again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from ehsg_events.kernel import Recorded, Refused, Stream, assessment_stream
from ehsg_events.log.mapper import PlainMapper
from ehsg_events.log.recorder import Recorder
from ehsg_events.states import assessment as assessments
from ehsg_events.states import interview as interviews
from ehsg_events.states import outcome as outcomes
from ehsg_events.states import round as rounds
from ehsg_events.states import sign_in as sign_ins
from ehsg_events.states import submission as submissions
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.interview import Interview
from ehsg_events.states.outcome import Outcome
from ehsg_events.states.round import Round
from ehsg_events.states.sign_in import SignIns
from ehsg_events.states.submission import Submission

S = TypeVar("S")


class _Kept(NamedTuple):
    version: int
    state: Any
    seen: int  # the log's end when the stream was last read


class Folding:
    """Folds streams of one log; safe to ask from several threads, fresh across processes."""

    def __init__(self, store: Recorder, mapper: PlainMapper) -> None:
        self._store, self._mapper = store, mapper
        self._kept: dict[UUID, _Kept] = {}
        self._moved: dict[UUID, int] = {}
        self._looking = threading.Lock()
        self._news = -1
        self._seen = store.max_notification_id() or 0

    def assessment(self, stream: Stream) -> tuple[int, Assessment | None]:
        """An assessment with its version."""
        none: Assessment | None = None
        return self._fold(stream, none, lambda s, r: assessments.evolve(s, r.fact))  # type: ignore[arg-type]

    def opened(self, assessment: UUID) -> Assessment:
        """An assessment as it stands now.

        Raises:
            Refused: nobody opened it.
        """
        _, state = self.assessment(assessment_stream(assessment))
        if state is None:
            raise Refused(f"No assessment has the id {assessment}.")
        return state

    def as_of(self, assessment: UUID, version: int) -> Assessment:
        """An assessment that was opened, as its first so many facts had left it."""
        stream = assessment_stream(assessment)
        newest, state = self.assessment(stream)
        if newest != version:
            state = None
            for stored in self._store.select_events(stream.id, lte=version):
                state = assessments.evolve(state, self._mapper.read(stored, 0).fact)  # type: ignore[arg-type]
        assert state is not None, "it was opened"
        return state

    def round(self, stream: Stream) -> tuple[int, Round | None]:
        """A round with its version."""
        none: Round | None = None
        number = stream.round or 0
        return self._fold(
            stream,
            none,
            lambda s, r: rounds.evolve(s, r.fact, number, r.stamp.at),  # type: ignore[arg-type]
        )

    def interview(self, stream: Stream) -> tuple[int, Interview]:
        """An interview with its version."""
        return self._fold(stream, Interview(), lambda s, r: interviews.evolve(s, r.fact))  # type: ignore[arg-type]

    def outcome(self, stream: Stream) -> tuple[int, Outcome]:
        """An outcome with its version."""
        return self._fold(stream, Outcome(), lambda s, r: outcomes.evolve(s, r.fact))  # type: ignore[arg-type]

    def sign_in(self, stream: Stream) -> tuple[int, SignIns]:
        """A person's way in to the pages, with its version."""
        return self._fold(stream, SignIns(), lambda s, r: sign_ins.evolve(s, r.fact))  # type: ignore[arg-type]

    def submission(self, stream: Stream) -> tuple[int, Submission | None]:
        """What an area handed in, with its version."""
        none: Submission | None = None
        return self._fold(stream, none, lambda s, r: submissions.evolve(s, r.fact))  # type: ignore[arg-type]

    def _fold(self, stream: Stream, start: S, evolve: Callable[[S, Recorded], S]) -> tuple[int, S]:
        self._look()
        kept = self._kept.get(stream.id, _Kept(0, start, -1))
        if self._moved.get(stream.id, 0) <= kept.seen:
            return kept.version, kept.state
        seen, version, state = self._seen, kept.version, kept.state
        for stored in self._store.select_events(stream.id, gt=version):
            version, state = stored.originator_version, evolve(state, self._mapper.read(stored, 0))
        self._kept[stream.id] = _Kept(version, state, seen)
        return version, state

    def _look(self) -> None:
        """Learn from the log's tail which streams have moved on, if anything was committed."""
        with self._looking:
            news = self._store.news()
            if news != self._news:
                for position, stream in self._store.tail(self._seen):
                    self._moved[stream] = position
                    self._seen = position
                self._news = news
