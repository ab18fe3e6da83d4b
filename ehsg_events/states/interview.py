"""One stakeholder in one round: what was answered, noted and changed, folded from its facts.

A fact is decided from two things: the `Interview` (what this person did so far) and the `Sitting`
(what the round puts in front of them). Neither knows a clock or a surface.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, NamedTuple, assert_never
from uuid import UUID

from ehsg_events.events import (
    AnswerAmended,
    AnswerGiven,
    ChangeQueried,
    Concern,
    FieldFinished,
    FieldRevisited,
    HandOnAgreed,
    HandOnAsked,
    HandOnDeclined,
    HandOnLapsed,
    InputRefused,
    InterviewCompleted,
    InterviewPaused,
    InterviewResumed,
    InterviewStarted,
    InterviewWithdrawn,
    ItemRevisited,
    ItemsHandedOn,
    Kind,
    NoteAmended,
    NoteGiven,
    NoteRetracted,
    NothingChanged,
    PrioritiesNamed,
    ReminderUnwished,
    ReminderWished,
    RoundKind,
    Screen,
    ScreenAsked,
    VoteShown,
    WordsLeftOut,
    WordsSetAside,
    WordsStopped,
)
from ehsg_events.kernel import Words
from ehsg_events.values.beside import Aside, Note
from ehsg_events.values.exposure import Exposure, Figures, Past, Reasons, Seen
from ehsg_events.values.filled_in import Row, digests
from ehsg_events.values.keeping import AS_SCHEDULED, Keeping
from guides.model import Guide, NarrativeField

InterviewFact = (
    InterviewStarted
    | AnswerGiven
    | AnswerAmended
    | NoteGiven
    | NoteAmended
    | NoteRetracted
    | WordsStopped
    | WordsSetAside
    | WordsLeftOut
    | ChangeQueried
    | NothingChanged
    | FieldFinished
    | ItemRevisited
    | FieldRevisited
    | ScreenAsked
    | InputRefused
    | PrioritiesNamed
    | HandOnAsked
    | ReminderWished
    | ReminderUnwished
    | InterviewPaused
    | InterviewResumed
    | InterviewCompleted
    | InterviewWithdrawn
)
SCORE = "score"
WITH_WORDS = ("score", "number", "text")  # the kinds of answer that words may follow
# built without validation: the validators of a guide's file slow down every start
ANSWER_FIELD = NarrativeField.model_construct(id="answer", label="Your answer", kind="evidence")
PRIORITIES = "priorities"  # asked once every item is answered, as if it were one more item
REASON_FIELD = NarrativeField.model_construct(id="reason", label="Your reason", kind="evidence")


class Answer(NamedTuple):
    """An answer as it stands: its kind, and the level and score if it is a score."""

    kind: Kind
    level: str | None = None
    score: int | None = None
    number: float | None = None


@dataclass(frozen=True)
class Sitting:
    """What one round puts in front of one person.

    `guide` is what this person is shown. `languages` holds, by item, a language other than the
    guide's own; `local_notes` the area's notes by item. `decided` is the coordinator's decision on
    this person's request to hand on. `shows_others` says whether the policy shows anything of the
    others.
    """

    guide: Guide
    guide_digest: str
    items: tuple[str, ...]
    kind: RoundKind
    closed: bool
    deadline: str
    early: bool = False  # the deadline is still to come
    paused: bool = False
    released: bool = False  # asked nothing more; what they said stands
    signed_off: bool = False
    decided: HandOnDeclined | ItemsHandedOn | HandOnAgreed | HandOnLapsed | None = None
    safeguarding: str = ""
    keeping: Keeping = AS_SCHEDULED
    previous: Mapping[str, Answer] = field(default_factory=dict)
    figures: Mapping[str, Figures] = field(default_factory=dict)
    reasons: Mapping[str, Reasons] = field(default_factory=dict)
    shows_others: bool = True
    languages: Mapping[str, str] = field(default_factory=dict)
    local_notes: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, Words] = field(default_factory=dict)  # what they mean in this area
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)  # as the area filled them
    votes_over: Mapping[str, VoteShown] = field(default_factory=dict)  # in a workshop, newest last
    away: bool = False  # not in the room of a workshop
    past: Mapping[str, Past] = field(default_factory=dict)  # what was learned before, by item
    end_told: bool = False  # an earlier sign-off has told people what stands

    def fields(self, item: str) -> tuple[NarrativeField, ...]:
        """The boxes for words under an item: the guide's, or the reason in a feedback round."""
        if not self.has_value(item):
            return (ANSWER_FIELD,)
        if self.kind == "feedback":
            return (REASON_FIELD,)
        if self.kind == "workshop":
            return ()  # reasons are given aloud in the room
        return self.guide.section_of(item).fields

    def has_value(self, item: str) -> bool:
        """Whether an item is answered with a level or a number before any words."""
        return self.guide.kind_of(item) in ("score", "number")

    def exposure(self, item: str, *, shown: bool = True) -> Exposure:
        """What the person knows of the others when they answer this item now.

        Args:
            shown: whether this question is on the screen; if not, nothing beside it is either.
        """
        filled = digests(self.guide, item, self.terms, self.tables)
        figures = self.figures.get(item) if shown else None
        reasons = self.reasons.get(item) if shown else None
        now = figures.after_round if figures else None
        past = self.past.get(item, Past())
        before = past.before(now, reasons)
        return Exposure(
            guide=self.guide_digest,
            wording=self.guide.wording_digest(item, self.local_notes.get(item, ""), filled),
            language=self.languages.get(item, self.guide.language),
            figures_round=now,
            figures=figures.digest if figures else None,
            reasons=reasons.digest if reasons else None,
            room=past.room,
            earlier_round=before.figures_round if before else None,
            earlier_figures=before.figures if before else None,
            earlier_reasons=before.reasons if before else None,
            end_told=self.end_told,
        )


