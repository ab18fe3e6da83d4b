"""Nobody listens, nobody else is spoken to, and whoever signs in does so once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from support.mail.certificates import Authority, authority
from support.mail.sending import SHORT, Seconds, post, sending
from support.mail.server import (
    PASSWORD,
    USER,
    mail_server,
)

from bots.delivery.sender import Down
from bots.mail.smtp.sender import REFUSED_FOR

SIGNED_IN = {"USER": USER, "PASSWORD": PASSWORD}


@pytest.fixture(scope="module")
def vouching(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Who vouches for the servers of this file."""
    return authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def clock() -> Seconds:
    """A clock that stands still."""
    return Seconds()


# -- encrypted, by whom it says it is --------------------------------------------------------------
@pytest.mark.parametrize("tls_first", [True, False])
def test_what_is_said_is_encrypted(vouching: Authority, tls_first: bool) -> None:
    """At once, or by STARTTLS before anybody signs in or is named."""
    how = {"CA_FILE": str(vouching.trusted), **SIGNED_IN}
    with mail_server(tls=vouching.context(), tls_first=tls_first) as server:
        scheme = "smtps" if tls_first else "smtp"
        with sending(server, {**how, "URL": f"{scheme}://127.0.0.1:{server.port}"}) as sender:
            post(sender)
        before = server.commands[
            : next(n for n, said in enumerate(server.commands) if "AUTH" in said)
        ]
        assert ("STARTTLS" in before) is not tls_first
        assert len(server.letters) == 1


WRONG: dict[str, tuple[dict[str, Any], bool, str]] = {
    "nobody vouches for it": ({}, False, "certificate of an unknown authority"),
    "it is another's": ({"host": "relay.testham.example"}, True, "certificate of another name"),
    "another number's": ({"host": "127.0.0.2"}, True, "certificate of another name"),
    "it has run out": ({"ends": datetime(2025, 1, 1, tzinfo=UTC)}, True, "certificate expired"),
}


@pytest.mark.parametrize("tls_first", [True, False])
@pytest.mark.parametrize("what", WRONG)
def test_whoever_is_not_who_they_say_is_told_nothing(
    vouching: Authority, tmp_path: Path, what: str, tls_first: bool
) -> None:
    """Neither a password nor a name; and it is never tried in the clear instead."""
    certificate, trusted, reason = WRONG[what]
    trust = vouching if trusted else authority(tmp_path)
    scheme = "smtps" if tls_first else "smtp"
    with mail_server(tls=vouching.context(**certificate), tls_first=tls_first) as server:
        how = {"CA_FILE": str(trust.trusted), "URL": f"{scheme}://127.0.0.1:{server.port}"}
        with sending(server, {**how, **SIGNED_IN}) as sender, pytest.raises(Down, match=reason):
            post(sender)
        assert {said.split(" ")[0] for said in server.commands} <= {"EHLO", "STARTTLS"}


@pytest.mark.parametrize(
    ("answer", "reason"), [(None, "no STARTTLS"), ("454 4.7.0 not now", "454 4.7.0")]
)
def test_a_server_that_does_not_encrypt_is_told_nothing(
    vouching: Authority, answer: str | None, reason: str
) -> None:
    """Neither one that cannot, nor one that will not: somebody on the line may have made it so."""
    with mail_server(tls=vouching.context() if answer else None) as server:
        server.says("STARTTLS", *([answer] if answer else []))
        how = {"CA_FILE": str(vouching.trusted), **SIGNED_IN}
        with sending(server, how) as sender, pytest.raises(Down, match=reason):
            post(sender)
        assert not [said for said in server.commands if said.startswith(("AUTH", "MAIL"))]


def test_a_port_that_encrypts_at_once_is_told_from_one_that_does_not(vouching: Authority) -> None:
    """Whoever takes the one for the other gets no connection, and no letter out."""
    with (
        mail_server() as server,
        sending(server, {"URL": f"smtps://127.0.0.1:{server.port}"}) as sender,
        pytest.raises(Down, match="no TLS"),
    ):
        post(sender)
    with (
        mail_server(tls=vouching.context(), tls_first=True) as server,
        sending(server, timeouts=SHORT) as sender,
        pytest.raises(Down, match="connection lost"),
    ):
        post(sender)


# -- signing in ------------------------------------------------------------------------------------
@pytest.mark.parametrize("offers", [("PLAIN",), ("LOGIN",), ("LOGIN", "PLAIN")])
def test_whoever_signs_in_does_so_in_a_way_that_is_offered(offers: tuple[str, ...]) -> None:
    """Before anybody is named."""
    with mail_server(offers=offers) as server, sending(server, SIGNED_IN) as sender:
        post(sender)
        assert server.commands[1].startswith(f"AUTH {offers[-1]}")
        assert len(server.letters) == 1


@pytest.mark.parametrize("offers", [(), ("XOAUTH2",)])
def test_a_server_that_offers_no_way_to_sign_in_gets_no_letter(offers: tuple[str, ...]) -> None:
    """Nor a password in a way that it did not ask for."""
    with mail_server(offers=offers) as server, sending(server, SIGNED_IN) as sender:
        with pytest.raises(Down, match="no PLAIN or LOGIN"):
            post(sender)
        assert not [said for said in server.commands if said.startswith("AUTH")]


def test_a_refused_password_is_not_tried_again_for_a_while(clock: Seconds) -> None:
    """Once, in one way: the outbox asks every few seconds, and an account is locked for less."""
    how = {**SIGNED_IN, "PASSWORD": "wrong"}
    with mail_server() as server, sending(server, how, clock=clock) as sender:
        for seconds in (0, 3, REFUSED_FOR - 4):
            clock.now += seconds
            with pytest.raises(Down, match=r"535 5\.7\.8") as down:
                sender.check()
            assert down.value.refuses_us
        assert len([said for said in server.commands if said.startswith("AUTH")]) == 1
        clock.now += 2
        server.says("AUTH", "235 2.7.0 welcome")
        sender.check()


def test_a_server_that_cannot_look_up_who_we_are_does_not_refuse_us(clock: Seconds) -> None:
    """It is asked again as soon as any other that is down."""
    with mail_server() as server, sending(server, SIGNED_IN, clock=clock) as sender:
        server.says("AUTH", "454 4.7.0 temporary failure")
        with pytest.raises(Down, match=r"454 4\.7\.0") as down:
            sender.check()
        assert not down.value.refuses_us
        sender.check()
