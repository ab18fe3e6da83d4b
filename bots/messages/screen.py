"""What an input is answered with: messages that change, a message of its own, or nothing. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from ehsg_events.events import (
    AnswerAmended,
    AnswerGiven,
    ChangeQueried,
    Concern,
    FieldFinished,
    InterviewPaused,
    NoteAmended,
    NoteGiven,
    NoteRetracted,
    NothingChanged,
    PrioritiesNamed,
    Screen,
    WordsLeftOut,
    WordsSetAside,
)
from ehsg_events.interview.questions import WHICH_FIRST, Ask
from ehsg_events.kernel import Recorded, Words
from ehsg_events.states.interview import ANSWER_FIELD, SCORE, Interview

Receipt = (
    ChangeQueried
    | WordsSetAside
    | WordsLeftOut
    | NothingChanged
    | NoteGiven
    | AnswerGiven
    | AnswerAmended
)
OF_ITS_OWN = (ChangeQueried, WordsSetAside, WordsLeftOut)  # facts that are always answered
KEPT_QUIETLY = (NoteGiven, NoteAmended, NoteRetracted, PrioritiesNamed)


class Answered(NamedTuple):
    """What an input is answered with: what it asked to see, why it was not taken, or a receipt.

    It is said whatever came after it, since nothing else says it; only of the same screen, asked
    for again, one is enough.
    """

    screen: Screen | Literal["handed-on", "remind-me"] = "question"
    refusal: Words | None = None
    stopped: Concern | None = None
    receipt: Receipt | None = None
    ended: Literal["paused", "withdrawn"] | None = None
    item: str | None = None  # the item it is about

    @property
    def changed_nothing(self) -> bool:
        """Whether it says that the input changed nothing."""
        return isinstance(self.receipt, NothingChanged)

    def is_moot(self, state: Interview) -> bool:
        """Whether the person has gone on, so that it is so no longer or asks nothing any more."""
        if isinstance(self.receipt, WordsSetAside):
            return self.receipt.words.id not in state.aside
        return self.ended == "paused" and not state.paused

    @property
    def same(self) -> str | None:
        """What is said but once, though it was asked for again before it was said."""
        if self.item is not None:
            return f"{self.screen} {self.item}"
        if isinstance(self.receipt, NothingChanged):
            return f"nothing changed: {self.receipt.why} {self.receipt.item or ''}"
        return self.ended or (None if self.screen == "question" else self.screen)


def answered(
    facts: Sequence[Recorded], state: Interview, before: Ask | None, after: Ask | None
) -> Answered | None:
    """What an input is answered with beside the question that waits; none where that says it all.

    Args:
        state: the interview after the facts.
        before: the question that waited before the facts, and `after` after them.
    """
    last = facts[-1].fact
    if state.withdrawn:
        return Answered(ended="withdrawn")
    if isinstance(last, (NothingChanged, *OF_ITS_OWN)):
        return Answered(receipt=last)
    if state.refusal is not None or state.stopped is not None:
        return Answered(refusal=state.refusal, stopped=state.stopped)
    if state.screen != "question":
        return Answered(state.screen, item=state.screen_about)
    if isinstance(last, InterviewPaused):
        return Answered(ended="paused")
    return _elsewhere(facts, before, after)


def _elsewhere(facts: Sequence[Recorded], before: Ask | None, after: Ask | None) -> Answered | None:
    """The receipt for what was said about another question than the one that waits still."""
    if before != after or after is None or facts[0].stamp.cause == "window":
        return None
    for recorded in facts:
        fact = recorded.fact
        is_note = isinstance(fact, NoteGiven) and (fact.item, fact.field) != after
        is_answer = isinstance(fact, AnswerGiven | AnswerAmended) and fact.item != after.item
        typed = facts[0].stamp.cause != "choice"
        if is_note or (is_answer and typed):
            return Answered(receipt=fact)  # type: ignore[arg-type]  # as tested above
    return None


def is_asked_still(state: Interview) -> bool:
    """Whether anything is still wanted from this person."""
    return not (state.completed or state.withdrawn)


def has_answered(state: Interview) -> bool:
    """Whether there is anything to give a receipt for."""
    return bool(state.answers)


def asks(state: Interview) -> bool:
    """Whether the screen is a question."""
    interrupted = state.paused or state.refusal is not None or state.stopped is not None
    return state.started and not interrupted and state.screen == "question"


def about(recorded: Recorded, state: Interview) -> list[Ask]:
    """The questions whose messages a fact changes."""
    match recorded.fact:
        case AnswerGiven(item=item) | AnswerAmended(item=item):
            return [Ask(item, SCORE), Ask(item, ANSWER_FIELD.id)]
        case PrioritiesNamed():
            return [WHICH_FIRST]
        case FieldFinished(item=item, field=field) | NoteGiven(item=item, field=field):
            return [Ask(item, field)]
        case NoteAmended(note=note) | NoteRetracted(note=note) if note in state.notes:
            return [Ask(state.notes[note].item, state.notes[note].field)]
    return []


def may_be_asked(state: Interview, reply: Answered | None) -> bool:
    """Whether the question may follow what an input is answered with.

    Not while a person is asked something else, of which the answer is taken from what they see.
    """
    asked_else = reply is not None and reply.screen in ("withdraw", "hand-on")
    return not (asked_else or state.paused or state.withdrawn)


def is_receipt_enough(
    facts: Sequence[Recorded], before: Ask | None, after: Ask | None, shown: Sequence[str]
) -> bool:
    """Whether the changed messages say enough: the same question still waits.

    Posting it again after each note, or after a click further up, is noise.

    Args:
        before: the question that waited before the facts, and `after` after them.
        shown: the messages that the facts change.
    """
    if isinstance(facts[-1].fact, NothingChanged):
        return True
    if not shown or after is None or before != after:
        return False
    kept = all(isinstance(recorded.fact, KEPT_QUIETLY) for recorded in facts)
    clicked = facts[0].stamp.cause == "choice"
    in_place = clicked and all(about(recorded, Interview()) for recorded in facts)
    return kept or in_place
