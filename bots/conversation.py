"""The interview as talk: what was said becomes facts. Pure: no clock, no storage, no surface.

A surface turns a click, a form or a typed line into `Said`; what is said back is in `prompts`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bots import phrases, prompts, words
from bots.prompts import Talk
from ehsg_events import answering
from ehsg_events.interview import SCORE, InterviewFact
from ehsg_events.kernel import Refused, Words

Seal = Callable[[str], Words]


@dataclass(frozen=True)
class Said:
    """What a person did: chose a token, typed words, edited or deleted what they had typed.

    `source` is the surface's own name for the message, by which an edit finds its note.
    """

    kind: Literal["choice", "words", "edit", "deletion"]
    text: str
    source: str | None = None


def decide(talk: Talk, said: Said, seal: Seal) -> tuple[InterviewFact, ...]:
    """What was said, as facts.

    Args:
        seal: seals typed words for the vault.

    Raises:
        Refused: a rule said no, or the words could not be understood.
    """
    if talk.interview.withdrawn:
        raise Refused(answering.WITHDRAWN)
    if said.kind in ("edit", "deletion"):
        return _correct(talk, said, seal)
    token = (
        said.text if said.kind == "choice" else words.understand(said.text, talk.ask, talk.sitting)
    )
    if token is not None:
        return _act(talk, token)
    return _take_words(talk, said, seal)


def _act(talk: Talk, token: str) -> tuple[InterviewFact, ...]:
    state, sitting = talk.interview, talk.sitting
    match token.split(":"):
        case ["start"]:
            return answering.start(state, sitting, words.digest(prompts.notice(talk).text))
        case ["pause"]:
            return answering.pause(state, sitting)
        case ["resume"]:
            return answering.resume(state, sitting)
        case ["withdraw-yes"]:
            return answering.withdraw(state, signed_off=sitting.signed_off)
        case ["review" | "help" | "withdraw" | "why" as screen]:
            return answering.show(state, screen)
    if not state.started:
        raise Refused(phrases.NOT_STARTED)
    return _act_on_a_question(talk, token)


def _act_on_a_question(talk: Talk, token: str) -> tuple[InterviewFact, ...]:
    state, sitting = talk.interview, talk.sitting
    match token.split(":"):
        case ["answer", item, value]:
            return answering.answer(state, sitting, item, value)
        case ["next", item, field]:
            return answering.finish_field(state, sitting, item, field)
        case ["change", item]:
            return answering.revisit(state, sitting, item)
        case ["back"]:
            return answering.back(state, sitting)
    raise Refused("That button is not one of ours, so nothing was recorded. Say help to go on.")


def _take_words(talk: Talk, said: Said, seal: Seal) -> tuple[InterviewFact, ...]:
    if not talk.interview.started:
        raise Refused(phrases.NOT_STARTED)
    ask = talk.ask
    if ask is None or ask.field == SCORE:
        item = ask.item if ask else talk.sitting.items[0]
        answering.refuse_if_over(talk.interview, talk.sitting)
        raise Refused(words.not_understood(item, talk.sitting, asked=ask is not None))
    return answering.give_note(
        talk.interview, talk.sitting, ask.item, ask.field, seal(said.text), said.source
    )


def _correct(talk: Talk, said: Said, seal: Seal) -> tuple[InterviewFact, ...]:
    """An edited or deleted message: it changes its own note, and nothing if it was none."""
    for name, note in talk.interview.notes.items():
        if note.source is not None and note.source == said.source:
            if said.kind == "deletion":
                return answering.retract_note(talk.interview, talk.sitting, name)
            return answering.amend_note(talk.interview, talk.sitting, name, seal(said.text))
    return ()
