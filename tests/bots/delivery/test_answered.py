"""Whoever acts is answered: what answers somebody is never overtaken, and a lost question returns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.slack.edge import Place, every_message_has_one_end, slack
from support.slack.late import press

from bots.slack.loopback.http import Trouble
from ehsg_events.commands import rounds

ANSWERS = {  # what is typed, and a part of what answers it
    "This child is being hurt at home right now.": "so it was not kept here",
    "Her NHS number is 943 476 5919.": "NHS number",
    "help": "You can say at any time",
    "my answers": "Your answers so far",
    "why am I asked": "You are asked because",
    "who sees this": "Who sees it",
    "why was I reminded": "No reminder has been due to you",
    "not the right person": "Who would be the right person?",
    "withdraw": "Do you want to withdraw from the assessment of Sefton?",
    "change 9.9 to 3": "You were not asked about 9.9",
    "change 5.1 to 3": "That stands already, so nothing was changed.",
    "what waits": "wait for you",
}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Somebody who has scored 5.1 and is asked for words; at the end each message had one end."""
    with slack(tmp_path) as place:
        place.begin()
        place.clock.on(seconds=30)
        press(place, "answer:5.1:3")
        yield place
        place.outbox.deliver()
        every_message_has_one_end(place)


@pytest.mark.parametrize("second", ["help", "next", "We ask every family.", "5.1", "pause"])
@pytest.mark.parametrize(("typed", "answer"), ANSWERS.items())
def test_an_answer_is_never_overtaken(place: Place, typed: str, answer: str, second: str) -> None:
    """Something else is typed before the first was answered; both are answered, each once."""
    before = len(place.texts())
    place.person().type(typed)
    place.person().type(second)
    place.outbox.deliver()
    said = place.texts()[before:]
    assert sum(answer in text for text in said) == 1
    repeated = typed == second  # of the same screen, asked for twice at once, one is enough
    assert ("overtaken" in place.withheld().values()) is repeated


def test_of_questions_only_the_newest_is_put(place: Place) -> None:
    """On with it, and back at once: one question comes of it."""
    before = len(place.texts())
    place.person().click(place.person().inbox[-1], "next:5.1:working-well")
    place.person().click(place.person().inbox[-2], "change:5.1")
    place.outbox.deliver()
    (asked,) = place.texts()[before:]
    assert "5.1 Family engagement" in asked
    assert "overtaken" in place.withheld().values()


def test_a_last_note_with_the_step_to_the_last_question_leaves_the_question(place: Place) -> None:
    """The note is kept where it was typed, and the question is put with its buttons."""
    press(place, "next:5.1:working-well")
    place.person().type("next")
    place.person().type("One more word.")
    place.outbox.deliver()
    buttons = [b["value"] for message in place.person().inbox for b in message.buttons]
    assert any(value.endswith("answer:5.2:3") for value in buttons)
    assert place.words() == ["One more word."]


# -- nothing changed -------------------------------------------------------------------------------
@pytest.mark.parametrize("typed", ["start", "change 5.1 to 3", "go on"])
def test_typed_words_that_change_nothing_are_answered(place: Place, typed: str) -> None:
    """Each time."""
    for _ in range(2):
        before = len(place.texts())
        place.person().type(typed)
        place.outbox.deliver()
        assert len(place.texts()) == before + 1


def test_a_click_that_changes_nothing_is_answered(place: Place) -> None:
    """Whoever presses Start when they have long begun reads where they are, and how to go on."""
    for _ in range(2):
        before = len(place.texts())
        place.person().click(place.person().inbox[0], "start")
        place.outbox.deliver()
        (said,) = place.texts()[before:]
        assert "That stands already" in said
        assert "We are at 5.1" in said


def test_a_click_that_changes_nothing_is_answered_by_what_is_about_to_be_said(place: Place) -> None:
    """Whoever presses a button twice before we speak reads one answer."""
    question = place.person().inbox[-1]
    for _ in range(2):
        place.person().click(question, "next:5.1:working-well")
    before = len(place.texts())
    place.outbox.deliver()
    (said,) = place.texts()[before:]
    assert "What are you prioritising next?" in said


def test_that_nothing_changed_is_said_once(place: Place) -> None:
    """However often the same was typed before it was said."""
    for text in ("start", "start", "start"):
        place.person().type(text)
    before = len(place.texts())
    place.outbox.deliver()
    assert sum("That stands already" in text for text in place.texts()[before:]) == 1


# -- a question that was lost ----------------------------------------------------------------------
def lose_the_next(place: Place) -> None:
    """The next question cannot be delivered."""
    place.workspace.trouble["chat.postMessage"].append(Trouble("error", error="user_disabled"))
    place.person().type("next")
    place.outbox.deliver()
    assert len(place.facts("MessageFailed")) == 1


@pytest.mark.parametrize(
    "act", ["start", "help", "Some words.", "what?", "change 5.1 to 3", "next"]
)
def test_a_question_that_failed_is_put_again_when_the_person_acts(place: Place, act: str) -> None:
    """Whatever they do; and what they did is answered as well."""
    lose_the_next(place)
    before = len(place.texts())
    place.person().type(act)
    place.outbox.deliver()
    assert any("What are you prioritising next?" in text for text in place.texts()[before:])


def test_a_question_that_failed_is_put_again_by_a_second_press(place: Place) -> None:
    """The press changes nothing, but what it asks for does not stand."""
    lose_the_next(place)
    place.person().click(place.person().inbox[0], "start")
    place.outbox.deliver()
    assert "What are you prioritising next?" in place.texts()[-1]


def test_a_question_that_failed_is_put_again_once_another_message_arrives(place: Place) -> None:
    """What was in the way is gone; it is put once."""
    lose_the_next(place)
    place.clock.on(days=11)
    rounds.advance(place.log, place.stamp("tick"), place.assessment)
    place.outbox.deliver()
    reminder, question = place.texts()[-2:]
    assert "a reminder" in reminder
    assert "What are you prioritising next?" in question


def test_the_notice_that_failed_is_put_when_the_person_writes(tmp_path: Path) -> None:
    """They are asked to read it first, so it must be there."""
    with slack(tmp_path) as place:
        trouble = Trouble("error", error="user_disabled")
        place.workspace.trouble["chat.postMessage"].extend([trouble] * 3)
        place.outbox.deliver()
        place.person().type("Hello?")
        place.outbox.deliver()
        assert any("Taking part is voluntary" in text for text in place.texts())


# -- two panels ------------------------------------------------------------------------------------
def test_every_message_names_its_area_in_its_first_line(place: Place) -> None:
    """Who is on two panels must know which one speaks."""
    for typed in ("help", "my answers", "We ask.", "next", "what?", "pause", "go on", "withdraw"):
        place.person().type(typed)
        place.outbox.deliver()
    assert all("Sefton" in text.partition("\n")[0] for text in place.texts())


@pytest.mark.parametrize("typed", ["what waits", "report", "Status"])
def test_one_word_lists_what_waits_in_every_area(place: Place, typed: str) -> None:
    """Each answers with its own button."""
    place.clock.on(minutes=5)
    place.open_another("Northvale")
    place.outbox.deliver()
    before = len(place.person().inbox)
    place.person().type(typed)
    place.outbox.deliver()
    said = place.person().inbox[before:]
    assert sorted(message.text.partition(":")[0] for message in said) == ["Northvale", "Sefton"]
    assert all("wait for you" in message.text for message in said)
    assert {m.buttons[0]["text"]["text"] for m in said} == {"Go on"}
