"""Every decision a stakeholder can make in an interview, and every rule that can say no to it."""

from __future__ import annotations

from collections.abc import Sequence
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
    NoteAmended,
    NoteGiven,
    NoteRetracted,
    ScreenAsked,
)
from ehsg_events.interview import (
    SCORE,
    Answer,
    Interview,
    InterviewFact,
    Sitting,
    evolve,
    waiting,
)
from ehsg_events.kernel import Refused, Words
from ehsg_events.numbers import read_number

Facts = tuple[InterviewFact, ...]
NO_NOTICE = "none was shown"  # instead of a digest, when an answer is given by command
NO_SCORE = {"dont-know": "don't know", "not-my-area": "not my area", "skip": "skip"}


def start(state: Interview, sitting: Sitting, notice: str) -> Facts:
    """Begin, once the notice with this digest was acknowledged."""
    refuse_if_over(state, sitting)
    return () if state.started else (InterviewStarted(notice=notice),)


def answer(state: Interview, sitting: Sitting, item: str, value: str) -> Facts:
    """Give or change an answer: a level of the item's scale, or one of the three that are none.

    The same answer again changes nothing; while an item is being revisited it moves the talk on.
    """
    _refuse_unless_asked(state, sitting, item)
    found = _answer(sitting, item, value)
    if state.answers.get(item) == found:
        again = (item, SCORE) not in state.finished
        return _and_complete(
            state, sitting, (FieldFinished(item=item, field=SCORE),) if again else ()
        )
    record = AnswerAmended if item in state.answers else AnswerGiven
    given = record(
        item=item,
        kind=found.kind,
        level=found.level,
        score=found.score,
        exposure=sitting.exposure(item),
        number=found.number,
    )
    return _and_complete(state, sitting, (given,))


def _answer(sitting: Sitting, item: str, value: str) -> Answer:
    if value in NO_SCORE:
        return Answer(value)  # type: ignore[arg-type]  # the keys of NO_SCORE are kinds
    if item in sitting.guide.numbers:
        return Answer("number", number=read_number(sitting.guide.numbers[item], item, value))
    if item not in sitting.guide.descriptors:
        raise Refused(f"{item} is answered in your own words, not with {value}.")
    scale = sitting.guide.scale_of(item)
    for level in scale.levels:
        if value == level.value:
            return Answer("score", level.value, level.score)
    takes = f"{scale.levels[0].value} to {scale.levels[-1].value}"
    if scale.levels[0].value != str(scale.lowest):
        takes = ", ".join(level.value for level in scale.levels)
    raise Refused(
        f"{item} takes {takes}, not {value}. You can also say don't know, not my area or skip."
    )


def give_note(
    state: Interview, sitting: Sitting, item: str, field: str, words: Words, source: str | None
) -> Facts:
    """Add words under a field of an item: evidence, a next step, or a reason."""
    _refuse_unless_asked(state, sitting, item)
    boxes = [box.id for box in sitting.fields(item)]
    if field not in boxes:
        takes = f"It takes words under: {', '.join(boxes)}." if boxes else "It takes a score only."
        raise Refused(f"{item} has no field called {field}. {takes}")
    note = NoteGiven(item=item, field=field, words=words, source=source)
    earlier = state.answers.get(item)
    if sitting.has_value(item) or (earlier and earlier.kind == "text"):
        return (note,)
    record = AnswerAmended if earlier else AnswerGiven
    told = record(item=item, kind="text", level=None, score=None, exposure=sitting.exposure(item))
    return (told, note)


def amend_note(state: Interview, sitting: Sitting, note: UUID, words: Words) -> Facts:
    """Replace the words of a note; the old ones stay in the record as superseded."""
    refuse_if_over(state, sitting)
    _refuse_unless_noted(state, note)
    same = state.notes[note].words.sha256 == words.sha256
    return () if same else (NoteAmended(note=note, words=words),)


def retract_note(state: Interview, sitting: Sitting, note: UUID) -> Facts:
    """Take a note back."""
    refuse_if_over(state, sitting)
    _refuse_unless_noted(state, note)
    return (NoteRetracted(note=note),)


