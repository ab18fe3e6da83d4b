"""Words that cannot be placed wait for one click; what is put right later is taken as it was meant."""

from __future__ import annotations

import pytest
from support.slack.edge import Place
from support.slack.late import ME, place, press

from bots.slack.loopback.person import Request

__all__ = ["place"]


def set_aside(place: Place, words: str = "We ask every family.") -> Request:
    """Words typed between the click on a level and the next question."""
    assert place.person().click(place.newest(), "answer:5.1:3").status == 200
    _, typed = place.person().type(words)
    place.outbox.deliver()
    return typed


def test_words_between_a_click_and_the_next_question_wait_for_one_click(place: Place) -> None:
    """Placed, they are a note like others, which an edit finds by its message."""
    set_aside(place)
    assert place.words() == []
    asked = place.person().inbox[-1]
    assert "“We ask every family.” It is set aside and counts nowhere yet." in asked.text
    token = next(b["value"] for b in asked.buttons).split("/", 3)[3]
    press(place, token)
    assert place.words() == ["We ask every family."]
    (note,) = place.interview().notes.values()
    assert (note.item, note.field) == ("5.1", "working-well")
    assert not place.interview().aside


@pytest.mark.parametrize("where", ["my answers", "the end"])
def test_words_that_wait_still_can_be_placed_wherever_answers_are_shown(
    place: Place, where: str
) -> None:
    """Not only under the message that asked first, which has gone up in the chat."""
    set_aside(place)
    if where == "the end":
        place.finish()
    else:
        place.outbox.deliver()
        assert place.person().type("my answers")[1].status == 200
    shown = place.newest()
    assert "Where does it belong?" in shown.text
    assert (
        place.person()
        .click(shown, f"place:{next(iter(place.interview().aside))}:working-well")
        .status
        == 200
    )
    assert not place.interview().aside
    assert "We ask every family." in place.words()


def test_what_was_left_out_counts_nowhere_and_is_said(place: Place) -> None:
    """The last button leaves it out; pressed twice, that is so already."""
    set_aside(place)
    asked = place.person().inbox[-1]
    for _ in range(2):
        assert place.person().press(asked.buttons[-1], asked).status == 200
        place.outbox.deliver()
    assert place.words() == []
    assert len(place.facts("WordsLeftOut")) == 1
    left_out, again = place.texts()[-2:]
    assert "Left out" in left_out
    assert "That stands already" in again


def test_guarded_words_are_never_set_aside(place: Place) -> None:
    """The guards come first, whatever stood on the screen."""
    set_aside(place, "The child is being hit at home right now.")
    assert not place.facts("WordsSetAside")
    assert len(place.facts("WordsStopped")) == 1
    assert any("so it was not kept here" in text for text in place.texts())


def test_the_edit_and_the_deletion_of_words_set_aside_are_taken(place: Place) -> None:
    """The edited words wait instead; deleted, nothing waits."""
    set_aside(place)
    (ts,) = [m.ts for m in place.workspace.messages[f"D{ME}"].values() if m.author == ME]
    place.person().edit(ts, "We ask every family twice.")
    texts = [place.log.text(words.words) for words in place.interview().aside.values()]
    assert texts == ["We ask every family twice."]
    place.person().delete(ts)
    assert not place.interview().aside


# -- edits of what was no note ---------------------------------------------------------------------
def test_an_edited_score_asks_whether_the_answer_is_to_change(place: Place) -> None:
    """Nothing changes by the edit alone, and it is never ignored."""
    ts, _ = place.person().type("3")
    place.outbox.deliver()
    place.person().edit(ts, "4")
    place.outbox.deliver()
    assert place.interview().answers["5.1"].score == 3
    assert "Your edited message would make it “4" in place.texts()[-1]
    press(place, "answer:5.1:4")
    assert place.interview().answers["5.1"].score == 4


def test_a_deleted_score_stands_and_its_person_is_told(place: Place) -> None:
    """With the way to change it."""
    ts, _ = place.person().type("3")
    place.outbox.deliver()
    place.person().delete(ts)
    place.outbox.deliver()
    assert place.interview().answers["5.1"].score == 3
    assert "That stands, although you deleted your message." in place.texts()[-1]


def test_refused_words_that_are_edited_are_taken_as_said_under_the_same_question(
    place: Place,
) -> None:
    """Somebody puts right what was refused, where they had typed it."""
    ts, _ = place.person().type("it depends")
    place.outbox.deliver()
    place.person().edit(ts, "2")
    assert place.interview().answers["5.1"].score == 2


def test_stopped_words_that_are_edited_are_taken_without_what_was_stopped(place: Place) -> None:
    """They take the number out of their message, as they were asked to."""
    press(place, "answer:5.1:3")
    ts, _ = place.person().type("We asked 943 476 5919 about it.")
    assert place.words() == []
    place.person().edit(ts, "We asked one family about it.")
    assert place.words() == ["We asked one family about it."]


def test_an_edited_command_is_answered(place: Place) -> None:
    """It changes nothing, and that is said."""
    ts, _ = place.person().type("help")
    place.outbox.deliver()
    before = len(place.texts())
    place.person().edit(ts, "I need help with this")
    place.outbox.deliver()
    assert len(place.texts()) == before + 1
