"""Words written in a window of their own: kept like all others, never repeated in the chat.

Whoever runs the chat keeps it under rules of their own; such words were never in it.
No clock and no writes.
"""

from __future__ import annotations

from dataclasses import replace

from bots import phrases
from bots.interview.talk import Choice, Talk
from ehsg_events.interview.notes import PRIVATE
from ehsg_events.interview.questions import Ask
from ehsg_events.kernel import Words
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.values.beside import Note


def is_private(note: Note) -> bool:
    """Whether a note was written in a window of its own."""
    return note.source is not None and note.source.startswith(PRIVATE)


def discreet(talk: Talk) -> Talk:
    """The talk as it may be repeated in a chat: without what was written privately."""
    notes = talk.interview.notes
    private = {name: note for name, note in notes.items() if is_private(note)}
    if not private:
        return talk
    hidden = {note.words.id for note in private.values()}
    without_evidence = {name: note._replace(evidence=None) for name, note in private.items()}

    def read(words: Words | None) -> str | None:
        return _(phrases.PRIVATE) if words is not None and words.id in hidden else talk.read(words)

    interview = replace(talk.interview, notes={**notes, **without_evidence})
    return replace(talk, interview=interview, read=read)


def ways(talk: Talk, ask: Ask) -> tuple[Choice, ...]:
    """Buttons that open windows to write in under a question: a new note, or one to edit."""
    if talk.sitting.closed:
        return ()
    token = f"write:{ask.item}:{ask.field}"
    notes = [note for note in talk.interview.notes.values() if (note.item, note.field) == ask]
    edits = [f"{token}:{note.source}" for note in notes if is_private(note)]
    numbered = (phrases.edit_written(number, len(edits)) for number in range(1, len(edits) + 1))
    new = (Choice(_(phrases.WRITE_PRIVATELY), token),) if ask == talk.ask else ()
    return (*new, *map(Choice, numbered, edits))
