"""One connection, kept and renewed; a pace that is kept; and no letter sent twice that was not in doubt."""

from __future__ import annotations

import threading
from threading import Event
from uuid import UUID

import pytest
from support.mail.letters import LETTER, TO, letter, settings
from support.mail.sending import PROMISE, SHORT, Seconds, post, sending
from support.mail.server import (
    CONTENT,
    HANG,
    HANG_UP,
    SLOW,
    SLOWLY,
    Taken,
    mail_server,
)

from bots.delivery.sender import Down, Gone, Impossible, Later, NotSent, Unsure
from bots.mail.message import message
from bots.mail.settings import Settings
from bots.mail.smtp.connection import Timeouts
from bots.mail.smtp.sender import IDLE, MailSender
from bots.messages.promise import Promise


class Waiting(Event):
    """An event for which nobody waits in earnest: the clock is moved instead."""

    def __init__(self, clock: Seconds) -> None:
        super().__init__()
        self.clock, self.waited = clock, list[float]()

    def wait(self, timeout: float | None = None) -> bool:
        self.waited.append(round(timeout or 0, 3))
        self.clock.now += timeout or 0
        return self.is_set()


@pytest.fixture
def clock() -> Seconds:
    """A clock that stands still."""
    return Seconds()


# -- what goes out ---------------------------------------------------------------------------------
def test_the_server_gets_the_letter_to_the_byte_for_the_address_alone() -> None:
    """Lines that are a dot included; the reference is the Message-ID."""
    with mail_server() as server, sending(server) as sender:
        assert post(sender) == f"<{LETTER.id}@testham.example>"
        assert server.letters == [
            Taken("early-help@testham.example", (TO,), message(LETTER, settings()))
        ]
        assert server.commands[0] == "EHLO [127.0.0.1]", "which tells nothing of the machine"


def test_a_domain_in_other_letters_is_said_in_ascii() -> None:
    """To every server, whether or not it knows of other letters."""
    with mail_server() as server, sending(server) as sender:
        post(sender, letter(to="ann@bücher.example"))
        assert server.letters[0].to == ("ann@xn--bcher-kva.example",)


@pytest.mark.parametrize("dsn", [True, False])
def test_what_is_returned_shall_hold_no_link_where_the_server_knows_how(dsn: bool) -> None:
    """A returned letter lies in a mailbox that others read."""
    with mail_server(dsn=dsn) as server, sending(server) as sender:
        post(sender)
        assert any("RET=HDRS" in said for said in server.commands) is dsn
        assert len(server.letters) == 1


def test_a_letter_is_neither_found_nor_changed_once_it_is_out() -> None:
    """What a mail server took is seen no more."""
    with mail_server() as server, sending(server) as sender:
        sender.find(TO, PROMISE)
        with pytest.raises(Gone):
            sender.change(TO, "", PROMISE, LETTER)
        assert server.connections == 0


# -- one connection --------------------------------------------------------------------------------
def test_one_connection_serves_letters_one_after_another() -> None:
    """Each begins anew, whatever became of the one before; at the end leave is taken."""
    with mail_server() as server:
        with sending(server) as sender:
            server.says("RCPT", "550 5.1.1 nobody", "451 later")
            for refusal in (Impossible, Later):
                with pytest.raises(refusal):
                    post(sender)
            post(sender)
            post(sender)
        assert (server.connections, len(server.letters)) == (1, 2)
        assert [said for said in server.commands if said in ("RSET", "QUIT")] == [
            *["RSET"] * 4,
            "QUIT",
        ]


def test_a_connection_that_was_idle_for_long_is_left(clock: Seconds) -> None:
    """Others wait for it: some servers take three at a time."""
    with mail_server() as server, sending(server, clock=clock) as sender:
        for waits in (0, IDLE - 1, IDLE + 1):
            clock.now += waits
            post(sender)
        assert (server.connections, len(server.letters)) == (2, 3)


@pytest.mark.parametrize("answer", [HANG_UP, HANG, "421 4.4.2 idle for too long"])
@pytest.mark.parametrize("step", ["RSET", "MAIL", "RCPT", "DATA"])
def test_a_stale_connection_is_renewed_once_and_nobody_notices(step: str, answer: str) -> None:
    """As long as the letter was not out."""
    with mail_server() as server, sending(server, timeouts=SHORT) as sender:
        post(sender)
        server.says(step, answer)
        post(sender)
        assert (server.connections, len(server.letters)) == (2, 2)
        server.says(step, answer, answer)
        with pytest.raises(Down):
            post(sender)
        assert (server.connections, len(server.letters)) == (3, 2)


def test_letters_of_many_threads_go_out_one_after_another() -> None:
    """Over one connection, and none is lost or doubled."""
    with mail_server() as server, sending(server) as sender:
        ids = [UUID(int=number) for number in range(24)]
        threads = [threading.Thread(target=post, args=(sender, letter(id=one))) for one in ids]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        taken = sorted(one.content.split(b"Message-ID: <")[1][:36] for one in server.letters)
        assert taken == [str(one).encode() for one in ids]
        assert server.connections == 1


