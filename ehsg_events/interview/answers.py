"""Every decision a stakeholder can make in an interview, and every rule that can say no to it."""

from __future__ import annotations

from collections.abc import Sequence

from ehsg_events.events import (
    AnswerAmended,
    AnswerGiven,
    FieldFinished,
    FieldRevisited,
    HandOnAsked,
    InputRefused,
    InterviewPaused,
    InterviewResumed,
    InterviewStarted,
    InterviewWithdrawn,
    ItemRevisited,
    PrioritiesNamed,
    ScreenAsked,
)
from ehsg_events.interview.numbers import read_number
from ehsg_events.interview.questions import (
    WHICH_FIRST,
    Ask,
    boxes,
    most_to_name,
    to_choose_from,
    waiting,
    was_shown,
)
from ehsg_events.interview.refusals import (
    SIGNED_OFF,
    WITHDRAWN,
    Facts,
    and_complete,
    refuse_if_away,
    refuse_if_over,
    refuse_unless_asked,
    said_back,
)
from ehsg_events.kernel import Refused, Words
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import marked
from ehsg_events.states.interview import SCORE, Answer, Interview, Sitting, unanswered

NO_NOTICE = "none was shown"  # instead of a digest, when an answer is given by command
NAMED_ALL = FieldFinished(item=WHICH_FIRST.item, field=WHICH_FIRST.field)
NO_SCORE = {"dont-know": "don't know", "not-my-area": "not my area", "skip": "skip"}


def start(state: Interview, sitting: Sitting, notice: str) -> Facts:
    """Begin, once the notice with this digest was acknowledged."""
    refuse_if_over(state, sitting)
    return () if state.started else (InterviewStarted(notice=notice),)


def answer(state: Interview, sitting: Sitting, item: str, value: str) -> Facts:
    """Give or change an answer: a level, a number, or one of the three that are no score.

    The same answer again records nothing, except that it finishes an item that is being revisited.
    A vote that is asked again is recorded again, even if it is the same as before.
    """
    refuse_unless_asked(state, sitting, item)
    new = meant(sitting, item, value)
    unfinished = (item, SCORE) not in state.finished
    if state.answers.get(item) == new and not (unfinished and sitting.kind == "workshop"):
        return and_complete(
            state, sitting, (FieldFinished(item=item, field=SCORE),) if unfinished else ()
        )
    record = AnswerAmended if item in state.answers else AnswerGiven
    fact = record(
        item=item,
        kind=new.kind,
        level=new.level,
        score=new.score,
        exposure=sitting.exposure(item, shown=was_shown(state, sitting, item)),
        number=new.number,
    )
    return and_complete(state, sitting, (fact,))


def meant(sitting: Sitting, item: str, value: str) -> Answer:
    """The answer to an item that a value stands for.

    Raises:
        Refused: the item takes no such value.
    """
    if value in NO_SCORE:
        return Answer(value)  # type: ignore[arg-type]  # the keys of NO_SCORE are kinds
    match sitting.guide.items[item].kind:
        case "number":
            return Answer("number", number=read_number(sitting.guide.numbers[item], item, value))
        case "text":
            raise Refused(
                _(
                    "{item} is answered in your own words, not with {value}.",
                    item=item,
                    value=said_back(value),
                )
            )
        case "score":
            return _score(sitting, item, value)


def _score(sitting: Sitting, item: str, value: str) -> Answer:
    scale = sitting.guide.scale_of(item)
    for level in scale.levels:
        if value == level.value:
            return Answer("score", level.value, level.score)
    takes = _("{first} to {last}", first=scale.levels[0].value, last=scale.levels[-1].value)
    if scale.levels[0].value != str(scale.lowest):
        takes = ", ".join(level.value for level in scale.levels)
    said = marked(
        "{item} takes {takes}, not {value}. You can also say don't know, not my area or skip."
    )
    raise Refused(_(said, item=item, takes=takes, value=said_back(value)))


def _unanswered(item: str) -> Refused:
    return Refused(_("{item} has no answer yet. Choose one, or say don't know or skip.", item=item))


def finish_field(state: Interview, sitting: Sitting, item: str, field: str) -> Facts:
    """Finish a field without more words; a question that was given none is skipped."""
    if (item, field) == WHICH_FIRST:
        return finish_naming(state, sitting)
    refuse_unless_asked(state, sitting, item)
    if (item, field) in state.finished:
        return ()
    if field == SCORE and item not in state.answers:
        raise _unanswered(item)
    if not sitting.has_value(item) and item not in state.answers:
        return answer(state, sitting, item, "skip")
    return and_complete(state, sitting, (FieldFinished(item=item, field=field),))


def finish_item(state: Interview, sitting: Sitting, item: str) -> Facts:
    """Finish every box for words under an answered item at once."""
    refuse_unless_asked(state, sitting, item)
    if item not in state.answers:
        raise _unanswered(item)
    under = (Ask(item, box.id) for box in boxes(state, sitting, item))
    left = [
        FieldFinished(item=ask.item, field=ask.field) for ask in under if ask not in state.finished
    ]
    return and_complete(state, sitting, left)


def ask_to_hand_on(state: Interview, sitting: Sitting, colleague: Words) -> Facts:
    """Ask to hand on to a colleague; nothing changes until the coordinator decides."""
    _refuse_unless_something_is_left(state, sitting)
    return (HandOnAsked(colleague=colleague),)


