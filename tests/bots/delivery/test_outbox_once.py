"""Every promised message is said once, whatever happens between us and Slack."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from support.slack.edge import Place, every_message_has_one_end, followed, slack

from bots.delivery.outbox import Outbox
from bots.interview.talk import Prompt
from bots.messages.promise import Promise
from bots.slack.app import web_client
from bots.slack.loopback.http import Trouble
from bots.slack.loopback.workspace import Workspace
from bots.slack.sender import LEASE, SlackSender
from ehsg_events.commands import rounds


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An open round; afterwards every message has had one end."""
    with slack(tmp_path) as place:
        yield place
        every_message_has_one_end(place)


class Died(Exception):
    """The process was killed here."""


class Dying(SlackSender):
    """Dies right after Slack took the message, before anything could be recorded."""

    def post(self, person: str, promise: Promise, prompt: Prompt, *, look: bool) -> str:
        super().post(person, promise, prompt, look=look)
        raise Died


def test_killed_between_slack_and_the_record_the_person_sees_one_message(place: Place) -> None:
    """In doubt we look before we say it again."""
    speaker = Dying(web_client(place.settings))
    with pytest.raises(Died):
        Outbox(place.log, speaker, place.clock).deliver()
    place.restart()
    place.outbox.deliver()
    assert len(place.texts()) == 1
    assert not any("police-1" in (f.stream.message or "") for f in place.facts("MessageDelivered"))
    place.clock.now += LEASE
    place.outbox.deliver()
    assert len(place.texts()) == 1
    delivered = {one.stream.message: one.fact for one in place.facts("MessageDelivered")}
    ts = place.workspace.inbox("U0POLICE")[0].ts
    assert delivered["round 1/police-1/notice"].reference == ts  # type: ignore[attr-defined]


def test_killed_between_the_claim_and_slack_the_message_is_said_after_the_lease(
    place: Place,
) -> None:
    """Nothing stands there, so it is said; the deliverer knows when it may."""
    place.workspace.trouble["conversations.open"].extend([Trouble("refused")] * 3)
    place.outbox.deliver()
    assert place.texts() == []
    place.restart()
    place.outbox.deliver()
    assert place.outbox.in_doubt_until == place.clock() + LEASE
    place.clock.now = place.outbox.in_doubt_until
    place.outbox.deliver()
    assert len(place.texts()) == 1
    assert place.outbox.in_doubt_until is None


def test_a_connection_lost_after_slack_took_the_message_is_not_said_again(place: Place) -> None:
    """The library's own retry would post it twice."""
    place.workspace.trouble["chat.postMessage"].append(Trouble("lost"))
    place.outbox.deliver()
    assert len(place.texts()) == 1
    assert len(place.facts("MessageDelivered")) == 3


def test_of_two_deliverers_one_says_it(place: Place) -> None:
    """Twice is a version conflict on the message's stream."""
    other = Outbox(place.log, SlackSender(web_client(place.settings)), place.clock)
    both = [threading.Thread(target=box.deliver) for box in (place.outbox, other)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert [len(place.texts(n)) for n in ("U0POLICE", "U0HEALTH", "U0PARENT")] == [1, 1, 1]


def test_one_in_doubt_holds_up_what_comes_after_it_for_that_person_only(place: Place) -> None:
    """No message overtakes another."""
    question = place.begin()
    place.workspace.trouble["chat.update"].extend([Trouble("refused")] * 3)
    place.person().click(question, "answer:5.1:3")
    place.person("U0HEALTH").click(place.workspace.inbox("U0HEALTH")[0], "start")
    place.outbox.deliver()
    assert place.texts()[-1] == question.text
    assert "5.1" in place.texts("U0HEALTH")[-1]
    place.clock.now += LEASE
    place.outbox.deliver()
    assert "you answered 3" in place.texts()[1]
    assert "What is working well" in place.texts()[2]


def test_too_many_requests_are_waited_for(place: Place) -> None:
    """429 is Slack's way of saying later, not never."""
    place.workspace.trouble["chat.postMessage"].append(Trouble("ratelimited", retry_after=9))
    place.outbox.deliver()
    assert len(place.facts("MessageDelivered")) == 2
    assert place.outbox.in_doubt_until == place.clock() + timedelta(seconds=9)
    place.clock.on(seconds=9)
    place.outbox.deliver()
    assert len(place.facts("MessageDelivered")) == 3
    assert place.workspace.calls.count("chat.postMessage") == 3
    assert place.workspace.too_soon == 0


def test_who_has_left_is_recorded_as_failed_and_the_others_get_theirs(place: Place) -> None:
    """The coordinator sees the reason; the round goes on."""
    place.workspace.left.add("U0POLICE")
    place.outbox.deliver()
    (failed,) = place.facts("MessageFailed")
    assert failed.fact.reason == "user_not_found"  # type: ignore[attr-defined]
    assert len(place.facts("MessageDelivered")) == 2


def test_a_token_that_is_refused_loses_no_message(place: Place) -> None:
    """That Slack does not know us says nothing about the person."""
    place.workspace.token = "xoxb-new"
    place.outbox.deliver()
    assert not place.facts("MessageFailed")
    place.workspace.token = place.settings.bot_token
    place.clock.now += LEASE
    place.outbox.deliver()
    assert len(place.facts("MessageDelivered")) == 3


def test_a_message_changed_twice_shows_the_newest(place: Place) -> None:
    """An older state never comes after a newer one."""
    question = place.begin()
    me = place.person()
    for score in (1, 2, 3):
        me.click(question, f"answer:5.1:{score}")
    place.outbox.deliver()
    assert "you answered 3" in place.texts()[1]
    assert place.workspace.calls.count("chat.update") == 1


def test_it_follows_the_log_until_it_is_told_to_stop(place: Place) -> None:
    """What is recorded is said at once, and a failure does not end it."""
    with followed(place):
        assert place.waits_for(lambda: len(place.texts()) == 1)
        me = place.person()
        me.click(me.inbox[0], "start")
        assert place.waits_for(lambda: len(place.texts()) == 2)


def test_a_long_message_interrupted_in_the_middle_is_completed_not_repeated(
    place: Place,
) -> None:
    """Each part has its own name, so only what is missing is said."""
    me = place.person()
    me.click(place.begin(), "answer:5.1:3")
    place.outbox.deliver()
    me.type("evidence " * 1000)
    place.outbox.deliver()
    rounds.close_round(place.log, place.stamp("close"), place.assessment)
    before = len(me.inbox)
    place.workspace.trouble["chat.postMessage"].extend([Trouble("lost")] * 2)
    place.outbox.deliver()
    parts = me.inbox[before:]
    assert len(parts) == 3
    keys = {str((part.metadata or {}).get("event_payload")) for part in parts}
    assert len(keys) == 3


def test_the_workspace_outlives_the_process(place: Place, tmp_path: Path) -> None:
    """The rehearsal's Slack is not ours to lose."""
    place.outbox.deliver()
    with Workspace(memory=tmp_path / "workspace.jsonl") as again:
        assert [m.text for m in again.inbox("U0POLICE")] == place.texts()
