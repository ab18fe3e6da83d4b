"""Signing in with a token: asked for once, used until it ends, and asked for anew when it is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.responses import Response
from support.mail.sending import Seconds, post, sending
from support.mail.server import USER, MailServer, mail_server
from support.mail.tokens import TokenServer, json, token, token_server

from bots.delivery.sender import Down
from bots.mail.smtp.oauth import EARLY
from bots.mail.smtp.sender import IDLE, REFUSED_FOR

SECRET = "s3cret of the app"


@pytest.fixture(scope="module")
def entra() -> Iterator[TokenServer]:
    """What gives out tokens."""
    with token_server() as told:
        yield told


@pytest.fixture
def tokens(entra: TokenServer) -> TokenServer:
    """The same, asked nothing yet."""
    entra.asked.clear()
    entra.answers.clear()
    return entra


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A mail server that takes tokens alone."""
    with mail_server(offers=("XOAUTH2",), tokens={"token-1", "token-2"}) as told:
        yield told


def how(tokens: TokenServer) -> dict[str, str]:
    """The settings of an app."""
    return {
        "OAUTH_TENANT": "testham/..",
        "OAUTH_CLIENT": "app-1",
        "OAUTH_SECRET": SECRET,
        "OAUTH_URL": tokens.url,
        "USER": USER,
    }


def test_a_token_is_asked_for_as_the_app_and_signs_the_mailbox_in(
    server: MailServer, tokens: TokenServer
) -> None:
    """By one POST; the tenant stays within its part of the address."""
    with sending(server, how(tokens)) as sender:
        post(sender)
    assert len(server.letters) == 1
    ((path, said),) = tokens.asked
    assert path == "/testham%2F../oauth2/v2.0/token"
    assert said == {
        "grant_type": ["client_credentials"],
        "client_id": ["app-1"],
        "client_secret": [SECRET],
        "scope": ["https://outlook.office365.com/.default"],
    }


def test_a_token_is_kept_until_a_minute_before_its_end(
    server: MailServer, tokens: TokenServer
) -> None:
    """However often a connection is renewed meanwhile."""
    clock = Seconds()
    with sending(server, how(tokens), clock=clock) as sender:
        for _ in range(3):
            post(sender)
            clock.now += IDLE + 1
        assert (server.connections, len(tokens.asked)) == (3, 1)
        clock.now = 3600 - EARLY
        post(sender)
        assert (server.connections, len(tokens.asked)) == (4, 2)


def test_a_token_that_was_taken_back_is_asked_for_anew(
    server: MailServer, tokens: TokenServer
) -> None:
    """And the letter goes out at once."""
    clock = Seconds()
    with sending(server, how(tokens), clock=clock) as sender:
        post(sender)
        server.tokens.discard("token-1")
        clock.now += IDLE + 1
        post(sender)
    assert (len(server.letters), len(tokens.asked)) == (2, 2)


def test_a_new_token_that_is_refused_is_asked_for_no_third_time(
    server: MailServer, tokens: TokenServer
) -> None:
    """The mailbox does not let the app in; it is tried again in a while."""
    clock = Seconds()
    server.tokens.clear()
    with sending(server, how(tokens), clock=clock) as sender:
        for _ in range(3):
            with pytest.raises(Down, match=r"535 5\.7\.8") as down:
                sender.check()
            assert down.value.refuses_us
        assert len(tokens.asked) == 1
        server.tokens.add("token-2")
        clock.now += REFUSED_FOR
        sender.check()


REFUSED: dict[str, tuple[Response, str, bool]] = {
    "a wrong secret": (
        json({"error": "invalid_client", "error_description": "Ann Ashton"}, 401),
        "invalid_client",
        True,
    ),
    "a wrong tenant": (json({"error": "invalid_request"}, 400), "invalid_request", True),
    "too often": (json({"error": "temporarily_unavailable"}, 429), "temporarily_unavailable", False),
    "an error in words": (json({"error": "Ann Ashton has left"}, 400), "no token: 400", False),
    "a fault of theirs": (Response("oops", 500), "no token: 500", False),
    "no JSON": (Response("hello"), "no token", False),
    "a list": (json(["token-1"]), "no token", False),
    "no token in it": (json({"expires_in": 3600}), "no token", False),
    "a token of another kind": (token(["token-1"]), "no token", False),
    "a token that is two lines": (token("token-1\r\nRSET"), "no token", False),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_whoever_gets_no_token_says_nothing_to_the_mail_server(
    server: MailServer, tokens: TokenServer, what: str
) -> None:
    """Why is kept as a code: the words beside it may name people."""
    answer, reason, refuses_us = REFUSED[what]
    tokens.answers.append(answer)
    with sending(server, how(tokens)) as sender:
        with pytest.raises(Down) as down:
            post(sender)
        assert (down.value.reason, down.value.refuses_us) == (reason, refuses_us)
    assert not [said for said in server.commands if said.startswith(("AUTH", "MAIL"))]


def test_an_address_of_tokens_that_is_not_there_is_no_fault_of_the_app(
    server: MailServer, tokens: TokenServer
) -> None:
    """It is asked again as soon as any server that is down."""
    with (
        sending(server, {**how(tokens), "OAUTH_URL": f"http://127.0.0.1:{server.port}"}) as sender,
        pytest.raises(Down, match="no token") as down,
    ):
        post(sender)
    assert not down.value.refuses_us


@pytest.mark.parametrize("seconds", [None, "3600", -1, 10])
def test_a_token_that_does_not_say_how_long_it_is_good_is_used_once(
    server: MailServer, tokens: TokenServer, seconds: Any
) -> None:
    """Nor is one kept that is about to end."""
    clock = Seconds()
    tokens.answers += [token("token-1", seconds), token("token-2", seconds)]
    with sending(server, how(tokens), clock=clock) as sender:
        post(sender)
        clock.now += IDLE + 1
        post(sender)
    assert len(tokens.asked) == 2


def test_a_server_that_takes_no_tokens_is_given_none(tokens: TokenServer) -> None:
    """It is not even asked for."""
    with mail_server() as server, sending(server, how(tokens)) as sender:
        with pytest.raises(Down, match="no XOAUTH2"):
            post(sender)
        assert tokens.asked == []
