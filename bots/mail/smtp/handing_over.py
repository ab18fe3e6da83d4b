"""A letter handed over: from whom, to whom, and the letter itself; and what each refusal means."""

from __future__ import annotations

from collections.abc import Callable

from bots.delivery.sender import Down, NotSent, Unsure
from bots.mail.smtp.connection import Connection
from bots.mail.smtp.replies import (
    CLOSING,
    NONE,
    Reply,
    of_the_letter,
    of_the_recipient,
    of_the_sender,
    reply,
)
from bots.mail.smtp.steps import Lost, Step, Stopped, during

GO_ON = 354  # the server waits for a letter


def begin(connection: Connection, address: str) -> None:
    """Say whom a letter is from; whatever was begun before is forgotten.

    Where a server knows how, what it returns is to hold no more than the headers: no link.

    Raises:
        Stopped: the server does not take it.
    """
    options = ["RET=HDRS"] if connection.has_extn("dsn") else []
    with during("connection"):
        ready = reply(*connection.rset())
    _go_on("connection", ready, of_the_sender)
    with during("sender"):
        said = reply(*connection.mail(address, options))
    _go_on("sender", said, of_the_sender)


def name_recipient(connection: Connection, address: str) -> None:
    """Say whom a letter is to.

    Raises:
        NotSent: the server does not take them.
    """
    with during("recipient"):
        said = reply(*connection.rcpt(address))
    _go_on("recipient", said, of_the_recipient)


def hand_over(connection: Connection, content: bytes) -> None:
    """Hand a letter over but for its last dot: until that comes, the server has taken nothing.

    Raises:
        NotSent: the server does not want it.
    """
    with during("letter"):
        said = reply(*connection.docmd("DATA"))
    if said.code != GO_ON:
        _go_on("letter", said if said.code >= 400 else NONE, of_the_letter)
    with during("letter"):
        connection.send_content(content)


def let_it_go(connection: Connection) -> None:
    """Send the last dot of a letter that was handed over.

    Raises:
        Unsure: it is out, and nothing came back that says what became of it.
        NotSent: the server did not take it.
    """
    try:
        said = reply(*connection.let_it_go())
    except OSError:
        raise Unsure from None
    if connection.in_doubt:
        raise Unsure
    if not said.takes:
        raise _of_a_step("letter", of_the_letter(said), Stopped)


def _go_on(step: Step, said: Reply, means: Callable[[Reply], NotSent]) -> None:
    """Go on where a server says yes.

    Raises:
        NotSent: it does not.
    """
    if not said.takes:
        raise _of_a_step(step, means(said), Lost if said.code == CLOSING else Stopped)


def _of_a_step(step: Step, not_sent: NotSent, kind: type[Stopped]) -> NotSent:
    if isinstance(not_sent, Down):
        return kind(step, not_sent.reason, refuses_us=not_sent.refuses_us)
    return not_sent
