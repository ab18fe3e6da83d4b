"""What was written in a window of its own is kept, and never repeated in the chat."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from support.area import sitting, words

from bots import phrases
from bots.delivery.private_notes import discreet, ways
from bots.interview.talk import Talk
from ehsg_events.interview.questions import Ask
from ehsg_events.kernel import Words
from ehsg_events.states.interview import SCORE, Answer, Interview
from ehsg_events.values.beside import Note
from ehsg_events.values.evidence import Evidence

SCORED, WELL = Ask("5.1", SCORE), Ask("5.1", "working-well")
TYPED, WRITTEN, AGAIN = (words(text) for text in ("Typed here.", "In a window.", "And more."))
SAYS = {TYPED.id: "Typed here.", WRITTEN.id: "In a window.", AGAIN.id: "And more."}
LINK = Evidence(kind="link", origin=words("A page of ours."))


def note(said: Words, source: str) -> Note:
    """A note under the first box for words, with evidence."""
    return Note(*WELL, said, source, LINK)


def talk(*notes: Note) -> Talk:
    """Somebody has scored 5.1 and is asked for words."""
    held = {UUID(int=number): typed for number, typed in enumerate(notes)}
    scored = {"5.1": Answer("score", "3", 3)}
    state = Interview(started=True, answers=scored, notes=held, finished=frozenset({SCORED}))
    return Talk(sitting(), state, "Sefton", "Police", "", lambda w: SAYS[w.id] if w else None)


def test_what_was_written_privately_is_not_read_out_and_what_was_typed_is() -> None:
    """The chat holds the latter anyway."""
    told = discreet(talk(note(TYPED, "1.2"), note(WRITTEN, "private-1")))
    assert told.read(WRITTEN) == phrases.PRIVATE
    assert told.read(TYPED) == "Typed here."
    assert told.read(None) is None


def test_what_lies_under_private_words_is_not_told_either() -> None:
    """A link or a file would say what they are about; the notes themselves are all there."""
    before = talk(note(TYPED, "1.2"), note(WRITTEN, "private-1"))
    told = discreet(before).interview.notes
    assert [kept.evidence for kept in told.values()] == [LINK, None]
    assert list(told) == list(before.interview.notes)


def test_a_talk_in_which_all_was_typed_is_told_as_it_is() -> None:
    """There is nothing to keep back."""
    before = talk(note(TYPED, "1.2"))
    assert discreet(before) is before


@pytest.mark.parametrize(
    ("written", "edits"),
    [
        ([], []),
        (["private-1"], ["Edit what I wrote"]),
        (["private-1", "private-2"], ["Edit what I wrote (1)", "Edit what I wrote (2)"]),
    ],
)
def test_each_note_that_was_written_in_a_window_has_a_numbered_way_back(
    written: list[str], edits: list[str]
) -> None:
    """Each opens its own; what was typed in the chat is edited there."""
    said = zip((WRITTEN, AGAIN), written, strict=False)
    theirs = talk(note(TYPED, "1.2"), *(note(text, source) for text, source in said))
    offered = ways(theirs, WELL)
    assert [choice.label for choice in offered] == [phrases.WRITE_PRIVATELY, *edits]
    token = "write:5.1:working-well"
    assert [choice.token for choice in offered] == [token, *(f"{token}:{s}" for s in written)]


def test_a_new_note_is_offered_only_under_the_question_that_waits_and_nothing_after_the_close() -> (
    None
):
    """Further up, what was written can still be edited."""
    theirs = talk(note(WRITTEN, "private-1"))
    further_up = replace(theirs.interview, finished=frozenset({SCORED, WELL}))
    offered = ways(replace(theirs, interview=further_up), WELL)
    assert [choice.label for choice in offered] == ["Edit what I wrote"]
    assert ways(replace(theirs, sitting=sitting(closed=True)), WELL) == ()
