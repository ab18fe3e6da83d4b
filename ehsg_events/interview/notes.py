"""Words typed under an item: given, amended, taken back, or not kept at all."""

from __future__ import annotations

from uuid import UUID

from ehsg_events.events import (
    AnswerAmended,
    AnswerGiven,
    Concern,
    NoteAmended,
    NoteGiven,
    NoteRetracted,
    WordsStopped,
)
from ehsg_events.interview.questions import boxes
from ehsg_events.interview.refusals import Facts, refuse_if_over, refuse_unless_asked, said_back
from ehsg_events.kernel import Refused, Words
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.states.interview import Interview, Sitting
from ehsg_events.values.evidence import MEGABYTE, Evidence

PRIVATE = "private-"  # prefix of the source of words that are never repeated in a chat
MOST_NOTES = 100  # under one field; people have to read them all
MOST_HANDED = 100 * MEGABYTE  # of files, from one person in one round


def give_note(
    state: Interview,
    sitting: Sitting,
    item: str,
    field: str,
    words: Words,
    source: str | None,
    evidence: Evidence | None = None,
) -> Facts:
    """Add words under a field of an item: evidence, a next step, or a reason.

    Args:
        source: the surface's own id of the message, by which a later edit finds the note.
        evidence: its kind, source and day, if it is more than a plain statement.
    """
    refuse_unless_asked(state, sitting, item)
    known = [box.id for box in boxes(state, sitting, item)]
    if field not in known:
        takes = (
            _("It takes words under: {fields}.", fields=", ".join(known))
            if known
            else _("It takes a score only.")
        )
        raise Refused(
            _(
                "{item} has no field called {field}. {takes}",
                item=item,
                field=said_back(field),
                takes=takes,
            )
        )
    _refuse_if_full(state, item, field, evidence)
    note = NoteGiven(item=item, field=field, words=words, source=source, evidence=evidence)
    earlier = state.answers.get(item)
    if sitting.has_value(item) or (earlier and earlier.kind == "text"):
        return (note,)
    record = AnswerAmended if earlier else AnswerGiven
    answer = record(item=item, kind="text", level=None, score=None, exposure=sitting.exposure(item))
    return (answer, note)


def _refuse_if_full(state: Interview, item: str, field: str, evidence: Evidence | None) -> None:
    notes = [note for note in state.notes.values() if (note.item, note.field) == (item, field)]
    if len(notes) >= MOST_NOTES:
        raise Refused(
            _(
                "You have written {most} notes here, and no more are taken. Change one of them, "
                "or say next to go on.",
                most=MOST_NOTES,
            )
        )
    refuse_if_too_large(state, evidence)


def refuse_if_too_large(state: Interview, evidence: Evidence | None) -> None:
    """Refuse a file where a person's files would be too large together with it."""
    if evidence and evidence.file and state.handed + evidence.file.size > MOST_HANDED:
        raise Refused(
            _(
                "Your files are more than {most} MB together with this one, so it "
                "was not taken. Paste a link to it instead.",
                most=MOST_HANDED // MEGABYTE,
            )
        )


def amend_note(state: Interview, sitting: Sitting, note: UUID, words: Words) -> Facts:
    """Replace the words of a note; the old ones stay on the log."""
    refuse_if_over(state, sitting)
    _refuse_unless_noted(state, note)
    return (NoteAmended(note=note, words=words),)


def retract_note(state: Interview, sitting: Sitting, note: UUID) -> Facts:
    """Take a note back."""
    refuse_if_over(state, sitting)
    _refuse_unless_noted(state, note)
    return (NoteRetracted(note=note),)


def stop(state: Interview, sitting: Sitting, concern: Concern) -> Facts:
    """Record which concern stopped words, and nothing of the words themselves."""
    refuse_if_over(state, sitting)
    return (WordsStopped(concern=concern),)


def _refuse_unless_noted(state: Interview, note: UUID) -> None:
    if note not in state.notes:
        raise Refused(_("That note is not in this interview any more, so it cannot be changed."))
