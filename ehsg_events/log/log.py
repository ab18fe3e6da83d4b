"""Load, decide, record: the one way facts come onto the log, and the way they are folded back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import IntegrityError

from ehsg_events.events import AssessmentOpened
from ehsg_events.kernel import (
    Decision,
    Fact,
    Recorded,
    Refused,
    Stamp,
    Stream,
    Words,
    assessment_stream,
    interview_stream,
    outcome_stream,
    place,
    round_stream,
    sign_in_stream,
    submission_stream,
)
from ehsg_events.log.mapper import PlainMapper
from ehsg_events.log.published_guides import guide_of
from ehsg_events.log.recorder import Recorder, Twice
from ehsg_events.log.state_cache import Folding
from ehsg_events.log.vault import Keys, Sealed, Vault
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.interview import Interview
from ehsg_events.states.outcome import Outcome
from ehsg_events.states.round import Round
from ehsg_events.states.sign_in import SignIns
from ehsg_events.states.situation import Situation
from ehsg_events.states.submission import Submission

TRIES = 5  # how often a decision is taken again when another writer was faster
S = TypeVar("S")


@dataclass
class Pen:
    """What one attempt at a decision read, sealed and decided; recorded as a whole or not at all.

    Reading a stream through the pen pins it: if it has moved on by the time of the save, the
    decision is taken again on what is then known.
    """

    log: Log
    stamp: Stamp
    read: dict[UUID, int] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    texts: list[Sealed] = field(default_factory=list)

    def assessment(self, assessment: UUID) -> Assessment:
        """The assessment, pinned."""
        found = self._pin(assessment_stream(assessment), self.log.folding.assessment)
        if found is None:
            raise Refused(f"No assessment has the id {assessment}.")
        return found

    def round(self, assessment: UUID, number: int) -> Round | None:
        """A round, pinned."""
        return self._pin(round_stream(assessment, number), self.log.folding.round)

    def interview(self, assessment: UUID, number: int, stakeholder: str) -> Interview:
        """An interview, pinned."""
        stream = interview_stream(assessment, number, stakeholder)
        return self._pin(stream, self.log.folding.interview)

    def outcome(self, assessment: UUID, item: str) -> Outcome:
        """An outcome, pinned."""
        return self._pin(outcome_stream(assessment, item), self.log.folding.outcome)

    def sign_in(self, assessment: UUID, person: str) -> SignIns:
        """A person's way in to the pages, pinned."""
        return self._pin(sign_in_stream(assessment, person), self.log.folding.sign_in)

    def submission(self, submission: UUID) -> Submission | None:
        """What an area handed in, pinned."""
        return self._pin(submission_stream(submission), self.log.folding.submission)

    def _pin(self, stream: Stream, fold: Callable[[Stream], tuple[int, S]]) -> S:
        version, state = fold(stream)
        self.read.setdefault(stream.id, version)
        return state

    def seal(self, text: str | bytes, stream: Stream, person: str) -> Words:
        """Seal personal text, or a file, that a fact on `stream` will hold."""
        sealed = self.log.vault.seal(text, stream, person)
        self.texts.append(sealed)
        return sealed.words

    def decide(self, stream: Stream, *facts: Fact) -> None:
        """Add facts to a stream."""
        if facts:
            version = self.read.get(stream.id)
            if version is None:
                version = self.log.version(stream)
            earlier = sum(len(d.facts) for d in self.decisions if d.stream == stream)
            self.decisions.append(Decision(stream, version + earlier, facts))