def finish_field(state: Interview, sitting: Sitting, item: str, field: str) -> Facts:
    """Say that nothing more is to be typed here; a question left without words is skipped."""
    _refuse_unless_asked(state, sitting, item)
    if (item, field) in state.finished:
        return ()
    if field == SCORE and item not in state.answers:
        raise Refused(f"{item} has no answer yet. Choose one, or say don't know or skip.")
    if not sitting.has_value(item) and item not in state.answers:
        return answer(state, sitting, item, "skip")
    return _and_complete(state, sitting, (FieldFinished(item=item, field=field),))


def revisit(state: Interview, sitting: Sitting, item: str) -> Facts:
    """Go back to an item that was answered, to change it."""
    _refuse_unless_asked(state, sitting, item)
    return () if item not in state.answers else (ItemRevisited(item=item),)


def back(state: Interview, sitting: Sitting) -> Facts:
    """Go back to the item before the one that waits."""
    refuse_if_over(state, sitting)
    now = waiting(state, sitting)
    place = len(sitting.items) if now is None else sitting.items.index(now.item)
    answered = [item for item in sitting.items[:place] if item in state.answers]
    if now is not None and now.field != SCORE and sitting.has_value(now.item):
        answered.append(now.item)
    if not answered:
        raise Refused("This is the first question, so there is nothing before it.")
    return (ItemRevisited(item=answered[-1]),)


def pause(state: Interview, sitting: Sitting) -> Facts:
    """Stop for now; nothing is lost and the same question waits."""
    refuse_if_over(state, sitting)
    return () if state.paused else (InterviewPaused(),)


def resume(state: Interview, sitting: Sitting) -> Facts:
    """Go on where the person stopped."""
    refuse_if_over(state, sitting)
    return (InterviewResumed(),) if state.paused else (ScreenAsked(screen="question"),)


def show(state: Interview, screen: str) -> Facts:
    """Ask to see one's own answers, the help, or the question before a withdrawal."""
    if state.withdrawn:
        raise Refused(WITHDRAWN)
    return (ScreenAsked.model_validate({"screen": screen}),)


def refuse(words: Words) -> Facts:
    """Record that something was said which the talk could not take, and why."""
    return (InputRefused(words=words),)


def withdraw(state: Interview, *, signed_off: bool = False) -> Facts:
    """Withdraw from the assessment: no answer of this person counts any more.

    Args:
        signed_off: whether the assessment is signed, so that its figures stand.
    """
    if signed_off:
        raise Refused(
            "This assessment was signed off, so its figures stand. To withdraw now, ask your "
            "coordinator: the signature has to be withdrawn first."
        )
    return () if state.withdrawn else (InterviewWithdrawn(),)


WITHDRAWN = (
    "You have withdrawn, so nothing you said counts. To take part again, ask your coordinator."
)


def refuse_if_over(state: Interview, sitting: Sitting) -> None:
    """Nothing is taken after a withdrawal or the close; the sentence says what can be done."""
    if state.withdrawn:
        raise Refused(WITHDRAWN)
    if sitting.closed:
        raise Refused(
            "This round is closed, so answers can no longer be given or changed. "
            "Your coordinator can record a dissent for you, or open another round."
        )


def _refuse_unless_asked(state: Interview, sitting: Sitting, item: str) -> None:
    refuse_if_over(state, sitting)
    if item not in sitting.items:
        raise Refused(
            f"You were not asked about {item} in this round. "
            f"You were asked about {', '.join(sitting.items)}."
        )


def _refuse_unless_noted(state: Interview, note: UUID) -> None:
    if note not in state.notes:
        raise Refused("That note is not in this interview any more, so it cannot be changed.")


def _and_complete(state: Interview, sitting: Sitting, facts: Sequence[InterviewFact]) -> Facts:
    after = state
    for fact in facts:
        after = evolve(after, fact)
    finished = facts and not after.completed and waiting(after, sitting) is None
    return (*facts, InterviewCompleted()) if finished else tuple(facts)
