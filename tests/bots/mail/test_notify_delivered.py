"""Letters from the log to GOV.UK Notify, through the outbox: each once, whatever breaks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.mail.notify_server import KEY, TEMPLATE, Notify, Trouble, notify_server
from support.post_office import WEB, Town, town

from bots.delivery.outbox import Outbox
from bots.mail.compose import Composer
from bots.mail.notify.sender import NotifySender
from bots.mail.notify.settings import Settings
from ehsg_events.events import MessageDelivered, MessageFailed
from ehsg_events.states.streams import message_stream


class Killed(BaseException):
    """The machine stopped here."""


class Mortal(NotifySender):
    """A sender whose machine stops once Notify has a letter, before anything is recorded."""

    def post(self, *letter: Any, look: bool) -> str:
        super().post(*letter, look=look)
        raise Killed


@pytest.fixture
def notify() -> Iterator[Notify]:
    """Notify, with a template that has room for a letter."""
    with notify_server() as notify:
        yield notify


@pytest.fixture
def place(tmp_path: Path, notify: Notify) -> Iterator[Town]:
    """A round in which Ada alone is written to, through Notify."""
    place = town(tmp_path / "data")
    begin(place, notify)
    yield place
    place.log.close()


def begin(place: Town, notify: Notify, kind: type[NotifySender] = NotifySender) -> None:
    """A new outbox on the same log, as after a crash."""
    place.outbox = Outbox(
        place.log,
        kind(Settings(KEY, TEMPLATE, notify.url), clock=place.clock),
        place.clock,
        compose=Composer(WEB),
        writable=("mail", "slack"),
        alone=True,
    )


def delivered(place: Town) -> list[str]:
    """What is recorded of letters that were handed over."""
    return [
        one.reference
        for one in place.facts("MessageDelivered")
        if isinstance(one, MessageDelivered)
    ]


def test_an_invitation_is_handed_over_and_recorded_under_its_letters_id(
    place: Town, notify: Notify
) -> None:
    """Its text holds the personal link, alone on its line."""
    place.outbox.deliver()
    (letter,) = notify.letters
    assert letter["email_address"] == "ada@police.example.org"
    body = letter["personalisation"]["body"].splitlines()
    assert [line for line in body if line.startswith(f"{WEB.url}/i/")]
    assert delivered(place) == [letter["reference"]]
    (claimed,) = {one.stream for one in place.log.all() if type(one.fact) is MessageDelivered}
    assert letter["reference"] == str(message_stream(place.assessment, claimed.message or "").id)


@pytest.mark.parametrize("trouble", ["lost", "refused"])
def test_a_line_that_breaks_neither_doubles_a_letter_nor_loses_it(
    place: Town, notify: Notify, trouble: Any
) -> None:
    """Before Notify took it, or after."""
    notify.trouble.append(Trouble(trouble))
    place.outbox.deliver()
    assert [letter["reference"] for letter in notify.letters] == delivered(place)
    assert len(notify.letters) == 1


def test_a_process_that_dies_before_it_recorded_a_letter_sends_it_no_second_time(
    place: Town, notify: Notify
) -> None:
    """The next one asks Notify, and records what it finds."""
    begin(place, notify, Mortal)
    with pytest.raises(Killed):
        place.outbox.deliver()
    assert (len(notify.letters), delivered(place)) == (1, [])
    place.clock.on(minutes=11)
    begin(place, notify)
    place.outbox.deliver()
    assert [letter["reference"] for letter in notify.letters] == delivered(place)
    assert len(notify.letters) == 1


def test_an_address_that_notify_takes_for_none_is_recorded_as_that(
    place: Town, notify: Notify
) -> None:
    """The coordinator is told, as of anybody whom no letter reaches."""
    message = "email_address Not a valid email address"
    notify.trouble.append(Trouble("answer", 400, "ValidationError", message))
    place.outbox.deliver()
    failed = [one for one in place.facts("MessageFailed") if isinstance(one, MessageFailed)]
    assert [(one.to, one.reason) for one in failed] == [("police-1", "400")]


def test_a_key_that_was_taken_back_holds_up_letters_and_fails_none(
    place: Town, notify: Notify
) -> None:
    """They go out once there is one again."""
    message = "Invalid token: API key not found"
    notify.trouble.extend([Trouble("answer", 403, "AuthError", message)] * 2)
    place.outbox.deliver()
    assert (notify.letters, place.facts("MessageFailed")) == ([], [])
    for _ in range(2):
        place.clock.on(minutes=1)
        place.outbox.deliver()
    assert [letter["reference"] for letter in notify.letters] == delivered(place)
    assert len(notify.letters) == 1