# -- leaving ---------------------------------------------------------------------------------------
def test_it_is_told_of_a_letter_right_before_nobody_could_take_it_back() -> None:
    """The server has all of it by then but for the last dot."""
    with mail_server() as server, sending(server) as sender:
        told: list[tuple[Promise, str, int]] = []

        def leaving(promise: Promise) -> None:
            told.append((promise, server.commands[-1], len(server.letters)))

        sender.leaving = leaving
        post(sender)
        assert told == [(PROMISE, "DATA", 0)]


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("says", ["451 later", "554 no"])
def test_a_letter_that_does_not_come_that_far_is_not_leaving(step: str, says: str) -> None:
    """So that it is certain that it is not out."""
    with mail_server() as server, sending(server) as sender:
        left: list[Promise] = []
        sender.leaving = left.append
        server.says(step, says)
        with pytest.raises(NotSent):
            post(sender)
        assert left == []


@pytest.mark.parametrize("failure", [Unsure(), OSError(28, "No space left"), KeyboardInterrupt()])
def test_a_letter_of_which_it_cannot_be_recorded_that_it_leaves_stays_here(
    failure: BaseException,
) -> None:
    """Another deliverer has it, the disk is full, somebody ends the process: no dot is sent."""

    def leaving(_: Promise) -> None:
        raise failure

    with mail_server() as server, sending(server) as sender:
        post(sender)
        usual, sender.leaving = sender.leaving, leaving
        for _ in range(3):
            with pytest.raises(type(failure)):
                post(sender)
        assert len(server.letters) == 1
        sender.leaving = usual
        post(sender)
        assert len(server.letters) == 2


# -- in doubt --------------------------------------------------------------------------------------
def test_a_letter_in_doubt_is_not_sent_again_over_a_new_connection() -> None:
    """Not even where the one it went out on had been kept."""
    with mail_server() as server, sending(server) as sender:
        post(sender)
        server.says(CONTENT, HANG_UP)
        with pytest.raises(Unsure):
            post(sender)
        assert (server.connections, len(server.letters)) == (1, 2)


def test_after_two_letters_in_doubt_none_is_sent_until_the_server_was_asked() -> None:
    """It takes letters and says nothing: each further one might be a copy."""
    with mail_server() as server, sending(server, timeouts=SHORT) as sender:
        server.says(CONTENT, HANG, HANG_UP)
        for _ in range(2):
            with pytest.raises(Unsure):
                post(sender)
        for _ in range(3):
            with pytest.raises(Down, match="no answer"):
                post(sender)
        assert len(server.letters) == 2
        sender.check()
        post(sender)
        assert len(server.letters) == 3


def test_a_letter_that_is_answered_for_ends_the_doubt() -> None:
    """Two in doubt are two one after another."""
    with mail_server() as server, sending(server) as sender:
        for _ in range(3):
            server.says(CONTENT, HANG_UP)
            with pytest.raises(Unsure):
                post(sender)
            post(sender)
        assert len(server.letters) == 6


def test_a_server_may_take_its_time_once_a_letter_is_out_and_then_only() -> None:
    """It looks through the letter by then; whoever waits shorter sends a second."""
    slow = Timeouts(step=SLOWLY / 2, letter=60)
    with mail_server() as server, sending(server, timeouts=slow) as sender:
        server.says(CONTENT, SLOW)
        post(sender)
        assert len(server.letters) == 1
        assert sender._connection is not None
        assert sender._connection.sock is not None
        assert sender._connection.sock.gettimeout() == slow.step


# -- pace ------------------------------------------------------------------------------------------
def test_letters_leave_at_the_pace_that_the_server_takes(clock: Seconds) -> None:
    """The first at once; whoever comes later waits no longer than is left."""
    stopping = Waiting(clock)
    with mail_server() as server, MailSender(_paced(server.port), stopping, clock=clock) as sender:
        for waits in (0, 0, 0, 1.5, 60):
            clock.now += waits
            post(sender)
        assert stopping.waited == [2, 2, 0.5]
        assert len(server.letters) == 5


def test_whoever_is_told_to_stop_sends_nothing_and_loses_nothing(clock: Seconds) -> None:
    """The letter is certainly not out, and is nobody's fault."""
    stopping = Waiting(clock)
    with mail_server() as server, MailSender(_paced(server.port), stopping, clock=clock) as sender:
        post(sender)
        stopping.set()
        with pytest.raises(Later) as later:
            post(sender)
        assert later.value.after is not None, "so that it is not taken for refused"
        assert len(server.letters) == 1


def _paced(port: int) -> Settings:
    return settings(port, PER_MINUTE="30")


# -- asked -----------------------------------------------------------------------------------------
def test_asking_whether_letters_are_taken_sends_none() -> None:
    """It goes as far as whom they are from, which some refuse; a letter follows on the same line."""
    with mail_server() as server, sending(server) as sender:
        sender.check()
        assert server.commands[-1].startswith("MAIL FROM")
        post(sender)
        assert (server.connections, len(server.letters)) == (1, 1)
        server.says("MAIL", "550 5.7.60 not as this sender")
        with pytest.raises(Down):
            sender.check()
