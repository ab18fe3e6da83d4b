"""Messages of a chat that are edited or deleted after they were heard. No clock, no I/O."""

from __future__ import annotations

from uuid import UUID

from bots.interview import typed_words
from bots.interview.said import Said, Seal, concern_of
from bots.interview.talk import Talk
from ehsg_events.events import (
    AnswerAmended,
    AnswerGiven,
    ChangeQueried,
    InputRefused,
    NothingChanged,
    WordsStopped,
)
from ehsg_events.interview import answers, notes, unclear
from ehsg_events.interview.questions import Ask
from ehsg_events.interview.refusals import Facts
from ehsg_events.states.interview import SCORE

NOT_TAKEN = (InputRefused, WordsStopped, ChangeQueried, NothingChanged)  # said, but not recorded


def correct(talk: Talk, said: Said, seal: Seal) -> Facts | None:
    """Amend or retract the note of an edited or deleted message, or answer for what else it was.

    Returns:
        None where an edited message is to be taken as if its words were said now.
    """
    state, sitting = talk.interview, talk.sitting
    if said.kind == "deletion":
        return _delete(talk, said)
    concern = concern_of(said)
    if concern is not None and (said.became or _note_of(talk, said)):
        return notes.stop(state, sitting, concern)
    note = _note_of(talk, said)
    if note is None:
        return _edit(talk, said, seal)
    if talk.read(state.notes[note].words) == said.text:
        return ()
    return notes.amend_note(state, sitting, note, seal(said.text))


def _note_of(talk: Talk, said: Said) -> UUID | None:
    """The note that a message was kept as."""
    notes_ = talk.interview.notes.items()
    return next((key for key, note in notes_ if note.source and note.source == said.source), None)


def _aside_of(talk: Talk, said: Said) -> UUID | None:
    """The words of a message that were set aside."""
    aside = talk.interview.aside.items()
    return next((key for key, words in aside if words.source and words.source == said.source), None)


def _delete(talk: Talk, said: Said) -> Facts:
    state, sitting = talk.interview, talk.sitting
    note, aside = _note_of(talk, said), _aside_of(talk, said)
    if note is not None:
        return notes.retract_note(state, sitting, note)
    if aside is not None:
        return unclear.leave_out(state, sitting, aside)
    item = _answered_by(said)
    return unclear.nothing("deleted", item) if item in state.answers else ()


def _edit(talk: Talk, said: Said, seal: Seal) -> Facts | None:
    """Answer the edit of a message that is no note; none where it was not taken before."""
    state, sitting, aside = talk.interview, talk.sitting, _aside_of(talk, said)
    if aside is not None:
        before = state.aside[aside]
        left_out = unclear.leave_out(state, sitting, aside)
        anew = unclear.set_aside(
            state, sitting, before.item, seal(said.text), said.source, before.evidence
        )
        return (*left_out, *anew)
    item = _answered_by(said)
    if item in state.answers:
        return _edit_answer(talk, str(item), said.text)
    if any(isinstance(fact, NOT_TAKEN) for fact in said.became):
        return None
    return unclear.nothing("edited") if said.became else ()


def _answered_by(said: Said) -> str | None:
    """The item that a message answered."""
    answered = (fact for fact in said.became if isinstance(fact, AnswerGiven | AnswerAmended))
    return next((fact.item for fact in answered), None)


def _edit_answer(talk: Talk, item: str, text: str) -> Facts:
    """Ask whether an answer is to change, whose message says another one now."""
    state, sitting = talk.interview, talk.sitting
    token = typed_words.understand(text, Ask(item, SCORE), sitting) or ""
    if not token.startswith(f"answer:{item}:"):
        return unclear.nothing("as-it-was", item)
    new = answers.meant(sitting, item, token.removeprefix(f"answer:{item}:"))
    if new == state.answers[item]:
        return ()
    return unclear.query_change(state, sitting, item, new, edited=True)
