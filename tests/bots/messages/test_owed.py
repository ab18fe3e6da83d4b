"""What the log promises: who is told what, and what is no longer said, with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from support.slack.edge import Place, every_message_has_one_end, slack

from bots.interview.record import answer
from bots.slack.loopback.workspace import Message
from ehsg_events.commands import rounds


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An open round; afterwards every message has had one end."""
    with slack(tmp_path) as place:
        yield place
        every_message_has_one_end(place)


# -- what is promised ------------------------------------------------------------------------------
def test_everyone_invited_in_slack_gets_one_notice(place: Place) -> None:
    """However often the outbox looks, and however often it starts again."""
    place.outbox.deliver()
    place.outbox.deliver()
    place.restart()
    place.outbox.deliver()
    assert [len(place.texts(name)) for name in ("U0POLICE", "U0HEALTH", "U0PARENT")] == [1, 1, 1]


def test_one_press_from_the_notice_it_says_that_slack_keeps_what_is_typed(place: Place) -> None:
    """Withdrawing removes it from our figures, not from Slack; each part has its own heading."""
    place.person().click(place.newest(), "who-sees")
    rights = place.newest()
    assert "also kept by Slack" in rights.text
    assert headings(rights) == [
        *("Sefton · Who asks", "Who sees it", "How long it is kept", "Your rights", "In Slack"),
    ]
    assert [button["text"]["text"] for button in rights.buttons] == ["Start", "Withdraw"]


def headings(message: Message) -> list[str]:
    """The headings of a message, which screen readers can jump to."""
    return [block["text"]["text"] for block in message.blocks if block["type"] == "header"]


def test_who_is_reached_elsewhere_is_withheld_once(place: Place) -> None:
    """With its reason, and nothing more is promised to them here."""
    place.outbox.deliver()
    place.clock.on(days=11)
    rounds.advance(place.log, place.stamp("tick"), place.assessment)
    place.outbox.deliver()
    reasons = {n: r for n, r in place.withheld().items() if n and "school-1" in n}
    assert reasons == {"round 1/school-1/notice": "reached by another surface"}


def test_a_reminder_comes_with_its_buttons(place: Place) -> None:
    """How far, how long, by when, and the way on."""
    place.begin()
    place.clock.on(days=11)
    rounds.advance(place.log, place.stamp("tick"), place.assessment)
    reminder = place.newest()
    assert (
        "Early help in Sefton: a reminder. You have done 0 of 2 questions; about 5 minutes"
        in reminder.text
    )
    labels = [button["text"]["text"] for button in reminder.buttons]
    assert labels == ["Go on", "Pause", "Why me?", "I am not the right person"]


def test_a_reminder_of_somebody_who_finished_meanwhile_is_withheld(place: Place) -> None:
    """Decided when it was due, looked at again when it is to be said."""
    place.begin()
    place.clock.on(days=11)
    rounds.advance(place.log, place.stamp("tick"), place.assessment)
    place.finish_elsewhere()
    place.outbox.deliver()
    assert "finished" in place.withheld().values()
    assert not any("a reminder" in text for text in place.texts())


def test_a_message_whose_round_has_closed_is_withheld(place: Place) -> None:
    """A notice that could not be said in time is not said too late."""
    rounds.close_round(place.log, place.stamp("close"), place.assessment)
    place.outbox.deliver()
    assert place.withheld()["round 1/police-1/notice"] == "the round is closed"
    assert place.texts() == []


def test_a_moved_deadline_is_told_once_to_those_still_asked(place: Place) -> None:
    """Not to who has finished."""
    place.begin()
    place.finish()
    place.outbox.deliver()
    later = place.clock() + timedelta(days=30)
    stamp = place.stamp("extend")
    rounds.extend_round(place.log, stamp, place.assessment, later, "half term")
    place.outbox.deliver()
    place.outbox.deliver()
    told = [
        sum("deadline has moved" in t for t in place.texts(n)) for n in ("U0POLICE", "U0HEALTH")
    ]
    assert told == [0, 1]


def test_at_the_close_who_answered_gets_what_was_recorded(place: Place) -> None:
    """Who said nothing gets nothing."""
    place.begin()
    place.person().click(place.newest(), "answer:5.1:3")
    place.outbox.deliver()
    rounds.close_round(place.log, place.stamp("close"), place.assessment)
    place.outbox.deliver()
    assert "The round on Sefton is closed (before its deadline)." in place.texts()[-1]
    assert "5.1 Family engagement: you answered 3" in place.texts()[-1]
    assert len(place.texts("U0HEALTH")) == 1


