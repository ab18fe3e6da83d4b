"""What one stakeholder says in an interview, as facts: the words of the rules about it."""

from __future__ import annotations

from ehsg_events.events import AnswerAmended, AnswerGiven, FieldFinished, NoteGiven
from ehsg_events.interview.answers import answer
from ehsg_events.states.interview import Sitting
from support.area import sitting, words
from support.spec import folded

SEAT = sitting()
OLD = sitting("data-matching-1", "big-1", "big-2", guide="ehsg-2020@1")
SHUT = sitting(closed=True)


def answered(item: str, value: str, seat: Sitting = SEAT) -> AnswerGiven:
    """The fact that somebody answered."""
    (fact,) = (f for f in answer(folded(), seat, item, value) if isinstance(f, AnswerGiven))
    return fact


def amended(item: str, value: str, seat: Sitting = SEAT) -> AnswerAmended:
    """The fact that somebody changed an answer."""
    return AnswerAmended.model_validate(answered(item, value, seat).model_dump())


def finished(item: str, *fields: str) -> list[FieldFinished]:
    """The facts that nothing more is to be typed under these fields."""
    return [FieldFinished(item=item, field=field) for field in fields]


NOTED = NoteGiven(item="5.1", field="working-well", words=words("a"), source="ts-1")
BOTH = ("working-well", "prioritising-next")
