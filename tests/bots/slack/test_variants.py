"""What may arrive at Slack's address but is not what it seems: refused or harmless, and silent.

Who is on no panel is turned away in `test_slack_who.py`; here is each payload by its name.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.slack.address import Door, door_of

from bots.slack.loopback.person import JSON
from ehsg_events.commands import rounds

MINUTES = 6 * 60


@pytest.fixture
def door(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Door]:
    """An open round, with the first question on a person's screen."""
    with door_of(tmp_path, caplog) as door:
        yield door


def test_a_forged_signature_is_refused(door: Door) -> None:
    """401: only Slack knows the secret."""
    with door.unmoved("did not sign"):
        assert door.post('{"zebra": 1}', **{"x-slack-signature": "v0=" + "0" * 64}) == 401


def test_a_body_altered_on_its_way_is_refused(door: Door) -> None:
    """401: the signature is over the whole body."""
    signed = door.me.sign('{"zebra": 3}', JSON)
    with door.unmoved("did not sign"):
        assert door.place.carry('{"zebra": 5}', signed) == 401


def test_a_request_without_a_signature_is_refused(door: Door) -> None:
    """401, whatever it says of itself."""
    with door.unmoved("did not sign"):
        assert door.place.carry("{}", {"content-type": JSON}) == 401


@pytest.mark.parametrize("seconds", [MINUTES, -MINUTES], ids=["old", "ahead"])
def test_a_request_six_minutes_off_is_refused(door: Door, seconds: int) -> None:
    """401: what was signed long ago, or is dated ahead to be kept for later."""
    with door.unmoved("did not sign"):
        assert door.place.carry("{}", door.me.sign("{}", JSON, late=seconds)) == 401


def test_a_request_that_is_replayed_records_nothing_more(door: Door) -> None:
    """The signature is still good for five minutes; the key is known for ever."""
    click = door.me.click(door.question, "answer:5.1:3")
    with door.unmoved():
        assert door.me.send(click.body, click.kind).status == 200


def test_a_retry_of_slacks_records_nothing_more(door: Door) -> None:
    """However often it says that it tries again."""
    click = door.me.click(door.question, "answer:5.1:3")
    with door.unmoved():
        assert [door.me.again(click, number).status for number in (1, 2, 3)] == [200, 200, 200]


def test_the_same_person_id_in_another_workspace_is_somebody_else(door: Door) -> None:
    """Ids are unique in a workspace only."""

    def elsewhere(payload: dict[str, Any]) -> None:
        payload["team"]["id"] = payload["user"]["team_id"] = "T0ELSEWHERE"

    with door.unmoved("another person's interview"):
        assert door.press(elsewhere) == 200


def test_a_guest_who_is_not_on_the_panel_is_not_heard(door: Door) -> None:
    """Slack Connect: the event comes from our workspace, the person from theirs."""
    with door.unmoved("no round waits for"):
        event = door.words(user_team="T0ELSEWHERE", team="T0ELSEWHERE")
        assert door.me.event(event).status == 200


def test_a_guest_on_the_panel_is_welcome(door: Door) -> None:
    """By workspace and id together."""
    guest = door.place.person("U0PARENT", "T0CHARITY")
    assert guest.type("start")[1].status == 200
    assert door.place.interview("parents-1").started


def test_what_a_bot_says_is_nobodys_answer(door: Door) -> None:
    """Not even under a person's id."""
    with door.unmoved("nobody typed"):
        assert door.me.event(door.words(text="3", bot_id="B0ZEBRA")).status == 200


def test_a_forwarded_button_acts_for_nobody(door: Door) -> None:
    """Who presses it is not who was asked."""
    with door.unmoved("another person's interview"):
        pressed = door.place.person("U0HEALTH").click(door.question, "answer:5.1:5")
        assert pressed.status == 200
    assert not door.place.interview("health-1").answers


@pytest.mark.parametrize(
    ("part", "value"),
    [
        (0, "00000000-0000-4000-8000-000000000000"),
        (1, "7"),
        (2, "health-1"),
        (3, "answer:9.9:3"),
        (3, "answer:5.1:99"),
        (3, "answer:5.1:3:zebra"),
        (3, "zebra"),
    ],
    ids=["assessment", "round", "person", "item", "level", "longer", "token"],
)
def test_a_button_whose_value_was_altered_answers_nothing(
    door: Door, part: int, value: str
) -> None:
    """Another assessment's, round's or person's button, or one that never was."""

    def alter(payload: dict[str, Any]) -> None:
        parts = payload["actions"][0]["value"].split("/", 3)
        parts[part] = value
        payload["actions"][0]["value"] = "/".join(parts)

    with door.unmoved():
        assert door.press(alter) == 200
    assert not door.place.interview("police-1").answers
    assert not door.place.interview("health-1").answers


def test_an_edit_of_an_old_answer_changes_nothing(door: Door) -> None:
    """A typed 3 was an answer, not a note; it is changed by saying so."""
    ts, _ = door.me.type("3")
    with door.unmoved():
        assert door.me.edit(ts, "zebra 5").status == 200


def test_a_button_of_a_closed_round_answers_nothing(door: Door) -> None:
    """The person is told that it is closed."""
    place = door.place
    place.clock.on(days=30)
    rounds.advance(place.log, place.stamp("close", "clock"), place.assessment)
    with door.unmoved():
        assert door.me.click(door.question, "answer:5.1:3").status == 200
    assert not place.interview().answers
    assert "closed" in place.newest().text
