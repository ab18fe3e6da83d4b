"""The interview as talk: what a person said becomes facts. No clock, no writes, no surface.

A surface turns a click, a form or a typed line into `Said`; the reply is made in `prompts`.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from bots import phrases
from bots.interview import corrections, late, prompts, typed_words
from bots.interview.evidence import enclosed
from bots.interview.late import Stood
from bots.interview.said import Said, Seal, concern_of
from bots.interview.talk import Talk
from bots.interview.typed_words import Meant
from ehsg_events.events import (
    AnswerAmended,
    AnswerGiven,
    FieldFinished,
    FieldRevisited,
    InterviewResumed,
    InterviewStarted,
    ItemRevisited,
    NoteGiven,
    PrioritiesNamed,
)
from ehsg_events.interview import answers, notes, remind_me, unclear
from ehsg_events.interview.questions import WHICH_FIRST, Ask
from ehsg_events.interview.refusals import WITHDRAWN, Facts, refuse_if_over
from ehsg_events.kernel import Refused, Words
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.states.interview import REASON_FIELD, SCORE
from ehsg_events.values.evidence import Evidence

GOING_ON = (  # any of these ends a pause
    InterviewStarted,
    AnswerGiven,
    AnswerAmended,
    NoteGiven,
    FieldFinished,
    ItemRevisited,
    FieldRevisited,
    PrioritiesNamed,
)

OF_THE_TALK = {
    "pause": answers.pause,
    "resume": answers.resume,
    "hand-on": answers.ask_for_a_colleague,
}


def decide(talk: Talk, said: Said, seal: Seal) -> Facts:
    """What a person said, as the facts to record; none if it changes nothing.

    Args:
        seal: seals typed words and files for the vault.

    Raises:
        Refused: a rule said no, or the words could not be understood.
    """
    if talk.interview.withdrawn:
        raise Refused(_(WITHDRAWN))
    if said.kind in ("edit", "deletion"):
        facts = corrections.correct(talk, said, seal)
        return _decide(talk, replace(said, kind="words"), seal) if facts is None else facts
    return _decide(talk, said, seal)


def _decide(talk: Talk, said: Said, seal: Seal) -> Facts:
    concern = concern_of(said) if _is_typed(talk, said) else None
    if concern is not None:
        return notes.stop(talk.interview, talk.sitting, concern)
    meant = Meant(said.text) if said.kind == "choice" else _understood(talk, said)
    facts = _take_words(talk, said, seal) if meant is None else _in_time(talk, said, meant, seal)
    goes_on = talk.interview.paused and any(isinstance(fact, GOING_ON) for fact in facts)
    return (InterviewResumed(), *facts) if goes_on else facts


def _in_time(talk: Talk, said: Said, meant: Meant, seal: Seal) -> Facts:
    """Carry an act out, unless what it acted on has gone from the screen."""
    stood, token = said.stood, meant.token
    instead = late.instead(talk, token, stood) if stood and talk.interview.started else None
    if instead is not None:
        return _take_late_words(talk, said, stood, seal) if stood and meant.beside else instead
    facts = _beside(talk, said, meant, seal) + _act(talk, token, stood)
    if facts or stood is None:
        return facts
    return unclear.nothing("as-it-was", token.split(":")[1] if token[:7] == "answer:" else None)


def _is_typed(talk: Talk, said: Said) -> bool:
    """Whether the input holds words of the person's own; of all choices only a number does."""
    _before, _colon, target = said.text.partition("answer:")
    return said.kind != "choice" or talk.sitting.guide.kind_of(target.partition(":")[0]) == "number"


def _understood(talk: Talk, said: Said) -> Meant | None:
    """What typed words stand for; a note or words with a file are never a command."""
    if said.kind == "note" or said.file is not None:
        return None
    if said.stood is not None:
        return late.understood(talk, said.text, said.stood)
    sure = typed_words.whether_sure(said.text) if talk.interview.screen == "withdraw" else None
    if sure is not None:
        return Meant(sure)
    return typed_words.meant(said.text, said.about or talk.ask, talk.sitting)


def _beside(talk: Talk, said: Said, meant: Meant, seal: Seal) -> Facts:
    """Words beside a level, as a note under the first box of its item."""
    ask = said.stood.ask if said.stood else said.about or talk.ask
    if ask is None or not meant.beside or not talk.interview.started:
        return ()
    fields = talk.sitting.fields(ask.item)
    if not fields:  # in a workshop reasons are given aloud
        raise Refused(typed_words.not_understood(ask, talk.sitting))
    words = seal(meant.beside)
    return notes.give_note(talk.interview, talk.sitting, ask.item, fields[0].id, words, said.source)


