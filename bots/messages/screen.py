"""Which messages an input changes, and whether changing them is receipt enough. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ehsg_events.events import (
    AnswerAmended,
    AnswerGiven,
    FieldFinished,
    NoteAmended,
    NoteGiven,
    NoteRetracted,
    PrioritiesNamed,
)
from ehsg_events.interview.questions import WHICH_FIRST, Ask
from ehsg_events.kernel import Recorded
from ehsg_events.states.interview import ANSWER_FIELD, SCORE, Interview

KEPT_QUIETLY = (NoteGiven, NoteAmended, NoteRetracted, PrioritiesNamed)


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


def is_receipt_enough(
    facts: Sequence[Recorded], before: Ask | None, after: Ask | None, shown: Sequence[str]
) -> bool:
    """Whether the changed messages say enough: the same question still waits.

    Posting it again after each note, or after a click further up, is noise.

    Args:
        before: the question that waited before the facts, and `after` after them.
        shown: the messages that the facts change.
    """
    if not shown or after is None or before != after:
        return False
    kept = all(isinstance(recorded.fact, KEPT_QUIETLY) for recorded in facts)
    clicked = facts[0].stamp.cause == "choice"
    in_place = clicked and all(about(recorded, Interview()) for recorded in facts)
    return kept or in_place
