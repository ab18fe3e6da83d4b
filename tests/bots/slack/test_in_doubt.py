"""While nobody knows what stood on the screen, words wait, or their person is asked."""

from __future__ import annotations

from pathlib import Path

from support.slack.edge import Place, slack
from support.slack.late import ME, arrive, on_its_way, place, press

from bots.slack.loopback.http import Trouble

__all__ = ["place"]


def test_words_wait_while_nobody_knows_what_stood_there(place: Place) -> None:
    """A message that may have been posted: Slack sends the words again once that is known."""
    stood = place.newest()
    assert place.person().click(stood, "answer:5.1:3").status == 200
    claim(place)
    _, typed = place.person().type("We ask every family.")
    assert typed.status == 500
    assert not place.interview().notes
    assert place.person().again(typed, retry=3).status == 200
    assert not place.interview().notes
    assert len(place.facts("WordsSetAside")) == 1


def test_a_question_that_was_found_in_the_chat_is_answered_like_any_other(place: Place) -> None:
    """Though a newer one had overtaken it by then: a number under its words is a note, no score."""
    stood = place.newest()
    place.person().click(stood, "answer:5.1:3")
    claim(place)
    place.person().click(place.workspace.inbox(ME)[1], "change:5.1")
    place.clock.on(seconds=2)
    place.workspace.trouble["chat.postMessage"].append(Trouble("ratelimited", 30))
    place.outbox.deliver()
    assert "What is working well" in place.texts()[-1]
    _, typed = place.person().type("4")
    place.clock.on(seconds=60)
    place.outbox.deliver()
    assert place.person().again(typed, retry=1).status == 200
    assert [fact.fact.score for fact in place.facts("AnswerGiven")] == [3]  # type: ignore[attr-defined]
    assert not place.facts("AnswerAmended")


def test_an_answer_of_the_very_instant_of_a_late_word_stands(place: Place) -> None:
    """The click came after what was typed, and its person is asked whether to change it."""
    for token in ("answer:5.1:5", "next:5.1:working-well", "next:5.1:prioritising-next"):
        place.clock.on(seconds=5)
        press(place, token)
    place.clock.on(seconds=10)
    _, late = on_its_way(place).type("change 5.1 to 0")
    press(place, "change:5.1")
    press(place, "answer:5.1:1")
    place.clock.on(minutes=5)
    arrive(place, late)
    assert place.interview().answers["5.1"].score == 1
    assert len(place.facts("ChangeQueried")) == 1


def test_words_before_any_message_is_known_to_stand_there_answer_none(tmp_path: Path) -> None:
    """A score that is typed under the notice is no answer to the question that comes after it."""
    with slack(tmp_path) as place:
        claim(place)
        place.person().click(place.workspace.inbox(ME)[0], "start")
        _, typed = place.person().type("5")
        assert place.person().again(typed, retry=3).status == 200
        assert not place.facts("AnswerGiven")


def test_words_after_a_question_became_its_answer_wait_for_one_click(place: Place) -> None:
    """They went on by a button, and the next question was not there yet."""
    press(place, "answer:5.1:3")
    place.person().click(place.newest(), "next:5.1:working-well")
    place.workspace.trouble["chat.postMessage"].append(Trouble("ratelimited", 30))
    place.outbox.deliver()
    place.clock.on(seconds=1)
    _, typed = place.person().type("We ask every family.")
    place.clock.on(seconds=60)
    place.outbox.deliver()
    assert place.person().again(typed, retry=1).status == 200
    assert not place.facts("NoteGiven")
    assert len(place.facts("WordsSetAside")) == 1


def test_words_wait_while_the_question_may_have_become_its_answer(place: Place) -> None:
    """It was changed and the reply was lost, so nobody knows yet what they saw."""
    press(place, "answer:5.1:3")
    place.person().click(place.newest(), "next:5.1:working-well")
    place.workspace.trouble["chat.update"].extend([Trouble("lost")] * 9)
    place.workspace.trouble["chat.postMessage"].append(Trouble("ratelimited", 30))
    place.outbox.deliver()
    place.clock.on(seconds=1)
    _, typed = place.person().type("We ask every family.")
    assert typed.status == 500
    place.workspace.trouble["chat.update"].clear()
    for _ in range(2):
        place.clock.on(seconds=90)
        place.outbox.deliver()
    assert place.person().again(typed, retry=1).status == 200
    assert not place.facts("NoteGiven")
    assert len(place.facts("WordsSetAside")) == 1


def test_words_wait_while_another_area_may_have_asked(tmp_path: Path) -> None:
    """They are heard once it is known whose message was the newest on the screen."""
    with slack(tmp_path) as place:
        place.begin()
        place.clock.on(seconds=30)
        place.open_another("Northvale")
        claim(place)
        _, typed = place.person().type("my answers")
        assert typed.status == 500
        place.clock.on(seconds=60)
        place.outbox.deliver()
        assert place.person().again(typed, retry=1).status == 200
        (shown,) = place.facts("ScreenAsked")
        assert shown.stream.assessment == place.assessment


def test_for_which_area_a_word_was_said_is_asked_when_nobody_knows(tmp_path: Path) -> None:
    """Slack sends it a last time, and whose message was the newest is in doubt still."""
    with slack(tmp_path) as place:
        place.begin()
        place.clock.on(seconds=30)
        place.open_another("Northvale")
        claim(place)
        _, typed = place.person().type("withdraw")
        assert typed.status == 500
        assert place.person().again(typed, retry=3).status == 200
        asked = [
            (one.stream.assessment, getattr(one.fact, "screen", ""))
            for one in place.facts("ScreenAsked")
        ]
        assert {screen for _, screen in asked} == {"what-waits"}
        assert len({assessment for assessment, _ in asked}) == 2


def claim(place: Place) -> None:
    """The next message is claimed and sent, and the process ends before it knows."""
    trouble = place.workspace.trouble["chat.postMessage"]
    trouble.extend([Trouble("lost")] * 9)
    place.workspace.trouble["conversations.history"].extend([Trouble("refused")] * 9)
    place.outbox.deliver()
    trouble.clear()
    place.workspace.trouble["conversations.history"].clear()