# -- the conversation ------------------------------------------------------------------------------
def test_after_a_click_the_question_becomes_the_answer_and_the_next_is_posted(
    place: Place,
) -> None:
    """Buttons off, what was recorded, and a way to change it."""
    question = place.begin()
    place.person().click(question, "answer:5.1:3")
    place.outbox.deliver()
    _, answered, following = place.person().inbox
    assert answered.ts == question.ts
    said = "5.1 Family engagement: you answered 3 \N{EN DASH} Mostly in place."
    assert answered.text == f"Sefton · {said}"
    assert [button["text"]["text"] for button in answered.buttons] == ["Change"]
    assert "What is working well" in following.text


def test_words_get_a_quiet_receipt_and_no_new_message(place: Place) -> None:
    """Five prompts for two notes would be noise."""
    place.person().click(place.begin(), "answer:5.1:3")
    asked = place.newest()
    me = place.person()
    me.type("Parents sit on the board.")
    assert place.newest().ts == asked.ts
    ts, _ = me.type("And on the panel.")
    assert "Noted (2 messages)" in place.newest().text
    me.delete(ts)
    assert "Noted (1 message)" in place.newest().text
    assert place.newest().ts == asked.ts


def test_a_changed_answer_is_shown_where_it_was_given_and_asks_nothing_again(
    place: Place,
) -> None:
    """An old button gives its receipt in place; the question that waits stays where it is."""
    question = place.begin()
    me = place.person()
    me.click(question, "answer:5.1:dont-know")
    waits = place.newest()
    me.click(question, "answer:5.1:skip")
    assert place.newest().ts == waits.ts
    assert "you answered nothing" in me.inbox[1].text


def test_a_changed_score_asks_why(place: Place) -> None:
    """Once, in a message of its own; the changed answer is shown where it was given."""
    question = place.begin()
    me = place.person()
    me.click(question, "answer:5.1:3")
    me.click(question, "answer:5.1:1")
    assert "What made you change it?" in place.newest().text
    assert "you answered 1" in me.inbox[1].text


def test_change_asks_again_and_both_messages_show_the_new_answer(place: Place) -> None:
    """No message on the screen says what is no longer so."""
    question = place.begin()
    me = place.person()
    me.click(question, "answer:5.1:3")
    place.outbox.deliver()
    me.click(me.inbox[1], "Change")
    again = place.newest()
    me.click(again, "answer:5.1:4")
    place.outbox.deliver()
    shown = [message.text for message in me.inbox if "you answered" in message.text]
    said = "5.1 Family engagement: you answered 4 \N{EN DASH} In place across the partnership."
    assert shown == [f"Sefton · {said}"] * 2


def test_a_refusal_is_said(place: Place) -> None:
    """What the talk could not take is answered with the way out."""
    place.begin()
    place.person().type("9")
    assert "5.1 takes 0 to 5, not 9" in place.newest().text


def test_a_screen_that_was_overtaken_is_withheld(place: Place) -> None:
    """Who clicks twice before we speak gets the newest question, not both."""
    question = place.begin()
    me = place.person()
    me.click(question, "answer:5.1:3")
    me.click(question, "answer:5.1:skip")
    before = len(me.inbox)
    assert "5.2" in place.newest().text
    assert len(me.inbox) == before + 1


def test_a_screen_asked_for_twice_is_said_once(place: Place) -> None:
    """Who says go on twice before we speak sees the question once."""
    place.begin()
    before = len(place.texts())
    place.person().type("go on")
    place.person().type("go on")
    place.outbox.deliver()
    assert len(place.texts()) == before + 1
    assert "overtaken" in place.withheld().values()


def test_what_is_answered_elsewhere_asks_nothing_in_slack(place: Place) -> None:
    """The question's message still becomes the answer."""
    place.begin()
    stamp = place.stamp("desk", "stakeholder").model_copy(update={"by": "police-1"})
    answer(place.log, stamp, place.assessment, "police-1", "5.1", "2", None)
    assert place.newest().text.startswith("Sefton · 5.1 Family engagement: you answered 2")
