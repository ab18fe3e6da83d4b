"""Listening in Slack: what a person did is recorded once, on the question it belongs to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.internals import run_bolt_app
from slack_sdk.socket_mode.request import SocketModeRequest
from support.slack.edge import WAYS, Place, reached, slack

from bots.slack.loopback.person import Person


@pytest.fixture(params=WAYS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """An open round; requests arrive both ways."""
    with slack(tmp_path) as place, reached(place, request.param):
        yield place


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Place]:
    """An open round, reached in process."""
    with slack(tmp_path) as place:
        yield place


def test_a_retried_click_makes_one_answer(place: Place) -> None:
    """Slack's own retries carry the same button and the same time."""
    question, me = place.begin(), place.person()
    click = me.click(question, "answer:5.1:3")
    assert [me.again(click, retry).status for retry in (1, 2, 3)] == [200, 200, 200]
    assert len(place.facts("AnswerGiven")) == 1


def test_a_double_click_makes_one_answer(place: Place) -> None:
    """The second click has a time of its own, and says what is already so."""
    question, me = place.begin(), place.person()
    assert me.click(question, "answer:5.1:3").status == 200
    assert me.click(question, "answer:5.1:3").status == 200
    assert len(place.facts("AnswerGiven")) == 1
    assert not place.facts("AnswerAmended")


def test_a_restart_between_a_message_and_its_retry_makes_one_note(here: Place) -> None:
    """What was heard is remembered on the log, not in the process."""
    me = here.person()
    me.click(here.begin(), "answer:5.1:3")
    here.outbox.deliver()
    _, said = me.type("Parents sit on the board.")
    here.restart()
    assert me.again(said).status == 200
    assert here.words() == ["Parents sit on the board."]


def test_a_retried_old_click_does_not_undo_a_later_one(place: Place) -> None:
    """3, then 4, then Slack repeats the 3: the 4 stands."""
    question, me = place.begin(), place.person()
    first = me.click(question, "answer:5.1:3")
    me.click(question, "answer:5.1:4")
    me.again(first)
    assert place.interview().answers["5.1"].score == 4


def test_a_failing_listener_answers_500_and_the_retried_event_is_recorded_once(
    place: Place,
) -> None:
    """A lost acknowledgement is repeated by Slack; a lost answer would be lost for ever."""
    me = place.person()
    me.click(place.begin(), "answer:5.1:3")
    place.outbox.deliver()
    with place.broken():
        _, said = me.type("A family told us so.")
        assert said.status == 500
    assert [me.again(said, retry).status for retry in (1, 2)] == [200, 200]
    assert place.words() == ["A family told us so."]


def test_over_socket_mode_a_failing_listener_is_not_acknowledged(here: Place) -> None:
    """The same listeners, the same rule: an envelope without an answer is sent again."""
    me = here.person()
    me.click(here.begin(), "answer:5.1:3")
    here.outbox.deliver()
    _, said = me.type("Yes.")
    envelope = json.loads(said.body) | {"event_id": "Ev2"}
    envelope["event"]["ts"] = "1999999999.000100"
    request = SocketModeRequest(type="events_api", envelope_id="1", payload=envelope)
    with here.broken():
        assert run_bolt_app(here.app, request).status == 500
    assert run_bolt_app(here.app, request).status == 200
    assert len(here.words()) == 2


# -- edits and deletions ---------------------------------------------------------------------------
def test_an_edited_message_amends_its_note(place: Place) -> None:
    """The old words stay in the record as superseded."""
    me = place.person()
    me.click(place.begin(), "answer:5.1:3")
    place.outbox.deliver()
    ts, _ = me.type("Parents sit on the bord.")
    edit = me.edit(ts, "Parents sit on the board.")
    me.again(edit)
    assert place.words() == ["Parents sit on the board."]
    assert len(place.facts("NoteAmended")) == 1


def test_an_edit_back_to_the_same_words_amends_nothing(place: Place) -> None:
    """Somebody opened the message for editing and saved it as it was."""
    me = place.person()
    me.click(place.begin(), "answer:5.1:3")
    place.outbox.deliver()
    ts, _ = me.type("Parents sit on the board.")
    me.edit(ts, "Parents sit on the board.")
    assert not place.facts("NoteAmended")


def test_the_preview_of_a_link_amends_nothing(place: Place) -> None:
    """Slack sends it as a change of the message, but nobody edited it."""
    me = place.person()
    me.click(place.begin(), "answer:5.1:3")
    place.outbox.deliver()
    ts, _ = me.type("See https://example.org/minutes")
    assert me.unfurl(ts).status == 200
    assert not place.facts("NoteAmended")


def test_a_deleted_message_retracts_its_note(place: Place) -> None:
    """Once, however often Slack says so."""
    me = place.person()
    me.click(place.begin(), "answer:5.1:3")
    place.outbox.deliver()
    ts, _ = me.type("I should not have said this.")
    gone = me.delete(ts)
    assert me.again(gone).status == 200
    assert place.words() == []
    assert len(place.facts("NoteRetracted")) == 1


def test_an_edited_command_is_not_evidence(place: Place) -> None:
    """Editing a message that was no note changes nothing."""
    me = place.person()
    place.begin()
    ts, _ = me.type("3")
    me.edit(ts, "Three, because of the board.")
    assert place.words() == []


def test_an_old_button_edits_its_own_question(place: Place) -> None:
    """A click further up never answers the question that waits now."""
    question, me = place.begin(), place.person()
    me.click(question, "answer:5.1:3")
    me.type("next")
    me.type("next")
    me.click(question, "answer:5.1:1")
    answers = place.interview().answers
    assert {item: answer.score for item, answer in answers.items()} == {"5.1": 1}


def test_the_home_tab_shows_how_far_one_is_and_its_buttons_work(place: Place) -> None:
    """Go on from Home puts the waiting question into the conversation."""
    me = place.person()
    place.begin()
    home = open_home(place, me)
    assert "You have done 0 of 2 questions" in json.dumps(home)
    before = len(me.inbox)
    assert me.press(home["blocks"][-1]["elements"][0]).status == 200
    assert "answer:5.1:0" in place.newest().buttons[0]["value"]
    assert len(me.inbox) == before + 1


def test_the_home_tab_of_a_stranger_says_that_nothing_is_asked(place: Place) -> None:
    """No panel, no name, no button."""
    home = open_home(place, place.person("U0STRANGER"))
    assert [block["type"] for block in home["blocks"]] == ["section"]


def open_home(place: Place, me: Person) -> dict[str, Any]:
    """Open the Home tab and wait for its picture, which is drawn after the answer to Slack."""
    homes = place.workspace.homes
    assert me.open_home().status == 200
    assert place.waits_for(lambda: me.name in homes)
    return homes[me.name]
