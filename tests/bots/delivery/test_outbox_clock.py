"""A clock that was ahead holds nobody's message until tomorrow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from support.slack.edge import Place, every_message_has_one_end, slack

from bots.delivery.claims import TAKEN_OVER
from bots.delivery.outbox import Outbox
from bots.interview.talk import Prompt
from bots.messages.promise import Promise
from bots.slack.app import web_client
from bots.slack.loopback.http import Trouble
from bots.slack.sender import LEASE, SlackSender

DAY, SOON = timedelta(days=1), timedelta(minutes=1)
CALLS = ("auth.test", "conversations.open", "chat.postMessage")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An open round; afterwards every message has had one end."""
    with slack(tmp_path) as place:
        yield place
        every_message_has_one_end(place)


class Died(Exception):
    """The process that was sending was killed."""


class Dying(SlackSender):
    """Is killed instead of sending."""

    def post(self, person: str, promise: Promise, prompt: Prompt, *, look: bool = False) -> str:
        """Die."""
        raise Died


def everybody_has_theirs(place: Place) -> bool:
    """Whether each was sent the first message."""
    return [len(place.texts(name)) for name in ("U0POLICE", "U0HEALTH", "U0PARENT")] == [1, 1, 1]


@pytest.mark.parametrize("alone", [True, False], ids=["after a restart", "beside it"])
def test_a_claim_by_a_clock_that_was_ahead_holds_for_a_lease_at_most(
    place: Place, *, alone: bool
) -> None:
    """Its process died, and its clock had claimed until tomorrow."""
    true = place.clock.now
    place.clock.now = true + DAY
    for _ in range(3):
        with suppress(Died):
            Outbox(place.log, Dying(web_client(place.settings)), place.clock).deliver()
    assert len(place.facts("MessageClaimed")) == 3
    place.clock.now = true
    sender = SlackSender(web_client(place.settings), place.clock)
    outbox = Outbox(place.log, sender, place.clock, alone=alone)
    outbox.deliver()
    place.clock.now += TAKEN_OVER if alone else LEASE
    outbox.deliver()
    assert everybody_has_theirs(place)


@pytest.mark.parametrize("by", [DAY, timedelta(hours=1)], ids=["a day", "an hour"])
def test_a_clock_put_back_while_the_line_is_lost_holds_up_nothing(
    place: Place, by: timedelta
) -> None:
    """Everything that waits for a time was reckoned by the clock before."""
    true = place.clock.now
    place.clock.now = true + by
    for call in CALLS:
        place.workspace.trouble[call].extend([Trouble("refused")] * 9)
    place.outbox.deliver()
    assert not place.texts()
    place.clock.now = true
    for call in CALLS:
        place.workspace.trouble[call].clear()
    until = true + SOON
    while place.clock.now < until and not everybody_has_theirs(place):
        place.clock.on(seconds=3)
        place.outbox.deliver()
    assert everybody_has_theirs(place)
    assert place.clock.now < until
