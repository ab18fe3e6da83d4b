"""Nobody waits for a stranger: not for their rate limit, their hanging call, nor for their number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from support.processes import within
from support.slack.edge import ITEMS, Place, empty, every_message_has_one_end, followed, slack

from bots.delivery.claims import TAKEN_OVER
from bots.delivery.outbox import Outbox
from bots.interview.talk import Prompt
from bots.messages.promise import Promise
from bots.slack.app import web_client
from bots.slack.loopback.http import Trouble
from bots.slack.sender import LEASE, SlackSender
from ehsg_events.commands import assessments, rounds
from ehsg_events.panel.member import Member
from ehsg_events.values.policy import Terms

EVERYTHING = ("auth.test", "conversations.open", "chat.postMessage", "conversations.history")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An open round; afterwards every message has had one end."""
    with slack(tmp_path) as place:
        yield place
        place.workspace.always.clear()
        every_message_has_one_end(place)


def begins(place: Place, name: str) -> None:
    """Somebody presses Start."""
    me = place.person(name, {"U0PARENT": "T0CHARITY"}.get(name))
    assert me.click(me.inbox[0], "start").status == 200


# -- calls -----------------------------------------------------------------------------------------
def test_whom_slack_lets_wait_holds_up_nobody_else(place: Place) -> None:
    """One channel's rate limit is that channel's; what waits goes out when its time has come."""
    place.outbox.deliver()
    begins(place, "U0POLICE")
    begins(place, "U0HEALTH")
    place.workspace.trouble["chat.postMessage"].append(Trouble("ratelimited", 25))
    place.outbox.deliver()
    assert [len(place.texts(name)) for name in ("U0POLICE", "U0HEALTH")] == [1, 2]
    place.clock.on(seconds=24)
    place.outbox.deliver()
    assert (len(place.texts()), place.workspace.too_soon) == (1, 0)
    place.clock.on(seconds=1)
    place.outbox.deliver()
    assert (len(place.texts()), place.workspace.too_soon) == (2, 0)


def test_a_call_that_hangs_holds_up_nobody_else(place: Place) -> None:
    """The stranger has their question while the call of the first is still without an answer."""
    place.outbox.deliver()
    place.workspace.trouble["chat.postMessage"].append(Trouble("hang"))
    begins(place, "U0POLICE")
    place.settings = replace(place.settings, timeout=5)
    place.restart()
    with followed(place):
        assert within(30, lambda: not place.workspace.trouble["chat.postMessage"])
        begins(place, "U0HEALTH")
        assert place.waits_for(lambda: len(place.texts("U0HEALTH")) == 2)
        assert len(place.texts()) == 1
        assert place.waits_for(lambda: len(place.texts()) == 2)


def test_after_an_outage_everybody_has_their_next_prompt_within_ten_seconds(place: Place) -> None:
    """However long it was and whenever they acted; pauses that grew meanwhile do not count."""
    place.outbox.deliver()
    for method in EVERYTHING:
        place.workspace.always[method] = Trouble("refused")
    for second in range(600):
        if second in (0, 60, 590):
            begins(place, {0: "U0POLICE", 60: "U0HEALTH", 590: "U0PARENT"}[second])
        place.outbox.deliver()
        place.clock.on(seconds=1)
    assert place.workspace.calls.count("chat.postMessage") == 3
    place.workspace.always.clear()
    for _ in range(10):
        place.clock.on(seconds=1)
        place.outbox.deliver()
    names = ("U0POLICE", "U0HEALTH", "U0PARENT")
    assert [len(place.texts(name)) for name in names] == [2, 2, 2]


def test_an_outage_claims_no_message_again_and_again(place: Place) -> None:
    """The surface is asked by one question, not by everybody's messages."""
    for method in EVERYTHING:
        place.workspace.always[method] = Trouble("refused")
    for _ in range(120):
        place.outbox.deliver()
        place.clock.on(seconds=5)
    assert len(place.facts("MessageClaimed")) == 1


# -- processes -------------------------------------------------------------------------------------
class Died(Exception):
    """The process was killed here."""


class Dying(SlackSender):
    """Dies right before or after Slack took the message."""

    said = False

    def post(self, person: str, promise: Promise, prompt: Prompt, *, look: bool) -> str:
        if self.said:
            super().post(person, promise, prompt, look=look)
        raise Died


