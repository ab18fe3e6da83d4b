"""One stakeholder in one round: what was answered, noted and changed, folded from its facts.

A fact is decided from two things: the `Interview` (what this person did so far) and the `Sitting`
(what the round puts in front of them). Neither knows a clock or a surface.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, assert_never
from uuid import UUID

from ehsg_events.events import (
    AnswerAmended,
    AnswerGiven,
    FieldFinished,
    InputRefused,
    InterviewCompleted,
    InterviewPaused,
    InterviewResumed,
    InterviewStarted,
    InterviewWithdrawn,
    ItemRevisited,
    Kind,
    NoteAmended,
    NoteGiven,
    NoteRetracted,
    RoundKind,
    ScreenAsked,
)
from ehsg_events.exposure import Exposure
from ehsg_events.kernel import Words
from guides.model import Guide, NarrativeField

InterviewFact = (
    InterviewStarted
    | AnswerGiven
    | AnswerAmended
    | NoteGiven
    | NoteAmended
    | NoteRetracted
    | FieldFinished
    | ItemRevisited
    | ScreenAsked
    | InputRefused
    | InterviewPaused
    | InterviewResumed
    | InterviewCompleted
    | InterviewWithdrawn
)
SCORE = "score"
WITH_WORDS = ("score", "number", "text")  # the kinds of answer that words may follow
ANSWER_FIELD = NarrativeField(id="answer", label="Your answer", kind="evidence")
REASON_FIELD = NarrativeField(id="reason", label="Your reason", kind="evidence")


class Answer(NamedTuple):
    """An answer as it stands: what kind, and the level and score if it is a score."""

    kind: Kind
    level: str | None = None
    score: int | None = None
    number: float | None = None


class Note(NamedTuple):
    """Words typed under one field of one item, and the surface's own name for them."""

    item: str
    field: str
    words: Words
    source: str | None


class Figures(NamedTuple):
    """A group's scores on one descriptor after a round, counted by level, lowest first."""

    after_round: int
    counts: tuple[int, ...]
    agencies: int
    digest: str


@dataclass(frozen=True)
class Sitting:
    """What one round puts in front of one person.

    `guide` is as this person is shown it: `languages` names the items shown in another language
    than the guide's own, `local_notes` the area's notes by item.
    """

    guide: Guide
    guide_digest: str
    items: tuple[str, ...]
    kind: RoundKind
    closed: bool
    deadline: str
    signed_off: bool = False
    previous: Mapping[str, Answer] = field(default_factory=dict)
    figures: Mapping[str, Figures] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    local_notes: Mapping[str, str] = field(default_factory=dict)

    def fields(self, item: str) -> tuple[NarrativeField, ...]:
        """The boxes for words under an item: the guide's, or the reason in a feedback round."""
        if not self.has_value(item):
            return (ANSWER_FIELD,)
        if self.kind == "feedback":
            return (REASON_FIELD,)
        return self.guide.section_of(item).fields

    def has_value(self, item: str) -> bool:
        """Whether an item is answered with a level or a number before any words."""
        return item in self.guide.descriptors or item in self.guide.numbers

    def exposure(self, item: str) -> Exposure:
        """What the person has in front of them when they answer this item now."""
        shown = self.figures.get(item)
        return Exposure(
            guide=self.guide_digest,
            wording=self.guide.wording_digest(item, self.local_notes.get(item, "")),
            language=self.languages.get(item, self.guide.language),
            figures_round=shown.after_round if shown else None,
            figures=shown.digest if shown else None,
        )


@dataclass(frozen=True)
class Interview:
    """What one person has said so far in one round."""

    started: bool = False
    paused: bool = False
    completed: bool = False
    withdrawn: bool = False
    answers: Mapping[str, Answer] = field(default_factory=dict)
    notes: Mapping[UUID, Note] = field(default_factory=dict)
    finished: frozenset[tuple[str, str]] = frozenset()
    focus: str | None = None
    screen: Literal["review", "help", "why", "withdraw", "question"] = "question"
    refusal: Words | None = None


class Ask(NamedTuple):
    """The question that waits: an item, and the field under it or the score itself."""

    item: str
    field: str


def evolve(  # noqa: C901, PLR0912 - one case for each kind of fact
    state: Interview, fact: InterviewFact
) -> Interview:
    """Fold one fact into the state; any fact but a request for a screen returns to the talk."""
    state = replace(state, screen="question", refusal=None)
    match fact:
        case InterviewStarted():
            return replace(state, started=True)
        case AnswerGiven() | AnswerAmended():
            answer = Answer(fact.kind, fact.level, fact.score, fact.number)
            state = replace(state, answers={**state.answers, fact.item: answer})
            return _finish(state, fact.item, SCORE)
        case NoteGiven():
            note = Note(fact.item, fact.field, fact.words, fact.source)
            return replace(state, notes={**state.notes, fact.words.id: note})
        case NoteAmended():
            note = state.notes[fact.note]._replace(words=fact.words)
            return replace(state, notes={**state.notes, fact.note: note})
        case NoteRetracted():
            left = {key: note for key, note in state.notes.items() if key != fact.note}
            return replace(state, notes=left)
        case FieldFinished():
            return _finish(state, fact.item, fact.field)
        case ItemRevisited():
            left_over = frozenset(done for done in state.finished if done[0] != fact.item)
            return replace(state, focus=fact.item, finished=left_over)
        case ScreenAsked():
            return replace(state, screen=fact.screen)
        case InputRefused():
            return replace(state, refusal=fact.words)
        case InterviewPaused():
            return replace(state, paused=True)
        case InterviewResumed():
            return replace(state, paused=False)
        case InterviewCompleted():
            return replace(state, completed=True)
        case InterviewWithdrawn():
            return Interview(withdrawn=True)
    assert_never(fact)


def _finish(state: Interview, item: str, field_id: str) -> Interview:
    return replace(state, finished=state.finished | {(item, field_id)})


def waiting(state: Interview, sitting: Sitting) -> Ask | None:
    """The question that waits for an answer: of the item being changed, else the first open."""
    for item in (state.focus, *sitting.items):
        ask = None if item is None else _open_question(state, sitting, item)
        if ask is not None:
            return ask
    return None


def _open_question(state: Interview, sitting: Sitting, item: str) -> Ask | None:
    if sitting.has_value(item) and (item, SCORE) not in state.finished:
        return Ask(item, SCORE)
    answer = state.answers.get(item)
    over = (item, SCORE) in state.finished
    if over and answer is not None and answer.kind not in WITH_WORDS:
        return None
    for box in sitting.fields(item):
        if (item, box.id) not in state.finished:
            return Ask(item, box.id)
    return None


def done(state: Interview, sitting: Sitting) -> int:
    """How many of the items asked are answered in full."""
    return sum(_open_question(state, sitting, item) is None for item in sitting.items)