@dataclass(frozen=True)
class Interview:
    """What one person has said so far in one round."""

    started: bool = False
    paused: bool = False
    completed: bool = False
    withdrawn: bool = False
    answers: Mapping[str, Answer] = field(default_factory=dict)
    seen: Mapping[str, Seen] = field(default_factory=dict)  # beside the answers, the newest by item
    notes: Mapping[UUID, Note] = field(default_factory=dict)
    aside: Mapping[UUID, Aside] = field(default_factory=dict)  # until the person has placed them
    handed: int = 0  # bytes of files handed in, including those of retracted notes
    finished: frozenset[tuple[str, str]] = frozenset()
    once_finished: frozenset[tuple[str, str]] = frozenset()  # also what was opened again
    focus: str | None = None
    changed: frozenset[str] = frozenset()  # items whose score was changed, so a reason is asked
    before: Mapping[str, Answer] = field(default_factory=dict)  # the change, by item
    named: tuple[str, ...] | None = None
    hand_on: Words | None = None
    remind_at: datetime | None = None  # when they asked to be reminded
    screen: Screen | Literal["handed-on", "remind-me"] = "question"
    screen_about: str | None = None  # the item that the screen was asked for
    refusal: Words | None = None
    stopped: Concern | None = None


def evolve(  # noqa: C901, PLR0912 - one case for each kind of fact
    state: Interview, fact: InterviewFact
) -> Interview:
    """Fold one fact into the state; any fact but a request for a screen returns to the question."""
    if isinstance(fact, NothingChanged):
        return state
    state = replace(state, screen="question", refusal=None, stopped=None)
    match fact:
        case InterviewStarted():
            return replace(state, started=True)
        case AnswerGiven() | AnswerAmended():
            return _answered(state, fact)
        case NoteGiven():
            note = Note(fact.item, fact.field, fact.words, fact.source, fact.evidence)
            size = fact.evidence.file.size if fact.evidence and fact.evidence.file else 0
            state = _without_aside(state, fact.words.id)
            notes = {**state.notes, fact.words.id: note}
            return replace(state, notes=notes, handed=state.handed + size)
        case NoteAmended():
            note = state.notes[fact.note]._replace(words=fact.words)
            return replace(state, notes={**state.notes, fact.note: note})
        case NoteRetracted():
            left = {key: note for key, note in state.notes.items() if key != fact.note}
            return replace(state, notes=left)
        case WordsStopped():
            return replace(state, stopped=fact.concern)
        case WordsSetAside():
            aside = Aside(fact.item, fact.words, fact.source, fact.evidence)
            return replace(state, aside={**state.aside, fact.words.id: aside})
        case WordsLeftOut():
            return _without_aside(state, fact.set_aside)
        case ChangeQueried():
            return state
        case FieldFinished():
            return _finish(state, fact.item, fact.field)
        case ItemRevisited():
            left_over = frozenset(done for done in state.finished if done[0] != fact.item)
            return replace(state, focus=fact.item, finished=left_over)
        case FieldRevisited():
            state = replace(state, focus=fact.item)
            return replace(state, finished=state.finished - {(fact.item, fact.field)})
        case ScreenAsked():
            return replace(state, screen=fact.screen, screen_about=fact.item)
        case InputRefused():
            return replace(state, refusal=fact.words)
        case PrioritiesNamed():
            return replace(state, named=fact.items)
        case HandOnAsked():
            return replace(state, hand_on=fact.colleague, screen="handed-on")
        case ReminderWished():
            return replace(state, remind_at=fact.remind_at, screen="remind-me")
        case ReminderUnwished():
            return replace(state, remind_at=None)
        case InterviewPaused():
            return replace(state, paused=True)
        case InterviewResumed():
            return replace(state, paused=False)
        case InterviewCompleted():
            return replace(state, completed=True, remind_at=None)
        case InterviewWithdrawn():
            return Interview(withdrawn=True)
    assert_never(fact)


def _without_aside(state: Interview, words: UUID) -> Interview:
    return replace(state, aside={key: a for key, a in state.aside.items() if key != words})


def _answered(state: Interview, fact: AnswerGiven | AnswerAmended) -> Interview:
    """Let an answer stand; if the score changed, its reason is asked again."""
    item, before, reason = fact.item, state.answers.get(fact.item), (fact.item, REASON_FIELD.id)
    answer = Answer(fact.kind, fact.level, fact.score, fact.number)
    seen, shown = state.seen, fact.exposure
    if shown.figures_round is not None or shown.reasons is not None:
        seen = {**seen, item: Seen(shown.figures_round, shown.figures, shown.reasons)}
    state = replace(state, answers={**state.answers, item: answer}, seen=seen)
    if before is not None and answer.score != before.score:
        scored = None not in (answer.score, before.score)
        unexplained = item in state.changed and reason not in state.finished
        first = state.before.get(item, before) if unexplained else before
        changed = state.changed | {item} if scored else state.changed - {item}
        state = replace(state, changed=changed, finished=state.finished - {reason})
        state = replace(state, before={**state.before, item: first})
    return _finish(state, item, SCORE)


def _finish(state: Interview, item: str, field_id: str) -> Interview:
    done = {(item, field_id)}
    return replace(state, finished=state.finished | done, once_finished=state.once_finished | done)


def unanswered(items: Sequence[str], state: Interview) -> tuple[str, ...]:
    """Those of the items that a person has not answered."""
    return tuple(item for item in items if item not in state.answers)
