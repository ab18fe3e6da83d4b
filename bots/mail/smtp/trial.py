"""The way of a letter tried out, step by step; nothing of it is recorded."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import get_args

from bots.delivery.sender import NotSent
from bots.mail.message import message
from bots.mail.settings import Settings
from bots.mail.smtp.connection import Connection, Connector, Timeouts
from bots.mail.smtp.handing_over import begin, hand_over, let_it_go, name_recipient
from bots.mail.smtp.steps import Step, Stopped, during
from bots.mail.smtp.ways_out import way_out
from bots.mail.trial import TOOK_IT, Tried, letter_to_try
from ehsg_events.dates.calendar import say_date

STEPS: tuple[Step, ...] = get_args(Step)
USUAL = Timeouts()


def tried(
    settings: Settings, to: str | None, now: datetime, timeouts: Timeouts = USUAL
) -> Iterator[Tried]:
    """Try each step up to the first that goes wrong.

    Args:
        to: who is sent a test letter; without them nobody is, and the last two steps are left out.
        now: the letter's date.
    """
    done: list[str] = []
    try:
        for one in _steps(settings, to, now, timeouts):
            done.append(one.step)
            yield one
    except NotSent as trouble:
        step = trouble.step if isinstance(trouble, Stopped) else STEPS[len(done)]
        passed = STEPS[len(done) : STEPS.index(step)]
        yield from (Tried(each, True, "It went well.") for each in passed)  # noqa: FBT003
        yield Tried(step, False, way_out(trouble, step, settings))  # noqa: FBT003


def _steps(
    settings: Settings, to: str | None, now: datetime, timeouts: Timeouts
) -> Iterator[Tried]:
    yield _well("name", _found(settings))
    connection = Connector(settings, timeouts).connected()
    try:
        yield _well("connection", f"{settings.host} answers on port {settings.port}.")
        yield _well("TLS", _certificate(connection))
        yield _well("sign-in", _signed_in(settings))
        begin(connection, settings.sender.address)
        yield _well("sender", f"It takes letters from {settings.sender.address}.")
        if to is not None:
            yield from _with_a_letter(connection, settings, to, now)
    finally:
        connection.leave()


def _with_a_letter(
    connection: Connection, settings: Settings, to: str, now: datetime
) -> Iterator[Tried]:
    name_recipient(connection, to)
    yield _well("recipient", "It takes letters to this address.")
    hand_over(connection, message(letter_to_try(to, now), settings))
    let_it_go(connection)
    yield _well("letter", TOOK_IT)


def _well(step: Step, says: str) -> Tried:
    return Tried(step, True, says)  # noqa: FBT003 - that is what the function says


def _found(settings: Settings) -> str:
    with during("name"):
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)
    numbers = dict.fromkeys(str(one[4][0]) for one in found)
    return f"{settings.host} is at {', '.join(numbers)}."


def _certificate(connection: Connection) -> str:
    if not isinstance(connection.sock, ssl.SSLSocket):
        return "Not encrypted: the mail server is on this machine."
    known = connection.sock.getpeercert() or {}
    names = [str(named[1]) for named in known.get("subjectAltName", ())]
    ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(known["notAfter"])), UTC)
    return f"The certificate is for {', '.join(names)}, until {say_date(ends.date())}."


def _signed_in(settings: Settings) -> str:
    if not settings.user:
        return "Nobody signs in; none is set up."
    how = "with a token" if settings.oauth else "with a password"
    return f"Signed in as {settings.user}, {how}."
