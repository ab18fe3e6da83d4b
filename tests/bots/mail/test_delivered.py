"""Letters from the log to a mail server, through the outbox: once, and what became of each is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from support.mail.sending import sending
from support.mail.server import CONTENT, HANG_UP, MailServer, mail_server
from support.post_office import WEB, Town, town

from bots.delivery.outbox import Outbox
from bots.mail.compose import Composer
from ehsg_events.events import MessageDelayed, MessageDelivered, MessageFailed

ADA = "ada@police.example.org"


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A mail server that takes everything."""
    with mail_server() as told:
        yield told


@pytest.fixture
def place(tmp_path: Path, server: MailServer) -> Iterator[Town]:
    """A round in which Ada alone is written to by e-mail."""
    place = town(tmp_path / "data")
    with sending(server) as sender:
        place.outbox = Outbox(
            place.log,
            sender,
            place.clock,
            compose=Composer(WEB),
            writable=("mail", "slack"),
            alone=True,
        )
        yield place


def read(server: MailServer) -> list[EmailMessage]:
    """The letters that the server has, as somebody reads them."""
    found = (message_from_bytes(one.content, policy=default) for one in server.letters)
    return [one for one in found if isinstance(one, EmailMessage)]


def test_an_invitation_arrives_with_its_link_and_its_deadline(
    place: Town, server: MailServer
) -> None:
    """What was recorded of it is the Message-ID under which a reply or a returned letter speaks of it."""
    place.outbox.deliver()
    (letter,) = read(server)
    (delivered,) = place.facts("MessageDelivered")
    assert isinstance(delivered, MessageDelivered)
    assert (letter["To"], letter["Message-ID"]) == (ADA, delivered.reference)
    assert letter["Reply-To"] == "lea.north@council.example.org"
    assert [one.get_content_type() for one in letter.iter_attachments()] == ["text/calendar"]
    body = letter.get_body(("plain",))
    assert body is not None
    assert f"{WEB.url}/i/" in body.get_content()


def test_a_reminder_follows_the_invitation_and_can_be_stopped(
    place: Town, server: MailServer
) -> None:
    """In the same conversation of a mail program."""
    place.outbox.deliver()
    place.advances(days=3, hours=3)
    place.outbox.deliver()
    notice, reminder = read(server)
    assert reminder["References"] == notice["Message-ID"]
    assert reminder["List-Unsubscribe"].startswith(f"<{WEB.url}/stop/")
    assert "List-Unsubscribe" not in notice


def test_a_letter_in_doubt_is_sent_once_more_and_is_the_same_to_the_byte(
    place: Town, server: MailServer
) -> None:
    """So that whoever has both can throw one away."""
    server.says(CONTENT, HANG_UP)
    for _ in range(3):
        place.outbox.deliver()
        place.clock.now += timedelta(minutes=11)
    first, second = (one.content for one in server.letters)
    assert first == second
    assert len(place.facts("MessageDelivered")) == 1


def test_a_server_that_asks_to_come_later_gets_one_letter_in_the_end(
    place: Town, server: MailServer
) -> None:
    """Greylisting is said on the log, by its code; each pause is longer than the one before."""
    server.says("RCPT", *["451 4.7.1 greylisted, <ada@police.example.org>"] * 3)
    tries = []
    for _ in range(10):
        place.outbox.deliver()
        tries.append(len([said for said in server.commands if said.startswith("RCPT")]))
        place.clock.now += timedelta(minutes=1)
    assert tries == [1, 2, 2, 3, 3, 3, 3, 4, 4, 4]
    delayed = place.facts("MessageDelayed")
    assert [one.reason for one in delayed if isinstance(one, MessageDelayed)] == ["451 4.7.1"] * 3
    assert (len(server.letters), len(place.facts("MessageDelivered"))) == (1, 1)


def test_an_address_that_is_nobodys_is_recorded_by_its_code(
    place: Town, server: MailServer
) -> None:
    """Never in the server's words."""
    server.says("RCPT", "550 5.1.1 <ada@police.example.org>: Ada Quill has left")
    place.outbox.deliver()
    (failed,) = place.facts("MessageFailed")
    assert isinstance(failed, MessageFailed)
    assert failed.reason == "550 5.1.1"


def test_a_server_that_takes_nothing_fails_nobody(place: Town, server: MailServer) -> None:
    """The letter waits, and goes out at the first answer."""
    server.says("MAIL", "550 5.7.60 not as this sender", "550 5.7.60 not as this sender")
    place.outbox.deliver()
    assert place.facts("MessageFailed") == []
    place.clock.now += timedelta(minutes=11)
    place.outbox.deliver()
    place.clock.now += timedelta(minutes=11)
    place.outbox.deliver()
    assert (len(server.letters), len(place.facts("MessageDelivered"))) == (1, 1)
