"""Where it is unclear what a person meant: set aside, placed, left out, asked; nothing by itself."""

from __future__ import annotations

from support.area import words
from support.log.interview import SEAT, answered
from support.spec import folded, given

from ehsg_events.events import (
    ChangeQueried,
    InterviewStarted,
    NoteGiven,
    NothingChanged,
    ScreenAsked,
    WordsLeftOut,
    WordsSetAside,
)
from ehsg_events.interview.unclear import leave_out, nothing, place, query_change, set_aside
from ehsg_events.states.interview import Answer

ASIDE = WordsSetAside(item="5.1", words=words("a"), source="ts-1")
PLACED = NoteGiven(item="5.1", field="working-well", words=words("a"), source="ts-1")


def test_words_set_aside_are_no_note() -> None:
    """They count nowhere until somebody has said where they belong."""
    given().when(set_aside, SEAT, "5.1", words("a"), "ts-1", None).then(ASIDE)
    assert not folded(ASIDE).notes


def test_placed_they_are_a_note_like_others() -> None:
    """The same words, by the same source, and no longer set aside."""
    given(ASIDE).when(place, SEAT, ASIDE.words.id, "working-well").then(PLACED)
    assert not folded(ASIDE, PLACED).aside
    given(ASIDE, PLACED).when(place, SEAT, ASIDE.words.id, "working-well").then_nothing()


def test_left_out_they_are_gone() -> None:
    """And cannot be placed afterwards."""
    left_out = WordsLeftOut(set_aside=ASIDE.words.id)
    given(ASIDE).when(leave_out, SEAT, ASIDE.words.id).then(left_out)
    given(ASIDE, left_out).when(place, SEAT, ASIDE.words.id, "working-well").then_nothing()
    given(ASIDE, left_out).when(leave_out, SEAT, ASIDE.words.id).then_nothing()


def test_a_change_that_is_asked_about_is_no_change() -> None:
    """The answer stands until it is clicked."""
    answer, asked = answered("5.1", "3"), ChangeQueried(item="5.1", value="0")
    given(answer).when(query_change, SEAT, "5.1", Answer("score", "0", 0)).then(asked)
    assert folded(answer, asked).answers == folded(answer).answers


def test_what_changed_nothing_leaves_even_the_screen() -> None:
    """A question before a withdrawal still waits for its answer."""
    assert nothing("moved-on", "5.1") == (NothingChanged(why="moved-on", item="5.1"),)
    before = folded(InterviewStarted(notice=""), ScreenAsked(screen="withdraw"))
    after = folded(
        InterviewStarted(notice=""), ScreenAsked(screen="withdraw"), NothingChanged(why="edited")
    )
    assert after == before
