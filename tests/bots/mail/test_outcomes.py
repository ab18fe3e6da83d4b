"""What a mail server does, and what it means: for one person, for now, for everybody, or unknown."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from support.mail.letters import letter
from support.mail.sending import PATIENT, SHORT, post, sending
from support.mail.server import CONTENT, GREETING, HANG, HANG_UP, READ_NO_MORE, mail_server

from bots.delivery.sender import Down, Impossible, Later, NotSent, Unsure
from bots.mail.smtp.connection import Timeouts


class Outcome(NamedTuple):
    """What a letter comes to when a server answers so at a step.

    `reason` is all that is kept of the answer; `refuses_us` whether it is about who we are.
    """

    step: str
    says: str
    kind: type[NotSent]
    reason: str
    refuses_us: bool = False


NAMES = "<ann@police.testham.example>: Ann Ashton has left"
OUTCOMES = (
    # nobody has this address
    Outcome("RCPT", f"550 5.1.1 {NAMES}", Impossible, "550 5.1.1"),
    Outcome("RCPT", f"550-5.1.1 {NAMES}\r\n550 5.1.1 and more", Impossible, "550 5.1.1"),
    Outcome("RCPT", "550 5.1.10 RESOLVER.ADR.RecipientNotFound", Impossible, "550 5.1.10"),
    Outcome("RCPT", "553 5.1.3 malformed", Impossible, "553 5.1.3"),
    Outcome("RCPT", "550 5.2.1 mailbox disabled", Impossible, "550 5.2.1"),
    Outcome("RCPT", "550 5.4.1 Recipient address rejected", Impossible, "550 5.4.1"),
    Outcome("RCPT", f"550 {NAMES}", Impossible, "550"),
    Outcome("RCPT", "550", Impossible, "550"),
    Outcome("RCPT", "551 not here", Impossible, "551"),
    Outcome("RCPT", "553 no such name", Impossible, "553"),
    Outcome(CONTENT, "550 5.1.1 User unknown", Impossible, "550 5.1.1"),
    # not now
    Outcome("RCPT", "450 4.2.0 greylisted", Later, "450 4.2.0"),
    Outcome("RCPT", "451 try again", Later, "451"),
    Outcome("RCPT", "452 4.2.2 full", Later, "452 4.2.2"),
    Outcome("RCPT", "552 over quota", Later, "552"),
    Outcome("RCPT", "552 5.2.2 over quota", Later, "552 5.2.2"),
    Outcome("RCPT", "451 5.1.1 a class of its own", Later, "451"),
    Outcome("DATA", "451 4.3.0 busy", Later, "451 4.3.0"),
    Outcome(CONTENT, "432 4.3.2 too fast", Later, "432 4.3.2"),
    Outcome(CONTENT, "552 5.2.2 over quota", Later, "552 5.2.2"),
    # about us: nothing goes to anybody
    Outcome("MAIL", "550 5.7.60 not as this sender", Down, "550 5.7.60", refuses_us=True),
    Outcome("MAIL", "553 not yours", Down, "553", refuses_us=True),
    Outcome("MAIL", "530 5.7.0 sign in", Down, "530 5.7.0", refuses_us=True),
    Outcome("MAIL", "451 4.7.1 busy", Down, "451 4.7.1"),
    Outcome("RCPT", "553 5.1.8 your domain is unknown", Down, "553 5.1.8", refuses_us=True),
    Outcome("RCPT", "550 5.1.7 your address is wrong", Down, "550 5.1.7", refuses_us=True),
    Outcome("RCPT", "550 5.7.1 no relaying", Down, "550 5.7.1", refuses_us=True),
    Outcome("RCPT", "554 5.7.1 no relaying", Down, "554 5.7.1", refuses_us=True),
    Outcome("RCPT", "530 sign in first", Down, "530", refuses_us=True),
    Outcome("RCPT", "554 no", Down, "554"),
    Outcome("RCPT", "503 5.5.1 out of order", Down, "503 5.5.1"),
    Outcome("DATA", "554 no valid recipients", Down, "554"),
    Outcome("DATA", "250 what letter", Down, "not understood"),
    Outcome(CONTENT, "554 5.7.1 looks like spam", Down, "554 5.7.1", refuses_us=True),
    Outcome(CONTENT, "550 5.6.0 cannot read it", Down, "550 5.6.0"),
    Outcome(CONTENT, f"550 {NAMES}", Down, "550"),
    *(Outcome(step, "421 4.3.2 going down", Down, "421 4.3.2") for step in (GREETING, "EHLO", "RSET", "MAIL", "RCPT", "DATA", CONTENT)),
    # no mail server there, or none that answers
    Outcome(GREETING, "554 5.7.1 not you", Down, "554 5.7.1", refuses_us=True),
    Outcome(GREETING, "HTTP/1.1 400 Bad Request", Down, "not understood"),
    Outcome("MAIL", "what", Down, "not understood"),
    Outcome("RCPT", "250" + "x" * 9000, Down, "500"),
    *(Outcome(step, how, Down, "connection lost") for step in (GREETING, "EHLO", "RSET", "MAIL", "RCPT", "DATA") for how in (HANG, HANG_UP)),
    # out, and nobody knows
    *(Outcome(CONTENT, said, Unsure, "") for said in (HANG, HANG_UP, "what", "354 more", "250" + "x" * 9000)),
)  # fmt: skip


def patience(says: str) -> Timeouts:
    """Little where nothing will come; enough for a busy machine where something will."""
    return SHORT if says == HANG else PATIENT


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda one: f"{one.step} {one.says[:30]}")
def test_each_answer_has_its_meaning_and_the_next_letter_goes_out(outcome: Outcome) -> None:
    """Of its words nothing is kept, for they may name people; and nothing is in the way of the next."""
    step, says, kind, reason, refuses_us = outcome
    with mail_server() as server, sending(server, timeouts=patience(says)) as sender:
        server.says(step, says)
        with pytest.raises(kind) as raised:
            post(sender)
        assert str(raised.value) == reason
        if isinstance(raised.value, Down):
            assert raised.value.refuses_us is refuses_us
        if isinstance(raised.value, Later):
            assert raised.value.after is None, (
                "the outbox doubles the pause, and the log tells of it"
            )
        before = len(server.letters)
        assert before == (step == CONTENT)
        assert post(sender) == "<00000000-0000-0000-0000-000000000007@testham.example>"
        assert len(server.letters) == before + 1


def test_a_server_that_stops_reading_before_the_dot_took_nothing() -> None:
    """However much of the letter it has by then."""
    with mail_server() as server, sending(server, timeouts=SHORT) as sender:
        server.says("DATA", READ_NO_MORE)
        with pytest.raises(Down, match="connection lost"):
            post(sender, letter(paragraphs=("x" * 12_000_000,)))
        assert server.letters == []


def test_no_server_at_all_is_no_connection() -> None:
    """The port is free."""
    with mail_server() as server:
        pass
    with sending(server) as sender, pytest.raises(Down, match="no connection"):
        post(sender)


def test_a_name_nobody_knows_is_told_from_a_server_that_is_silent() -> None:
    """Names under `.invalid` are nobody's."""
    with (
        mail_server() as server,
        sending(server, {"URL": "smtp://mail.invalid"}) as sender,
        pytest.raises(Down, match="no such name"),
    ):
        post(sender)


@pytest.mark.parametrize("to", ["änn@testham.example", "ann", "", "ann@x.example\r\nRSET"])
def test_what_cannot_be_said_as_an_address_is_nobodys(to: str) -> None:
    """The server is not even asked."""
    with mail_server() as server, sending(server) as sender:
        with pytest.raises(Impossible, match="no address"):
            post(sender, letter(to=to))
        assert server.connections == 0
