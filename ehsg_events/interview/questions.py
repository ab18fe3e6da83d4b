"""Which question waits for an answer, given what was answered so far. Pure.

An item that is being changed is kept apart from the first open question, so that after the change
the interview goes on where it was.
"""

from __future__ import annotations

from dataclasses import replace
from statistics import median
from typing import NamedTuple

from ehsg_events.states.interview import (
    PRIORITIES,
    REASON_FIELD,
    SCORE,
    WITH_WORDS,
    Answer,
    Interview,
    Sitting,
)
from ehsg_events.values.exposure import Figures
from guides.model import NarrativeField, Scale


class Ask(NamedTuple):
    """The question that waits: an item, and the field under it or the score itself."""

    item: str
    field: str


WHICH_FIRST = Ask(PRIORITIES, PRIORITIES)
FAR = 2  # points from the middle score; a person this far away is asked to move or to explain


def waiting(state: Interview, sitting: Sitting) -> Ask | None:
    """The question that waits for an answer: on the item being changed, else the first open one."""
    for item in (state.focus, *sitting.items):
        ask = None if item in (None, PRIORITIES) else _open_question(state, sitting, str(item))
        if ask is not None:
            return ask
    named = WHICH_FIRST in state.finished
    return None if named or not most_to_name(state, sitting) else WHICH_FIRST


def was_shown(state: Interview, sitting: Sitting, item: str) -> bool:
    """Whether a question was put to the person; not if they answer it ahead of its turn.

    Going back does not undo it: whoever has seen a question has seen what stood beside it.
    """
    farthest = replace(state, focus=None, finished=state.once_finished)
    first_open = waiting(farthest, sitting)
    if item == state.focus or first_open in (None, WHICH_FIRST):
        return True
    assert first_open is not None, "as asked above"
    return sitting.items.index(item) <= sitting.items.index(first_open.item)


def _open_question(state: Interview, sitting: Sitting, item: str) -> Ask | None:
    if item in sitting.votes_over or sitting.away:
        return None
    if sitting.has_value(item) and (item, SCORE) not in state.finished:
        return Ask(item, SCORE)
    answer = state.answers.get(item)
    over = (item, SCORE) in state.finished
    if over and answer is not None and answer.kind not in WITH_WORDS:
        return None
    for box in boxes(state, sitting, item):
        if (item, box.id) not in state.finished:
            return Ask(item, box.id)
    return None


def boxes(state: Interview, sitting: Sitting, item: str) -> tuple[NarrativeField, ...]:
    """The boxes for words under an item; the reason comes first once its score was changed.

    A score that was put back before the reason was given is not changed.
    """
    fields = sitting.fields(item)
    aloud = sitting.kind == "workshop"
    changed = item in state.changed and state.before.get(item) != state.answers.get(item)
    asks_why = changed and REASON_FIELD not in fields and not aloud
    return (REASON_FIELD, *fields) if asks_why else fields


def done(state: Interview, sitting: Sitting) -> int:
    """How many of the items asked are answered in full; the reason for a change is optional."""
    return len(sitting.items) - len(still_open(state, sitting))


def still_open(state: Interview, sitting: Sitting) -> tuple[str, ...]:
    """The items asked that are not answered in full."""
    waits = {item: _open_question(state, sitting, item) for item in sitting.items}
    return tuple(i for i, ask in waits.items() if ask and not _is_why_changed(ask, sitting))


def _is_why_changed(ask: Ask, sitting: Sitting) -> bool:
    return ask.field == REASON_FIELD.id and REASON_FIELD not in sitting.fields(ask.item)


def to_choose_from(state: Interview, sitting: Sitting) -> tuple[str, ...]:
    """The descriptors a person may name as first to work on: those they could score."""
    answers = state.answers
    return tuple(i for i in sitting.items if i in answers and answers[i].kind == SCORE)


def most_to_name(state: Interview, sitting: Sitting) -> int:
    """How many priorities a person may name; 0 where there is nothing to choose between."""
    rule = sitting.guide.selection
    if rule is None or sitting.kind != "first":
        return 0
    return rule.count if len(to_choose_from(state, sitting)) > rule.count else 0


def is_far(answer: Answer, figures: Figures, scale: Scale) -> bool:
    """Whether a score stands two points or more from the group's middle score."""
    middle = median(_scores(figures, scale)) if figures.counts else figures.middle
    if answer.score is None or middle is None:
        return False
    return abs(answer.score - middle) >= FAR


def _scores(figures: Figures, scale: Scale) -> list[int]:
    """The scores of a group that was counted by level."""
    counted = zip(scale.levels, figures.counts, strict=True)
    return [level.score for level, count in counted for _ in range(count)]