@pytest.mark.parametrize("said", [False, True], ids=["before it was said", "after it was said"])
def test_the_claims_of_a_dead_process_are_taken_over_at_once(place: Place, *, said: bool) -> None:
    """By the process that holds the folder's lock; it looks before it says anything again."""
    sender = Dying(web_client(place.settings), place.clock)
    sender.said = said
    with suppress(Died):
        Outbox(place.log, sender, place.clock).deliver()
    place.restart()
    alone = _alone(place)
    place.clock.now += TAKEN_OVER
    alone.deliver()
    assert [len(place.texts(name)) for name in ("U0POLICE", "U0HEALTH")] == [1, 1]
    assert TAKEN_OVER < timedelta(seconds=5) < LEASE


def test_another_process_that_may_live_is_waited_for(place: Place) -> None:
    """Without the lock nobody knows whether it is dead."""
    with suppress(Died):
        Outbox(place.log, Dying(web_client(place.settings)), place.clock).deliver()
    place.restart()
    place.clock.now += TAKEN_OVER
    place.outbox.deliver()
    assert [len(place.texts(name)) for name in ("U0POLICE", "U0HEALTH")] == [0, 1]


def test_a_process_tries_again_what_it_claimed_itself(place: Place) -> None:
    """Its lease is against others; two seconds later nobody is in doubt, and one claim was enough."""
    place.workspace.trouble["chat.postMessage"].extend([Trouble("refused")] * 3)
    place.outbox.deliver()
    assert len(place.texts()) == 0
    place.clock.on(seconds=2)
    place.outbox.deliver()
    assert len(place.texts()) == 1
    assert len(place.facts("MessageClaimed")) == 3


def test_a_claim_beside_one_that_still_ran_ends_like_any_other(place: Place) -> None:
    """A process dies with two claims of one person, made at two times; the next delivers both."""
    question = place.begin()
    sender = Dying(web_client(place.settings), place.clock)
    dying = Outbox(place.log, sender, place.clock)
    place.workspace.trouble["chat.update"].extend([Trouble("refused")] * 3)
    place.person().click(question, "answer:5.1:3")
    dying.deliver()
    place.person().type("why me")
    place.clock.on(seconds=2)
    with suppress(Died):
        dying.deliver()
    place.restart()
    place.clock.now += LEASE
    place.outbox.deliver()
    assert "you answered 3" in place.texts()[1]
    assert any("asked because" in text for text in place.texts()[2:])


def _alone(place: Place) -> Outbox:
    sender = SlackSender(web_client(place.settings), place.clock)
    return Outbox(place.log, sender, place.clock, alone=True)


# -- work ------------------------------------------------------------------------------------------
def test_the_work_after_one_click_does_not_depend_on_how_many_people_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only messages that wait are looked at: the same number among thirty people and ninety."""
    looked: dict[int, int] = {}
    for people in (30, 90):
        with empty(tmp_path / str(people)) as place:
            _crowd(place, place.assessment, people)
            place.outbox.deliver()
            begins(place, "U0001")
            counted = _Counted(place.outbox)
            monkeypatch.setattr(place.outbox, "_promises", counted)
            place.outbox.deliver()
            assert len(place.texts("U0001")) == 2
            looked[people] = counted.looked
    assert 0 < looked[30] == looked[90]


class _Counted:
    """Promises that count how many people are asked after."""

    def __init__(self, outbox: Outbox) -> None:
        self._promises, self.looked = outbox._promises, 0

    def __getattr__(self, name: str) -> object:
        found = getattr(self._promises, name)
        if name == "waiting":
            self.looked += 1 + len(found)
        elif name == "moved":
            return self._moved(found)
        return found

    def _moved(self, moved: Callable[[], dict[object, bool]]) -> Callable[[], dict[object, bool]]:
        def counted() -> dict[object, bool]:
            found = moved()
            self.looked += len(found)
            return found

        return counted


def _crowd(place: Place, assessment: UUID, people: int) -> None:
    panel = tuple(
        Member(f"p-{n}", "Ada Quill", "Police", "lead", ITEMS, f"T0LOOPBACK/U{n:04}")
        for n in range(people)
    )
    opened = place.stamp("open crowd")
    assessments.open_assessment(
        place.log, opened, assessment, "Sefton", "ehsg-2022@1", panel, Terms()
    )
    rounds.open_round(place.log, place.stamp("round crowd"), assessment, None)
