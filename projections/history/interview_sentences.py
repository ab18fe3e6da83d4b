"""What somebody said in an interview, in sentences; their own words stand beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from ehsg_events.dates import calendar
from ehsg_events.events import (
    AnswerAmended,
    AnswerGiven,
    ChangeQueried,
    FieldFinished,
    FieldRevisited,
    HandOnAsked,
    InputRefused,
    InterviewCompleted,
    InterviewPaused,
    InterviewResumed,
    InterviewStarted,
    InterviewWithdrawn,
    ItemRevisited,
    NoteAmended,
    NoteGiven,
    NoteRetracted,
    NothingChanged,
    PrioritiesNamed,
    ReminderUnwished,
    ReminderWished,
    ScreenAsked,
    WordsLeftOut,
    WordsSetAside,
    WordsStopped,
)
from ehsg_events.interview.answers import NO_NOTICE, NO_SCORE
from ehsg_events.interview.numbers import amount
from ehsg_events.states.interview import PRIORITIES, SCORE, InterviewFact
from ehsg_events.values.exposure import Exposure
from projections.figures.names import FactContext, field_label, level_words, listed

CONCERNS = {
    "safeguarding": "a worry about somebody's safety",
    "nhs-number": "an NHS number",
    "child": "a child with a birth date",
}


def say_interview(fact: InterviewFact, at: FactContext) -> str:  # noqa: C901, PLR0912 - one case for each
    """A fact of an interview."""
    who = at.person
    match fact:
        case AnswerGiven():
            return f"{who} answered {at.about}: {_answer(fact, at)} ({seen(fact.exposure)})."
        case AnswerAmended():
            change = f"changed their answer to {at.about}: {_answer(fact, at)}"
            return f"{who} {change} ({seen(fact.exposure)})."
        case NoteGiven():
            box = field_label(at.guide, fact.item, fact.field)
            return f"{who} {_gave(fact)} {at.about}, under “{box}”."
        case NoteAmended():
            return f"{who} reworded what they wrote about {at.about}."
        case NoteRetracted():
            return f"{who} took back what they wrote about {at.about}."
        case WordsStopped():
            return f"{who} wrote something that was not kept: {CONCERNS[fact.concern]}."
        case WordsSetAside():
            return f"{who} wrote something that was set aside: what it was about is not clear yet."
        case WordsLeftOut():
            return f"{who} left out what was set aside."
        case ChangeQueried():
            how = "an edited message" if fact.edited else "words that came late"
            return f"{who} was asked whether to change the answer to {at.about}, after {how}."
        case NothingChanged():
            return f"{who} did something that changed nothing."
        case FieldFinished():
            return f"{who} {_done(fact)} {at.about}."
        case ItemRevisited():
            again = at.stakeholder not in (None, at.by)  # put to the vote again
            asked = f"{at.stakeholder} was asked about {at.about} again."
            return asked if again else f"{who} went back to {at.about}."
        case FieldRevisited():
            return f"{who} went back to the words on {at.about}."
        case InputRefused():
            return f"{who} said something that the talk could not take."
        case ScreenAsked():
            return f"{who} asked to see: {fact.screen}."
        case InterviewStarted():
            if fact.notice == NO_NOTICE:
                return f"{who} began round {at.round} by command; no notice was shown."
            return f"{who} read the notice and began round {at.round}."
        case PrioritiesNamed():
            return f"{who} would have {listed(fact.items)} worked on first."
        case HandOnAsked():
            return f"{who} asked to hand the questions on to a colleague."
        case ReminderWished():
            return f"{who} asked to be reminded at {calendar.say(fact.remind_at, at.zone)}."
        case ReminderUnwished():
            return f"{who} is not to be reminded at the time they had asked for, either."
        case InterviewPaused():
            return f"{who} paused."
        case InterviewResumed():
            return f"{who} went on."
        case InterviewCompleted():
            return f"{who} finished round {at.round}."
        case InterviewWithdrawn():
            return f"{who} withdrew: none of their answers counts any more."
    assert_never(fact)


def _done(fact: FieldFinished) -> str:
    if fact.item == PRIORITIES:
        return "had no more to name of"
    return "kept their answer to" if fact.field == SCORE else "had no more to write about"


def _gave(fact: NoteGiven) -> str:
    kind = fact.evidence.kind if fact.evidence else "statement"
    return "wrote about" if kind == "statement" else f"gave a {kind} as evidence for"


def _answer(fact: AnswerGiven | AnswerAmended, at: FactContext) -> str:
    if fact.kind == "text":
        return "in their own words"
    if fact.kind == "number":
        return amount(fact.number or 0, at.guide.numbers[fact.item].unit)
    return NO_SCORE.get(fact.kind) or level_words(at.guide, fact.item, str(fact.level))


def seen(exposure: Exposure) -> str:
    """What a person knew of how others answer when they answered."""
    return "; ".join(_learned(exposure)) or "blind"


def _learned(exposure: Exposure) -> Iterator[str]:
    if exposure.room is not None:
        yield f"having talked about it in the workshop of round {exposure.room}"
    if exposure.figures_round is not None or exposure.reasons:
        yield _shown("having seen", exposure.figures_round, exposure.reasons)
    if exposure.earlier_round is not None or exposure.earlier_reasons:
        yield _shown("having seen before", exposure.earlier_round, exposure.earlier_reasons)
    if exposure.end_told:
        yield "having been told what stood at an earlier sign-off"


def _shown(how: str, number: int | None, reasons: str | None) -> str:
    figures = None if number is None else f"the group's figures of round {number}"
    both = (figures, "others' reasons" if reasons else None)
    return f"{how} {' and '.join(filter(None, both))}"
