"""The interview as talk: what a person said becomes facts. No clock, no writes, no surface.

A surface turns a click, a form or a typed line into `Said`; the reply is made in `prompts`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bots import phrases
from bots.interview import prompts, typed_words
from bots.interview.evidence import MOST_ORIGIN, Handed, enclosed
from bots.interview.talk import Talk
from bots.interview.typed_words import Meant
from ehsg_events.events import (
    AnswerAmended,
    AnswerGiven,
    Concern,
    FieldFinished,
    InterviewResumed,
    InterviewStarted,
    ItemRevisited,
    NoteGiven,
    PrioritiesNamed,
)
from ehsg_events.interview import answers, notes
from ehsg_events.interview.questions import WHICH_FIRST, Ask
from ehsg_events.interview.refusals import WITHDRAWN, Facts, refuse_if_over
from ehsg_events.interview.safeguarding import concern_in
from ehsg_events.kernel import Refused, Words
from ehsg_events.states.interview import SCORE

MOST_WORDS = 20_000  # characters of one message
GOING_ON = (  # any of these ends a pause
    InterviewStarted,
    AnswerGiven,
    AnswerAmended,
    NoteGiven,
    FieldFinished,
    ItemRevisited,
    PrioritiesNamed,
)
Seal = Callable[[str | bytes], Words]


@dataclass(frozen=True)
class Said:
    """What a person did: chose a token, typed words, edited or deleted what they had typed.

    A `note` is words that are never a command. `source` is the surface's own id of the message, by
    which an edit finds its note; `about` is the question that was being answered, where a surface
    knows it. `origin` is where the words are from, `dated` the day they speak of.
    """

    kind: Literal["choice", "words", "note", "edit", "deletion"]
    text: str
    source: str | None = None
    about: Ask | None = None
    origin: str = ""
    dated: date | None = None
    file: Handed | None = None


def decide(talk: Talk, said: Said, seal: Seal) -> Facts:
    """What a person said, as the facts to record; none if it changes nothing.

    Args:
        seal: seals typed words and files for the vault.

    Raises:
        Refused: a rule said no, or the words could not be understood.
    """
    if talk.interview.withdrawn:
        raise Refused(WITHDRAWN)
    if said.kind in ("edit", "deletion"):
        return _correct(talk, said, seal)
    concern = _concern(said) if _is_typed(talk, said) else None
    if concern is not None:
        return notes.stop(talk.interview, talk.sitting, concern)
    meant = Meant(said.text) if said.kind == "choice" else _understood(talk, said)
    if meant is None:
        facts = _take_words(talk, said, seal)
    else:
        facts = _beside(talk, said, meant, seal) + _act(talk, meant.token)
    goes_on = talk.interview.paused and any(isinstance(fact, GOING_ON) for fact in facts)
    return (InterviewResumed(), *facts) if goes_on else facts


def _is_typed(talk: Talk, said: Said) -> bool:
    """Whether the input holds words of the person's own; of all choices only a number does."""
    _, _, target = said.text.partition("answer:")
    return said.kind != "choice" or talk.sitting.guide.kind_of(target.partition(":")[0]) == "number"


def _understood(talk: Talk, said: Said) -> Meant | None:
    """What typed words stand for; a note or words with a file are never a command."""
    if said.kind == "note" or said.file is not None:
        return None
    sure = typed_words.whether_sure(said.text) if talk.interview.screen == "withdraw" else None
    if sure is not None:
        return Meant(sure)
    return typed_words.meant(said.text, said.about or talk.ask, talk.sitting)


def _beside(talk: Talk, said: Said, meant: Meant, seal: Seal) -> Facts:
    """Words beside a level, as a note under the first box of its item."""
    ask = said.about or talk.ask
    if ask is None or not meant.beside or not talk.interview.started:
        return ()
    fields = talk.sitting.fields(ask.item)
    if not fields:  # in a workshop reasons are given aloud
        raise Refused(typed_words.not_understood(ask, talk.sitting, said.text))
    words = seal(meant.beside)
    return notes.give_note(talk.interview, talk.sitting, ask.item, fields[0].id, words, said.source)


def _act(talk: Talk, token: str) -> Facts:
    state, sitting = talk.interview, talk.sitting
    match token.split(":"):
        case ["start"]:
            return answers.start(state, sitting, typed_words.digest(prompts.notice(talk).text))
        case ["pause"]:
            return answers.pause(state, sitting)
        case ["resume"]:
            return answers.resume(state, sitting)
        case ["withdraw-yes"]:
            return answers.withdraw(state, signed_off=sitting.signed_off)
        case ["hand-on"]:
            return answers.ask_for_a_colleague(state, sitting)
        case [
            "review"
            | "help"
            | "withdraw"
            | "why"
            | "nudges"
            | "who-sees"
            | "thanks"
            | "leave" as screen
        ]:
            return answers.show(state, screen)
    if not state.started:
        raise Refused(phrases.NOT_STARTED)
    return _act_on_a_question(talk, token)


def _act_on_a_question(talk: Talk, token: str) -> Facts:
    state, sitting = talk.interview, talk.sitting
    match token.split(":"):
        case ["answer", item, value]:
            return answers.answer(state, sitting, item, value)
        case ["next", item, field]:
            return answers.finish_field(state, sitting, item, field)
        case ["change", item]:
            return answers.revisit(state, sitting, item)
        case ["first", items]:
            return answers.name_priorities(state, sitting, [i for i in items.split(",") if i])
        case ["back"]:
            return answers.back(state, sitting)
    raise Refused("That button is not one of ours, so nothing was recorded. Say help to go on.")


def _take_words(talk: Talk, said: Said, seal: Seal) -> Facts:
    state, sitting, ask = talk.interview, talk.sitting, said.about or talk.ask
    if state.screen == "hand-on" and said.about is None:
        return answers.ask_to_hand_on(state, sitting, seal(said.text))
    if not state.started:
        raise Refused(phrases.NOT_STARTED)
    if ask is None or ask.field == SCORE or ask == WHICH_FIRST:
        refuse_if_over(state, sitting)
        raise Refused(typed_words.not_understood(ask, talk.sitting, said.text))
    text = typed_words.unquoted(said.text)
    evidence = enclosed(text, said.origin, said.dated, said.file, seal)
    kept = seal(text or (said.file.name if said.file else ""))
    return notes.give_note(state, sitting, ask.item, ask.field, kept, said.source, evidence)


def _concern(said: Said) -> Concern | None:
    """Why the words, their source or a file's name must not be kept; none if they may be."""
    if len(said.text) > MOST_WORDS:
        raise Refused(
            f"That is {len(said.text)} characters long. Say it in several messages of at most "
            f"{MOST_WORDS}, or hand in a file."
        )
    origin = said.origin.strip()[:MOST_ORIGIN]  # a longer one is refused later: do not scan it
    return concern_in(f"{said.text}\n{origin}\n{said.file.name if said.file else ''}")


def _correct(talk: Talk, said: Said, seal: Seal) -> Facts:
    """Amend or retract the note of an edited or deleted message; one that is no note is ignored."""
    state, sitting = talk.interview, talk.sitting
    for note_id, note in state.notes.items():
        if note.source is not None and note.source == said.source:
            if said.kind == "deletion":
                return notes.retract_note(state, sitting, note_id)
            concern = _concern(said)
            if concern is not None:
                return notes.stop(state, sitting, concern)
            if talk.read(note.words) == said.text:
                return ()
            return notes.amend_note(state, sitting, note_id, seal(said.text))
    return ()