def _act(talk: Talk, token: str, stood: Stood | None) -> Facts:
    state, sitting = talk.interview, talk.sitting
    match token.split(":"):
        case ["start"]:
            return answers.start(
                state, sitting, typed_words.digest(prompts.notice_as_digested(talk))
            )
        case ["pause" | "resume" | "hand-on" as step]:
            return OF_THE_TALK[step](state, sitting)
        case ["remind-me", *said]:
            typed = stood.at if stood else None
            return remind_me.wish(state, sitting, ":".join(said), talk.window, typed)
        case ["withdraw" | "withdraw-yes" as step]:
            asks = answers.ask_to_withdraw if step == "withdraw" else answers.withdraw
            return asks(state, signed_off=sitting.signed_off)
        case [
            "review"
            | "help"
            | "why"
            | "nudges"
            | "who-sees"
            | "what-waits"
            | "thanks"
            | "leave" as screen
        ]:
            return answers.show(state, screen)
    if not state.started:
        raise Refused(_(phrases.NOT_STARTED))
    return _act_on_a_question(talk, token)


def _act_on_a_question(talk: Talk, token: str) -> Facts:
    state, sitting = talk.interview, talk.sitting
    match token.split(":"):
        case ["answer", item, value]:
            return answers.answer(state, sitting, item, value)
        case ["next", item, field]:
            return answers.finish_field(state, sitting, item, field)
        case ["first", items]:
            return answers.name_priorities(state, sitting, [i for i in items.split(",") if i])
        case ["back"]:
            return answers.back(state, sitting)
        case ["place", words, field]:
            return unclear.place(state, sitting, UUID(words), field)
        case ["leave-out", words]:
            return unclear.leave_out(state, sitting, UUID(words))
    return _act_on_an_item(talk, token)


def _act_on_an_item(talk: Talk, token: str) -> Facts:
    """What is done to a named item whatever waits: its words ended, itself changed or explained."""
    state, sitting = talk.interview, talk.sitting
    match token.split(":"):
        case ["done", item]:
            return answers.finish_item(state, sitting, item)
        case ["change", item]:
            return answers.revisit(state, sitting, item)
        case ["change", item, field]:
            return answers.revisit_field(state, sitting, item, field)
        case ["levels", item] if sitting.guide.kind_of(item) == SCORE:
            return answers.show(state, "levels", item)
        case ["beside", item] if sitting.guide.kind_of(item):
            return answers.show(state, "beside", item)
    raise Refused(_("That button is not one of ours, so nothing was recorded. Say help to go on."))


def _take_words(talk: Talk, said: Said, seal: Seal) -> Facts:
    state, sitting = talk.interview, talk.sitting
    if not (said.text.strip() or said.file):
        return unclear.nothing("unread")
    if _names_a_colleague(talk, said):
        return answers.ask_to_hand_on(state, sitting, seal(said.text))
    if not state.started:
        raise Refused(_(phrases.NOT_STARTED))
    if said.stood is not None and not late.is_current(talk, said.stood):
        return _take_late_words(talk, said, said.stood, seal)
    ask = said.about or talk.ask
    if ask is None or ask.field == SCORE or ask == WHICH_FIRST:
        refuse_if_over(state, sitting)
        raise Refused(typed_words.not_understood(ask, talk.sitting))
    return _note(talk, said, ask, seal)


def _names_a_colleague(talk: Talk, said: Said) -> bool:
    """Whether words say who would be the right person, as they were asked to."""
    if said.stood is not None:
        return said.stood.screen == "hand-on"
    return talk.interview.screen == "hand-on" and said.about is None


def _take_late_words(talk: Talk, said: Said, stood: Stood, seal: Seal) -> Facts:
    """Keep words under the question that stood, set them aside, or say that nothing was asked."""
    refuse_if_over(talk.interview, talk.sitting)
    under = late.field_of(talk, stood)
    if under is not None:
        return _note(talk, said, under, seal)
    alone = said.kind == "words" and not said.file and typed_words.goes_on(said.text)
    if stood.ask is None or alone or not late.may_be_placed(talk, stood):
        return unclear.nothing("unplaced" if stood.ask is None else "moved-on")
    text, evidence = _kept(said, seal)
    state, sitting = talk.interview, talk.sitting
    return unclear.set_aside(state, sitting, stood.ask.item, text, said.source, evidence)


def _note(talk: Talk, said: Said, ask: Ask, seal: Seal) -> Facts:
    state, sitting = talk.interview, talk.sitting
    if ask.field == REASON_FIELD.id and said.kind == "words" and said.file is None:
        number = typed_words.bare_level(said.text, ask.item, sitting)
        if number is not None:
            return _asked_about(talk, ask.item, number)
    text, evidence = _kept(said, seal)
    return notes.give_note(state, sitting, ask.item, ask.field, text, said.source, evidence)


def _asked_about(talk: Talk, item: str, number: str) -> Facts:
    """Ask what a number is meant for that came where a reason was asked for: it is none."""
    new = answers.meant(talk.sitting, item, number)
    if new == talk.interview.answers.get(item):
        return unclear.nothing("as-it-was", item)
    return unclear.query_change(talk.interview, talk.sitting, item, new)


def _kept(said: Said, seal: Seal) -> tuple[Words, Evidence | None]:
    """Words as they are kept, and what comes with them."""
    text = typed_words.unquoted(said.text)
    evidence = enclosed(text, said.origin, said.dated, said.file, seal)
    # a file without words is called by its kind: its own name is told to nobody else
    return seal(text or (evidence.file.kind if evidence and evidence.file else "")), evidence
