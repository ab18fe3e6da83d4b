"""Who is heard in Slack: only those on the panel, each for themselves; and nothing leaks.

Forged, stale and altered payloads are in `test_slack_variants.py`.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from slack_sdk.errors import SlackApiError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from support.loopback import served
from support.slack.edge import WAYS, Place, http, reached, slack

from bots.delivery.outbox import Outbox
from bots.slack.app import quick_client, web_client
from bots.slack.loopback.person import FORM, JSON
from bots.slack.sender import SlackSender
from bots.slack.serving import MOST_BODY
from bots.slack.settings import Settings


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


@pytest.mark.parametrize(
    ("name", "team"),
    [("U0POLICE", "T0ELSEWHERE"), ("U0STRANGER", None), ("U0PARENT", None), ("U0SLACKBOT", None)],
)
def test_who_is_not_on_the_panel_gets_no_conversation(
    place: Place, name: str, team: str | None
) -> None:
    """The same id in another workspace, a guest nobody invited: heard by nobody, answered 200."""
    question = place.begin()
    before = place.log.store.last_position()
    stranger = place.person(name, team)
    assert stranger.click(question, "answer:5.1:5").status == 200
    assert stranger.type("start")[1].status == 200
    place.outbox.deliver()
    assert place.log.store.last_position() == before


def test_a_guest_of_another_organisation_answers_like_everyone(place: Place) -> None:
    """Slack Connect: the workspace is part of who one is."""
    place.outbox.deliver()
    guest = place.person("U0PARENT", "T0CHARITY")
    guest.click(guest.inbox[-1], "start")
    guest.click(place.newest("U0PARENT"), "answer:5.1:2")
    place.outbox.deliver()
    ts, _ = guest.type("Parents sit on the bord.")
    guest.edit(ts, "Parents sit on the board.")
    assert place.interview("parents-1").answers["5.1"].score == 2
    assert place.words("parents-1") == ["Parents sit on the board."]


@pytest.mark.parametrize("bot", [{"bot_id": "B1"}, {"bot_id": "B1", "user": None}, {"user": None}])
def test_what_a_bot_posts_is_nobodys_answer(place: Place, bot: dict[str, str | None]) -> None:
    """Our own messages come back as events, with or without a user."""
    place.begin()
    me = place.person()
    event = {"type": "message", "channel": me.channel, "channel_type": "im", "ts": "9.9"}
    assert me.event({**event, "user": me.name, "text": "3", **bot}).status == 200
    assert not place.interview().answers


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "block_actions", "actions": [{"action_id": "gone", "value": "x"}]},
        {"type": "block_actions", "actions": [{"action_id": "say-0", "value": "../../x"}]},
        {"type": "view_submission", "view": {"type": "modal", "callback_id": "gone"}},
        {"type": "shortcut", "callback_id": "gone"},
    ],
)
def test_what_nothing_listens_for_is_answered_kindly(
    place: Place, payload: dict[str, object]
) -> None:
    """A 404 would make Slack try again, and in the end switch the app off."""
    me = place.person()
    who = {"user": {"id": me.name}, "team": {"id": me.team}}
    body = urlencode({"payload": json.dumps({**payload, **who})})
    assert me.send(body, FORM).status == 200


def test_a_payload_the_library_trips_over_is_answered_500(place: Place) -> None:
    """Never with a traceback that could hold what a person typed."""
    me = place.person()
    payload = {
        "type": "view_submission",
        "view": {"callback_id": "gone"},
        "user": {"id": me.name},
        "team": {"id": me.team},
    }
    assert me.send(urlencode({"payload": json.dumps(payload)}), FORM).status == 500


@pytest.mark.parametrize("subtype", ["channel_join", "message_replied", "reminder_add", ""])
def test_a_message_of_an_unknown_kind_is_answered_kindly(place: Place, subtype: str) -> None:
    """Nor does it become evidence."""
    me = place.person()
    me.click(place.begin(), "answer:5.1:3")
    place.outbox.deliver()
    event = {"type": "message", "subtype": subtype, "user": me.name, "text": "x", "ts": "9.9"}
    assert me.event({**event, "channel": me.channel, "channel_type": "im"}).status == 200
    assert place.words() == []


def test_a_message_in_a_channel_is_not_for_us(place: Place) -> None:
    """What colleagues talk about in a channel is no evidence."""
    me = place.person()
    me.click(place.begin(), "answer:5.1:3")
    place.outbox.deliver()
    said = {"type": "message", "user": me.name, "text": "lunch?", "ts": "9.9", "channel": "C1"}
    assert me.event({**said, "channel_type": "channel"}).status == 200
    assert place.words() == []


# -- privacy and size ------------------------------------------------------------------------------
def test_no_slack_id_and_no_typed_word_is_in_the_log_or_a_log_line(
    here: Place, caplog: pytest.LogCaptureFixture
) -> None:
    """Not even when a listener fails, at the most talkative level."""
    with caplog.at_level(logging.DEBUG):
        me = here.person()
        me.click(here.begin(), "answer:5.1:3")
        here.outbox.deliver()
        ts, _ = me.type("zebra crossing")
        me.edit(ts, "zebra stable")
        here.person("U0STRANGER").type("zebra")
        here.outbox.deliver()
        with here.broken():
            assert me.type("zebra again")[1].status == 500
    states = [row.state.decode() for _, row in here.log.store.rows()]
    files = b"".join(file.read_bytes() for file in here.log.folder.glob("log.sqlite*"))
    told = caplog.text
    for secret in (
        "zebra",
        me.name,
        me.channel,
        "T0LOOPBACK",
        "Ada Quill",
        here.settings.bot_token,
    ):
        assert secret not in told
        assert secret.encode() not in files
        assert not any(secret in state for state in states)


HALF = ('{"ok": true, "messages": [{"text": "zebra', "<html>zebra")


@contextmanager
def broken_off(body: str) -> Iterator[Settings]:
    """A Slack whose every answer breaks off, but that our token is good."""

    async def half(request: Request) -> Response:
        is_short = request.path_params["method"] == "auth.test"
        return Response('{"ok": true}' if is_short else body)

    with served(Starlette(routes=[Route("/{method}", half, methods=["POST"])])) as port:
        yield Settings(mode="socket", bot_token="xoxb-1", api_url=f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize("body", HALF)
def test_an_answer_that_breaks_off_says_nothing_about_the_person(here: Place, body: str) -> None:
    """It is asked again; what it quotes becomes nobody's reason."""
    with broken_off(body) as settings:
        Outbox(here.log, SlackSender(web_client(settings)), here.clock).deliver()
    assert here.facts("MessageFailed") == []
    here.clock.on(minutes=10)
    here.outbox.deliver()
    assert here.texts("U0POLICE")


def test_a_warning_of_the_library_quotes_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """Of a frame or an answer that it cannot read it would tell all; only the place is told."""
    with broken_off(HALF[0]) as settings, pytest.raises(SlackApiError):
        quick_client(settings).conversations_history(channel="D0POLICE")
    assert "Slack's library warns: base_client" in caplog.text
    assert "zebra" not in caplog.text


def test_a_body_longer_than_anything_slack_sends_is_refused(tmp_path: Path) -> None:
    """413, before it is parsed."""
    with slack(tmp_path) as place, http(place):
        body = "x" * (MOST_BODY + 1)
        assert place.carry(body, place.person().sign(body, JSON)) == 413


def test_a_typed_message_belongs_to_the_newest_round_of_the_person(here: Place) -> None:
    """On two assessments at once, the round opened last is meant; buttons keep to their own."""
    first = here.assessment
    question = here.begin()
    here.clock.on(hours=1)
    here.open_another()
    me = here.person()
    here.outbox.deliver()
    me.type("start")
    here.outbox.deliver()
    me.type("3")
    assert here.interview().answers["5.1"].score == 3
    me.click(question, "answer:5.1:1")
    here.assessment = first
    assert here.interview().answers["5.1"].score == 1
