"""What an input is answered with that led to no new question: a receipt, or one that asks. Pure."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from bots import phrases
from bots.interview.talk import RESUME, REVIEW, START, Choice, Prompt, Talk
from bots.phrases import unclear
from ehsg_events.events import (
    AnswerAmended,
    AnswerGiven,
    ChangeQueried,
    NoteGiven,
    NothingChanged,
    WordsLeftOut,
    WordsSetAside,
)
from ehsg_events.interview.answers import meant
from ehsg_events.interview.questions import WHICH_FIRST, boxes
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.states.interview import Answer

Receipt = (
    NothingChanged
    | ChangeQueried
    | WordsSetAside
    | WordsLeftOut
    | NoteGiven
    | AnswerGiven
    | AnswerAmended
)


def receipt(talk: Talk, fact: Receipt) -> Prompt:
    """What a person is told of a fact that leaves the question in front of them as it was."""
    match fact:
        case NothingChanged():
            return _unchanged(talk, fact)
        case ChangeQueried():
            return _queried(talk, fact)
        case WordsSetAside():
            return _set_aside(talk, fact.words.id)
        case WordsLeftOut():
            return Prompt("unchanged", _(unclear.LEFT_OUT), _ways(talk))
        case NoteGiven():
            return _kept(talk, fact)
        case AnswerGiven() | AnswerAmended():
            return _answered(talk, fact.item)


def _answered(talk: Talk, item: str) -> Prompt:
    """The answer to an item as it stands."""
    answer = talk.interview.answers.get(item)
    text = phrases.answered(item, answer, talk.sitting.guide) if answer else ""
    change = Choice(f"{_(phrases.CHANGE)} {item}", f"change:{item}")
    return Prompt("unchanged", f"{text}\n{_here(talk)}".strip(), (*_ways(talk), change), item)


def _unchanged(talk: Talk, fact: NothingChanged) -> Prompt:
    item, said = fact.item, _(unclear.UNCHANGED[fact.why])
    if item not in talk.interview.answers or item is None:
        return Prompt("unchanged", f"{said} {_here(talk)}", _ways(talk))
    answered = _answered(talk, item)
    stands = phrases.answered(item, talk.interview.answers[item], talk.sitting.guide)
    how = unclear.change_by_word(item) if fact.why == "deleted" else _here(talk)
    return Prompt("unchanged", f"{stands} {said}\n{how}", answered.choices, item)


def _queried(talk: Talk, fact: ChangeQueried) -> Prompt:
    """The question whether an answer is to change, or was meant for an item that has none yet."""
    stands = talk.interview.answers.get(fact.item)
    wrote = _in_short(talk, fact.item, meant(talk.sitting, fact.item, fact.value))
    now = _in_short(talk, fact.item, stands) if stands else ""
    title = phrases.title(talk.sitting.guide.items[fact.item])
    text = unclear.queried(title, wrote, now, edited=fact.edited)
    make = Choice(unclear.make_it(wrote), f"answer:{fact.item}:{fact.value}")
    keep = Choice(unclear.keep_it(now) if now else _(unclear.NOT_MEANT), "resume")
    return Prompt("unclear", text, (make, keep), fact.item)


def _in_short(talk: Talk, item: str, answer: Answer) -> str:
    """An answer as a button says it."""
    ways = {
        "dont-know": _(phrases.DONT_KNOW),
        "not-my-area": _(phrases.NOT_MY_AREA),
        "skip": _(phrases.SKIP),
    }
    if answer.kind in ways:
        return ways[answer.kind]
    if answer.number is not None:
        return f"{answer.number:g}"
    if answer.kind != "score":
        return phrases.answer_words(answer, None)
    return phrases.answer_words(answer, talk.sitting.guide.scale_of(item))


def _set_aside(talk: Talk, words: UUID) -> Prompt:
    """The question where words belong; once that is answered, where the talk is."""
    aside = talk.interview.aside.get(words)
    if aside is None:
        return Prompt("unchanged", _here(talk), _ways(talk))
    title = phrases.title(talk.sitting.guide.items[aside.item])
    fields = tuple(
        Choice(phrases.box(box, aside.item), f"place:{words}:{box.id}")
        for box in boxes(talk.interview, talk.sitting, aside.item)
    )
    leave_out = Choice(_(unclear.LEAVE_OUT), f"leave-out:{words}")
    text = unclear.set_aside(title, talk.shown(aside.words))
    return Prompt("unclear", text, (*fields, leave_out), aside.item)


def with_unplaced(prompt: Prompt, talk: Talk) -> Prompt:
    """The prompt, which also asks where the first words belong that are set aside still."""
    first = next(iter(talk.interview.aside), None)
    if first is None:
        return prompt
    asked = _set_aside(talk, first)
    text, choices = f"{prompt.text}\n{asked.text}", (*asked.choices, *prompt.choices)
    return replace(prompt, text=text, choices=choices)


def _kept(talk: Talk, fact: NoteGiven) -> Prompt:
    """The receipt for words under a question that is not the one that waits."""
    under = boxes(talk.interview, talk.sitting, fact.item)
    label = next((box.label for box in under if box.id == fact.field), fact.field)
    notes = talk.interview.notes.values()
    count = sum((note.item, note.field) == (fact.item, fact.field) for note in notes)
    text = f"{unclear.kept_under(fact.item, label, count)} {_here(talk)}"
    return Prompt("unchanged", text, _ways(talk), fact.item)


def _here(talk: Talk) -> str:
    """Where the talk is."""
    state, ask = talk.interview, talk.ask
    if state.paused:
        return _(unclear.PAUSED)
    if not state.started:
        return _(unclear.NOT_STARTED)
    if ask is None:
        return _(unclear.ALL_ANSWERED)
    asked = _(phrases.WHICH_FIRST) if ask == WHICH_FIRST else None
    return unclear.here(asked or phrases.title(talk.sitting.guide.items[ask.item]))


def _ways(talk: Talk) -> tuple[Choice, ...]:
    state = talk.interview
    if not (state.started or state.paused):
        return (START,)
    return (RESUME,) if state.paused or talk.ask is not None else (REVIEW,)
