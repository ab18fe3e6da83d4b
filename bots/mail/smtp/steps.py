"""The steps on which a letter goes out, and what stopped at which of them."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from bots.delivery.sender import Down
from bots.mail.smtp.replies import CLOSING, NOT_UNDERSTOOD, reply

Step = Literal["name", "connection", "TLS", "sign-in", "sender", "recipient", "letter"]
NO_SUCH_NAME = "no such name"
NO_CONNECTION = "no connection"
LOST = "connection lost"
NO_STARTTLS = "no STARTTLS"
NO_TLS = "no TLS"
UNKNOWN, EXPIRED, ANOTHERS = (
    "certificate of an unknown authority",
    "certificate expired",
    "certificate of another name",
)
OF_A_CERTIFICATE = {  # by the number that OpenSSL gives
    10: EXPIRED,
    62: ANOTHERS,
    64: ANOTHERS,  # where a number stands for the name
}


class Stopped(Down):
    """The mail server takes nothing from us.

    Args:
        step: how far a letter came.
    """

    def __init__(self, step: Step, reason: str, *, refuses_us: bool = False) -> None:
        super().__init__(reason, refuses_us=refuses_us)
        self.step = step


class Lost(Stopped):
    """The line to the mail server broke, or the server ended it; nothing was handed over."""


@contextmanager
def during(step: Step) -> Iterator[None]:
    """Say of whatever fails at a step what it means.

    Raises:
        Stopped: something failed.
    """
    try:
        yield
    except (OSError, ValueError) as failure:  # all of SMTP and TLS; and base64 that is none
        raise _stopped(step, failure) from None


def _stopped(step: Step, failure: OSError | ValueError) -> Stopped:
    match failure:
        case smtplib.SMTPResponseException():
            return _refused(step, failure)
        case smtplib.SMTPServerDisconnected():
            return Lost(step, LOST)
        case ssl.SSLError():
            number = getattr(failure, "verify_code", None)
            return Stopped(
                "TLS", NO_TLS if number is None else OF_A_CERTIFICATE.get(number, UNKNOWN)
            )
        case socket.gaierror():
            return Stopped("name", NO_SUCH_NAME)
        case smtplib.SMTPException() | ValueError():
            return Stopped(step, NOT_UNDERSTOOD)
    return Lost(step, NO_CONNECTION)


def _refused(step: Step, refusal: smtplib.SMTPResponseException) -> Stopped:
    text = refusal.smtp_error
    said = reply(refusal.smtp_code, text.encode() if isinstance(text, str) else text)
    kind = Lost if said.code == CLOSING else Stopped
    return kind(step, str(said), refuses_us=said.refuses_us)
