"""Words written in a window of their own: kept like all others, put right in place, never repeated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.slack.edge import Place, slack
from support.slack.windows import fill_in, opened, words

from ehsg_events.commands import rounds

AT_RISK = "This child is being hurt by his father right now."


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Somebody who was just asked for words."""
    with slack(tmp_path) as place:
        place.person().click(place.begin(), "answer:5.1:3")
        place.outbox.deliver()
        yield place


def window(place: Place, button: str = "Write privately") -> dict[str, Any]:
    """The window that the newest question opens."""
    question = place.newest()
    return opened(place, lambda: place.person().click(question, button))


def test_words_in_a_window_are_a_note_with_its_source_and_day(place: Place) -> None:
    """As evidence, under the question they were written beside."""
    view = window(place)
    assert "5.1: What is working well" in words(view)
    me = place.person()
    fill_in(me, view, words="Zebra crossings.", origin="Minutes", dated="2026-05-01")
    (note,) = place.interview().notes.values()
    assert (note.item, place.words()) == ("5.1", ["Zebra crossings."])
    assert note.evidence is not None
    assert (place.log.text(note.evidence.origin), note.evidence.dated) == (
        "Minutes",
        date(2026, 5, 1),
    )


def test_a_window_holds_ids_alone(place: Place) -> None:
    """Slack keeps what a window carries."""
    view = window(place)
    fill_in(place.person(), view, words="Zebra crossings.")
    again = window(place, "Edit what I wrote")
    carried = again["private_metadata"].split("/")
    assert carried[:3] == [str(place.assessment), "1", "police-1"]
    assert carried[3].startswith("write:5.1:working-well:private-")


def test_what_was_written_privately_is_never_repeated_in_the_chat(place: Place) -> None:
    """Neither by the receipt, nor by the list of answers, nor at the close."""
    me = place.person()
    fill_in(me, window(place), words="Zebra crossings.", origin="Zebra papers")
    assert "Noted (1 message)" in place.newest().text
    for said in ("my answers", "next", "next", "3", "next", "next"):
        me.type(said)
        place.newest()
    rounds.close_round(place.log, place.stamp("close"), place.assessment)
    place.newest()
    assert "Zebra" not in "".join(place.texts())
    assert sum("written privately" in text for text in place.texts()) == 3


@pytest.mark.parametrize("command", ["next", "withdraw yes", "3", "skip"])
def test_words_in_a_window_are_never_a_command(place: Place, command: str) -> None:
    """Who writes "next" there means the word."""
    fill_in(place.person(), window(place), words=command)
    assert place.words() == [command]
    assert not place.interview().finished & {("5.1", "working-well")}
    assert not place.interview().withdrawn


def test_a_window_submitted_again_is_one_note(place: Place) -> None:
    """As when our answer to Slack was lost and the person presses Keep once more."""
    view, me = window(place), place.person()
    fill_in(me, view, words="Zebra crossings.")
    request = fill_in(me, view, words="Zebra crossings.")
    assert request.reply == {}
    assert len(place.facts("NoteGiven")) == 1


def test_stopped_words_stay_in_the_window_and_can_be_put_right(place: Place) -> None:
    """The sentence stands at the box, and nothing of them is kept."""
    view, me = window(place), place.person()
    stopped = fill_in(me, view, words=AT_RISK)
    assert "safeguarding procedure now" in stopped.reply["errors"]["words"]
    assert place.words() == []
    assert len(place.facts("WordsStopped")) == 1
    assert fill_in(me, view, words="Children are heard.").reply == {}
    assert place.words() == ["Children are heard."]


def test_words_that_are_refused_stay_in_the_window(place: Place) -> None:
    """Not even the refusal is recorded, and then there is a way to close it: cancel."""
    view, me = window(place), place.person()
    assert "There is nothing here yet" in fill_in(me, view, words="  ").reply["errors"]["words"]
    rounds.close_round(place.log, place.stamp("close"), place.assessment)
    before = place.log.store.last_position()
    refused = fill_in(me, view, words="Zebra crossings.")
    assert "This round is closed" in refused.reply["errors"]["words"]
    assert place.log.store.last_position() == before


def test_after_the_close_no_window_opens_and_the_person_is_told(place: Place) -> None:
    """Nobody types for nothing."""
    question = place.newest()
    rounds.close_round(place.log, place.stamp("close"), place.assessment)
    assert place.person().click(question, "Write privately").status == 200
    assert "This round is closed, so answers can no longer" in place.newest().text
    assert not place.workspace.windows


def test_what_was_written_can_be_edited_in_a_window(place: Place) -> None:
    """It begins with the words as they are; the old ones stay in the record."""
    me = place.person()
    fill_in(me, window(place), words="Zebra crossings.", origin="Minutes")
    view = window(place, "Edit what I wrote")
    (box,) = (block for block in view["blocks"] if block["type"] == "input")
    assert box["element"]["initial_value"] == "Zebra crossings."
    fill_in(me, view, words="Pelican crossings.")
    assert place.words() == ["Pelican crossings."]
    assert len(place.facts("NoteAmended")) == 1


def test_a_window_belongs_to_who_opened_it(place: Place) -> None:
    """Another person's submission records nothing, and is not told whose it is."""
    view = window(place)
    other = place.person("U0HEALTH")
    before = place.log.store.last_position()
    assert fill_in(other, view, words="Mine.").reply == {}
    assert other.click(place.newest(), "Write privately").status == 200
    assert place.log.store.last_position() == before


def test_a_window_open_while_another_screen_is_asked_for_keeps_its_question(place: Place) -> None:
    """The words are not taken for the name of a colleague."""
    view, me = window(place), place.person()
    me.type("not the right person")
    fill_in(me, view, words="Zebra crossings.")
    assert place.words() == ["Zebra crossings."]
    assert place.interview().hand_on is None
