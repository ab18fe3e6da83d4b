"""How states are read: the same from the log itself and within a transaction."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from ehsg_events.events import AssessmentAbandoned, AssessmentOpened
from ehsg_events.kernel import Refused, S, Stream, Way, Words
from ehsg_events.log.published_guides import guide_of
from ehsg_events.states.assessment import Assessment, refuse_if_abandoned
from ehsg_events.states.round import Round
from ehsg_events.states.situation import Situation
from ehsg_events.states.streams import (
    assessment_stream,
    interview_stream,
    outcome_stream,
    round_stream,
)

if TYPE_CHECKING:
    from ehsg_events.log.log import Log


class StateReader(ABC):
    """A way to read states: a transaction pins what it reads, the log does not."""

    @property
    @abstractmethod
    def source(self) -> Log:
        """The log that is read, for what need not be pinned."""

    @abstractmethod
    def read_all(self, streams: Sequence[Stream[S]]) -> list[S]:
        """The states that the facts of several streams fold into: cheaper than one by one."""

    def read(self, stream: Stream[S]) -> S:
        """The state that a stream's facts fold into."""
        return self.read_all((stream,))[0]

    def text(self, words: Words | None) -> str | None:
        """The text that words stand for; none when there are none or they cannot be read."""
        return self.source.text(words)

    def shown(self, words: Words | None) -> str | None:
        """The text that words stand for, or a sentence in its place that says why it is not there."""
        return self.source.shown(words)

    def names(self, *, abandoned: bool = False) -> list[UUID]:
        """The ids of all assessments, oldest first; only whose the facts are is read of them.

        Args:
            abandoned: with those that were abandoned.
        """
        store = self.source.store
        gone = () if abandoned else store.whose(AssessmentAbandoned.TOPIC)
        return [one for one in store.whose(AssessmentOpened.TOPIC) if one not in gone]

    def assessment(self, assessment: UUID) -> Assessment:
        """An assessment.

        Raises:
            Refused: nobody opened it.
        """
        state = self.read(assessment_stream(assessment))
        if state is None:
            raise Refused(f"No assessment has the id {assessment}.")
        return state

    def rounds(self, assessment: UUID) -> list[Round]:
        """Every round of an assessment, the newest last."""
        rounds: list[Round] = []
        while (later := self.read(round_stream(assessment, len(rounds) + 1))) is not None:
            rounds.append(later)
        return rounds

    def newest_round(self, assessment: UUID) -> Round:
        """The newest round.

        Raises:
            Refused: none was opened.
        """
        rounds = self.rounds(assessment)
        if not rounds:
            refuse_if_abandoned(self.assessment(assessment))
            raise Refused("No round was opened yet.", Way("round open", "open the first"))
        return rounds[-1]

    def situation(self, assessment: UUID) -> Situation:
        """An assessment as it stands, with all its rounds, interviews and outcomes."""
        state, rounds = self.assessment(assessment), self.rounds(assessment)
        guide = guide_of(state, self.source.folder)
        seats = [(round.number, person) for round in rounds for person in round.invited]
        interviews = self.read_all([interview_stream(assessment, *seat) for seat in seats])
        items = tuple(guide.descriptors)
        outcomes = self.read_all([outcome_stream(assessment, item) for item in items])
        return Situation(
            assessment=state,
            guide=guide,
            rounds=rounds,
            interviews=dict(zip(seats, interviews, strict=True)),
            outcomes=dict(zip(items, outcomes, strict=True)),
        )