class Log(Application[UUID]):
    """All facts in order, in one data folder.

    Args:
        folder: the data folder; made if it is not there.
        kek: the file of the key-encryption key, by default `keys/kek` in the data folder.
    """

    def __init__(self, folder: Path, kek: Path | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder = folder
        super().__init__()
        self.folding = Folding(self.store, self._plain)
        keys = folder / "keys"
        if self.store.has_sealed_texts() and not (keys / "keys.sqlite").exists():
            raise Refused(
                f"The keys of {folder} are missing, so no name and no word can be read. Restore "
                f"its folder keys/ from your backup."
            )
        self.vault = Vault(Keys(keys, kek or keys / "kek"))

    def construct_mapper(self) -> PlainMapper:
        """Plain JSON, readable by SQL."""
        self._plain = PlainMapper()
        return self._plain

    def construct_recorder(self) -> Recorder:
        """Our recorder on SQLite."""
        self._recorder = Recorder(self.folder / "log.sqlite")
        return self._recorder

    def close(self) -> None:
        """Close the log's file."""
        super().close()
        self.store.close()

    @property
    def store(self) -> Recorder:
        """The recorder, by its own type."""
        return self._recorder

    def record(
        self, stamp: Stamp, decide: Callable[[Pen], None], *, once: bool = False
    ) -> int | None:
        """Take a decision and record it, in one transaction with its texts and its key.

        Args:
            stamp: who acts, when, and by which cause.
            decide: reads and decides through the pen; called again if another writer was faster.
            once: the cause is over even if it changed nothing: its retry, when things have moved
                on, changes nothing either.

        Returns:
            The position of the last new fact; none when nothing changed or the cause was
            recorded before.

        Raises:
            Refused: a rule said no; nothing was recorded.
        """
        for attempt in range(TRIES):
            pen = Pen(self, stamp)
            try:
                decide(pen)
            except Refused:
                if self.store.knows(stamp.key):
                    return None
                raise
            if not (pen.decisions or once):
                return None
            touched = {decision.stream.id for decision in pen.decisions}
            unmoved = {k: v for k, v in pen.read.items() if k not in touched}
            try:
                recordings = self.save(
                    *place(pen.decisions, stamp),
                    key=stamp.key,
                    sealed=pen.texts,
                    unmoved=unmoved,
                )
            except Twice:
                return None
            except IntegrityError:
                if attempt == TRIES - 1:
                    raise
                continue
            return recordings[-1].notification.id if recordings else None
        return None

    def version(self, stream: Stream) -> int:
        """The version of a stream's last fact, 0 when it has none."""
        last = self.store.select_events(stream.id, desc=True, limit=1)
        return last[0].originator_version if last else 0

    def facts(self, stream: Stream) -> Iterator[Recorded]:
        """The facts of one stream, in order."""
        return (self._plain.read(one, 0) for one in self.store.select_events(stream.id))

    def situation(self, pen: Pen, assessment: UUID) -> Situation:
        """Everything that stands about an assessment, read and pinned through a pen."""
        state = pen.assessment(assessment)
        guide = guide_of(state, self.folder)
        every: list[Round] = []
        while (found := pen.round(assessment, len(every) + 1)) is not None:
            every.append(found)
        return Situation(
            assessment=state,
            guide=guide,
            rounds=every,
            interviews={
                (one.number, person): pen.interview(assessment, one.number, person)
                for one in every
                for person in one.invited
            },
            outcomes={item: pen.outcome(assessment, item) for item in guide.descriptors},
        )

    def read(self, words: Words | None) -> str | None:
        """The text that words stand for; none when there are none or they were forgotten."""
        found = self.read_file(words) if words else None
        return None if found is None else found.decode()

    def read_file(self, words: Words) -> bytes | None:
        """The bytes that words stand for; none when they were forgotten."""
        sealed = self.store.sealed(words)
        return self.vault.unseal(sealed) if sealed else None

    def all(
        self, after: int = 0, upto: int | None = None, topics: Sequence[str] = ()
    ) -> Iterator[Recorded]:
        """Every fact in order, or every one of some topics, with its position."""
        for position, stored in self.store.rows(after, upto, topics):
            yield self._plain.read(stored, position)

    def opened(self) -> list[tuple[UUID, datetime, AssessmentOpened]]:
        """Every assessment with the time it was opened, oldest first."""
        return [
            (one.stream.assessment, one.stamp.at, one.fact)
            for one in self.all(topics=(AssessmentOpened.TOPIC,))
            if isinstance(one.fact, AssessmentOpened)
        ]