def ask_for_a_colleague(state: Interview, sitting: Sitting) -> Facts:
    """Show the screen that asks who would be the right person."""
    _refuse_unless_something_is_left(state, sitting)
    return show(state, "hand-on")


def _refuse_unless_something_is_left(state: Interview, sitting: Sitting) -> None:
    refuse_if_over(state, sitting)
    if sitting.kind == "workshop":
        raise Refused(
            _(
                "In a workshop those in the room vote themselves. If a question does not fit, answer "
                "not my area; if somebody should be here instead, tell the facilitator."
            )
        )
    if not unanswered(sitting.items, state):
        raise Refused(
            _(
                "You have no question left to answer, so there is nothing to hand on. What you have "
                "answered stays yours."
            )
        )


def revisit(state: Interview, sitting: Sitting, item: str) -> Facts:
    """Go back to an answered item, or to the priorities, to change it."""
    if item == WHICH_FIRST.item:
        refuse_if_over(state, sitting)
        return (ItemRevisited(item=item),) if WHICH_FIRST in state.finished else ()
    refuse_unless_asked(state, sitting, item)
    return () if item not in state.answers else (ItemRevisited(item=item),)


def revisit_field(state: Interview, sitting: Sitting, item: str, field: str) -> Facts:
    """Go back to one box for words under an answered item, and leave its answer as it is."""
    refuse_unless_asked(state, sitting, item)
    known = item in state.answers and any(box.id == field for box in boxes(state, sitting, item))
    if not known:
        return revisit(state, sitting, item)
    return (FieldRevisited(item=item, field=field),)


def back(state: Interview, sitting: Sitting) -> Facts:
    """Go back to the item before the one that waits."""
    refuse_if_over(state, sitting)
    refuse_if_away(sitting)
    ask = waiting(state, sitting)
    is_item = ask is not None and ask != WHICH_FIRST
    index = sitting.items.index(ask.item) if is_item and ask else len(sitting.items)
    answered = [item for item in sitting.items[:index] if item in state.answers]
    if is_item and ask and ask.field != SCORE and sitting.has_value(ask.item):
        answered.append(ask.item)
    if not answered:
        raise Refused(_("This is the first question, so there is nothing before it."))
    return (ItemRevisited(item=answered[-1]),)


def pause(state: Interview, sitting: Sitting) -> Facts:
    """Stop for now; nothing is lost and the same question waits."""
    refuse_if_over(state, sitting)
    return () if state.paused else (InterviewPaused(),)


def resume(state: Interview, sitting: Sitting) -> Facts:
    """Go on where the person stopped; after the close, show what was recorded."""
    if state.paused and not sitting.closed:
        refuse_if_over(state, sitting)
        return (InterviewResumed(),)
    return show(state, "question")


def show(state: Interview, screen: str, item: str | None = None) -> Facts:
    """Ask to see one's own answers, the help, or the question before a withdrawal.

    Args:
        item: the item that the screen is about.
    """
    if state.withdrawn:
        raise Refused(_(WITHDRAWN))
    return (ScreenAsked.model_validate({"screen": screen, "item": item}),)


def refuse(words: Words) -> Facts:
    """Record that an input was refused; `words` are the sealed refusal."""
    return (InputRefused(words=words),)


def ask_to_withdraw(state: Interview, *, signed_off: bool = False) -> Facts:
    """Ask for the question before a withdrawal; nobody is asked what would be refused."""
    if signed_off and not state.withdrawn:
        raise Refused(_(SIGNED_OFF))
    return show(state, "withdraw")


def withdraw(state: Interview, *, signed_off: bool = False) -> Facts:
    """Withdraw from the assessment: no answer of this person counts any more.

    Args:
        signed_off: whether the assessment is signed, so that its figures stand.
    """
    if signed_off:
        raise Refused(_(SIGNED_OFF))
    return () if state.withdrawn else (InterviewWithdrawn(),)


def name_priorities(state: Interview, sitting: Sitting, items: Sequence[str]) -> Facts:
    """Name what the partnership should work on first, most important first.

    Naming as many as the guide asks for finishes the question.
    """
    refuse_if_over(state, sitting)
    most, known = most_to_name(state, sitting), to_choose_from(state, sitting)
    if not most:
        raise Refused(
            _("Nothing is to be named here yet. Answer the questions first, or say help.")
        )
    strange = [item for item in items if item not in known]
    if strange:
        raise Refused(
            _(
                "You can name {known} here, not {strange}.",
                known=", ".join(known),
                strange=", ".join(dict.fromkeys(map(said_back, strange))),
            )
        )
    if len(set(items)) != len(items) or len(items) > most:
        raise Refused(
            _(
                "Name at most {most}, each once, such as {known}.",
                most=most,
                known=" ".join(known[:2]),
            )
        )
    named = () if tuple(items) == state.named else (PrioritiesNamed(items=tuple(items)),)
    if len(items) < most or WHICH_FIRST in state.finished:
        return named
    return and_complete(state, sitting, (*named, NAMED_ALL))


def finish_naming(state: Interview, sitting: Sitting) -> Facts:
    """Finish naming priorities, with fewer than the guide asks for or none."""
    refuse_if_over(state, sitting)
    if WHICH_FIRST in state.finished or not most_to_name(state, sitting):
        return ()
    return and_complete(state, sitting, (NAMED_ALL,))
