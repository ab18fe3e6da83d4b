"""One attempt at a decision, and what came of it once it was recorded.

It becomes durable in a transaction of the store, such as that of `sqlite_store`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Generic
from uuid import UUID

from typing_extensions import TypeVar

from ehsg_events.events import (
    AssessmentAbandoned,
    AssessmentOpened,
    AssessmentSignedOff,
    CoordinatorRemoved,
    LetterWorded,
    OfRetention,
    PersonalLinkRevoked,
    PersonForgotten,
    PolicyChosen,
    ReaderRemoved,
    StakeholderAdded,
    StakeholderCorrected,
    SubjectAccessGiven,
    SubmissionImported,
    TermsChosen,
)
from ehsg_events.kernel import Decision, Fact, Recorded, Refused, S, Stamp, Stream, Words
from ehsg_events.log.keys import Person
from ehsg_events.log.state_reader import StateReader
from ehsg_events.log.vault import Sealed
from ehsg_events.states.assessment import refuse_if_abandoned
from ehsg_events.states.streams import assessment_stream
from ehsg_events.values.personal import personal_fields

if TYPE_CHECKING:
    from ehsg_events.log.log import Log

T = TypeVar("T")
F = TypeVar("F", bound=Fact)


@dataclass
class Transaction(StateReader):
    """What one attempt at a decision read, sealed and decided; recorded as a whole or not at all.

    Reading a stream here pins it: if it has moved on by the time of the save, the decision is
    taken again on what is then known.
    """

    log: Log
    stamp: Stamp
    pinned: dict[UUID, int] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    texts: list[Sealed] = field(default_factory=list)
    typed: dict[UUID, str | bytes] = field(default_factory=dict)
    erased: dict[Person, int] = field(default_factory=dict)

    @property
    def source(self) -> Log:
        """The log that is read, for what need not be pinned."""
        return self.log

    def read_all(self, streams: Sequence[Stream[S]]) -> list[S]:
        """The states of several streams, pinned."""
        found = self.log.states.fold_all(streams)
        for stream, (version, _) in zip(streams, found, strict=True):
            self.pinned.setdefault(stream.id, version)
        return [state for _, state in found]

    def pin(self, stream: Stream, version: int) -> None:
        """Let the save fail unless a stream is at a version that was read elsewhere."""
        self.pinned[stream.id] = version

    def seal(self, text: str | bytes, stream: Stream, person: str) -> Words:
        """Seal personal text, or a file, that a fact on `stream` will hold.

        Raises:
            Refused: the person was forgotten; this pins the assessment, so that nobody is forgotten
                while their words are on the way.
        """
        state = self.read(assessment_stream(stream.assessment))
        if state is not None and person in state.forgotten:
            raise Refused(f"{person} was forgotten, so nothing of theirs is kept any more.")
        sealed = self.log.vault.seal(text, stream, person)
        self.texts.append(sealed)
        self.typed[sealed.words.id] = text
        return sealed.words

    def text(self, words: Words | None) -> str | None:
        """The text that words stand for, also one that was sealed just now."""
        typed = self.typed.get(words.id) if words else None
        return typed if isinstance(typed, str) else super().text(words)

    def erase(self, assessment: UUID, person: str) -> tuple[UUID, ...]:
        """Let the save delete all of a person's texts; returns the ids that stand in their facts."""
        texts = self.log.store.texts_of(assessment, person)
        self.erased[assessment, person] = len(texts)
        return tuple(text for text, _ in texts)

    def decide(self, stream: Stream, *facts: Fact) -> None:
        """Add facts to a stream."""
        if facts:
            version = self.pinned.get(stream.id)
            if version is None:
                version = self.log.version(stream)
            earlier = sum(len(d.facts) for d in self.decisions if d.stream == stream)
            self.decisions.append(Decision(stream, version + earlier, facts))

    @property
    def only_read(self) -> dict[UUID, int]:
        """The streams that nothing was decided on, each with its version."""
        touched = {decision.stream.id for decision in self.decisions}
        return {stream: version for stream, version in self.pinned.items() if stream not in touched}


@dataclass
class Saved(Generic[T]):
    """What became of a decision.

    `value` is what it returned, none if it was refused because its cause was recorded before.
    `new` are the facts this call recorded: none if nothing changed, or if the cause was `repeated`.
    """

    log: Log
    stamp: Stamp
    value: T | None = None
    new: Sequence[Recorded] = ()
    repeated: bool = False

    @property
    def position(self) -> int | None:
        """Where the last new fact stands on the log; none when nothing new was recorded."""
        return self.new[-1].position if self.new else None

    @cached_property
    def facts(self) -> Sequence[Recorded]:
        """The facts of this cause, also those that an earlier attempt recorded."""
        return self.log.caused_by(self.stamp.key) if self.repeated else self.new

    def every(self, kind: type[F]) -> list[F]:
        """The facts of one kind, in order."""
        return [recorded.fact for recorded in self.facts if isinstance(recorded.fact, kind)]


# -- an assessment that was abandoned -------------------------------------------------------------
OF_THE_WORK = ("assessment", "round", "outcome")  # no interview is without a round
STILL = (  # what people may ask of what is kept about them, and what takes a way in away
    AssessmentAbandoned, PersonForgotten, SubjectAccessGiven, OfRetention,
    CoordinatorRemoved, ReaderRemoved, PersonalLinkRevoked,
)  # fmt: skip


def refuse_abandoned(tx: Transaction) -> None:
    """Refuse to go on with an assessment that was abandoned, whoever it is that does."""
    for one in tx.decisions:
        if one.stream.kind in OF_THE_WORK and not all(isinstance(f, STILL) for f in one.facts):
            state = tx.read(assessment_stream(one.stream.assessment))
            if state is not None:
                refuse_if_abandoned(state)


# -- what would tell in the clear, and so for ever, who somebody is -------------------------------
TYPED_IN_CLEAR = (
    AssessmentOpened,
    StakeholderAdded,
    StakeholderCorrected,
    PolicyChosen,
    TermsChosen,
    AssessmentSignedOff,
    SubmissionImported,
    LetterWorded,
)  # fmt: skip - what holds free letters as they were typed; every other fact repeats them


def refuse_personal(tx: Transaction) -> None:
    """Refuse facts that would tell in the clear, and so for ever, who somebody is."""
    facts = [fact for one in tx.decisions for fact in one.facts if isinstance(fact, TYPED_IN_CLEAR)]
    if not facts:
        return
    names = list(_names(tx))
    for fact in facts:
        for found in personal_fields(fact, names):
            whose = f"{fact.stakeholder}: " if isinstance(fact, StakeholderAdded) else ""
            raise Refused(f"{whose}{found.says()}", field=found.field)


def _names(tx: Transaction) -> Iterator[str]:
    """The names of the panel, of those who join it now, and of who is named or signs."""
    facts = (fact for one in tx.decisions for fact in one.facts)
    named = {words.id for fact in facts if isinstance(words := getattr(fact, "name", None), Words)}
    for sealed in tx.texts:
        if sealed.words.id in named:
            yield tx.text(sealed.words) or ""
    for assessment in {one.stream.assessment for one in tx.decisions}:
        state = tx.log.states.fold(assessment_stream(assessment))[1]
        for member in state.panel.values() if state else ():
            yield tx.log.text(member.name) or ""
