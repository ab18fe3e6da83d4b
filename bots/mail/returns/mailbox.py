"""The mailbox for returned letters, over IMAP: looked through, and left as it is.

Nothing in it is marked, moved or deleted: others may read it too, and whoever runs it clears it up.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from imaplib import IMAP4, IMAP4_SSL
from typing import Any, NamedTuple

from bots.delivery.sender import NotSent
from bots.mail.returns.returned import READ, NotAReturn, Returned, read
from bots.mail.returns.settings import PASSWORD, PLACE, Settings
from bots.mail.settings import CA_FILE
from bots.mail.smtp.oauth import Tokens
from ehsg_events.kernel import Refused

TIMEOUT = 20.0  # seconds that the server has to answer
MOST = 1024 * 1024  # bytes of one answer; we ask for fewer
UID_OF = re.compile(rb"\bUID (\d{1,10})\b")
BY_PASSWORD, BY_TOKEN = "AUTH=PLAIN", "XOAUTH2"


class Mark(NamedTuple):
    """How far a mailbox was looked through.

    Args:
        validity: under which its numbers hold; under another, each message has a new number.
        number: of the last message that was looked at.
    """

    validity: int
    number: int


class _Connection(IMAP4_SSL):
    """A connection on which nothing is taken that is longer than what was asked for."""

    def read(self, size: int) -> bytes:
        if size > MOST:
            raise self.abort("longer than what was asked for")
        return super().read(size)


def returns(
    settings: Settings, since: Mark | None = None, timeout: float = TIMEOUT
) -> Generator[tuple[Mark, Returned | NotAReturn]]:
    """Look through a mailbox, from the oldest message that was not looked at.

    Args:
        since: how far it was looked through before; the mark of the last message that came.
        timeout: seconds that the server has to answer.

    Raises:
        Refused: the mailbox cannot be looked through; the sentence names nobody.
    """
    with _said(settings), _connected(settings, timeout) as mailbox:
        _sign_in(mailbox, settings, timeout)
        validity = _open(mailbox, settings)
        last = since.number if since is not None and since.validity == validity else 0
        for number, message in _messages(mailbox, _numbers(mailbox, last)):
            yield Mark(validity, number), read(message, settings.domain)


@contextmanager
def _connected(settings: Settings, timeout: float) -> Iterator[IMAP4]:
    trusted = ssl.create_default_context(cafile=settings.ca_file)
    mailbox = _Connection(settings.host, settings.port, ssl_context=trusted, timeout=timeout)
    try:
        yield mailbox
        with suppress(IMAP4.error, ValueError, OSError):
            mailbox.logout()
    finally:  # the library itself leaves the line open when it cannot take leave
        with suppress(OSError):
            mailbox.shutdown()


def _sign_in(mailbox: IMAP4, settings: Settings, timeout: float) -> None:
    try:
        if settings.oauth is not None:
            token = Tokens(settings.oauth, timeout).token()
            bearer = f"user={settings.user}\1auth=Bearer {token}\1\1".encode()
            # What is asked after a refusal says why, and is to be answered with nothing.
            mailbox.authenticate(BY_TOKEN, lambda asked: b"" if asked else bearer)
        elif BY_PASSWORD in mailbox.capabilities:  # it takes any letter, LOGIN only ASCII
            secret = f"\0{settings.user}\0{settings.password}".encode()
            mailbox.authenticate("PLAIN", lambda _: secret)
        else:
            mailbox.login(settings.user, settings.password)
    except IMAP4.abort:
        raise
    except (IMAP4.error, UnicodeEncodeError, NotSent):
        raise Refused(
            f"The mailbox for returned letters lets us not in. Look at the user in {PLACE} and at "
            f"{PASSWORD}, or at what the mailbox wants instead."
        ) from None


def _open(mailbox: IMAP4, settings: Settings) -> int:
    """Open the folder to be read alone; under what its numbers hold."""
    name = settings.folder.replace("\\", "\\\\").replace('"', '\\"')
    try:
        answer, _ = mailbox.select(f'"{name}"', readonly=True)
    except IMAP4.abort:
        raise
    except IMAP4.error:  # so some say that they know no such folder
        answer = "BAD"
    if answer != "OK":
        raise Refused(
            f"The mailbox for returned letters holds no folder {settings.folder}. Correct {PLACE}."
        )
    _, validity = mailbox.response("UIDVALIDITY")
    return int(validity[0]) if validity and validity[0] else 0


def _numbers(mailbox: IMAP4, last: int) -> list[int]:
    """The messages that came since, the oldest first; each by itself, since a list may be too long."""
    told = _asked(mailbox, f"{last + 1}:*", "(UID)")
    numbers = (UID_OF.search(line) for line in told if isinstance(line, bytes))
    # Of a span that begins behind the last message, every server tells the last message.
    return sorted({int(found[1]) for found in numbers if found and int(found[1]) > last})


def _messages(mailbox: IMAP4, numbers: list[int]) -> Iterator[tuple[int, bytes]]:
    """Each message; what the server does not give is passed over once it gives a later one.

    Until then nobody knows whether it gives none at all.

    Raises:
        IMAP4.error: it did not give the last of them.
    """
    refused: IMAP4.error | None = None
    for number in numbers:
        try:
            message = _message(mailbox, number)
        except IMAP4.abort:
            raise
        except IMAP4.error as refusal:
            refused = refusal
            continue
        refused = None
        if message is not None:
            yield number, message
    if refused is not None:
        raise refused


def _message(mailbox: IMAP4, number: int) -> bytes | None:
    """As much of a message as is read, without marking it as seen; none if it is gone meanwhile."""
    told = _asked(mailbox, str(number), f"(BODY.PEEK[]<0.{READ}>)")
    return next((bytes(part[1]) for part in told if isinstance(part, tuple)), None)


def _asked(mailbox: IMAP4, numbers: str, what: str) -> list[Any]:
    answer, told = mailbox.uid("FETCH", numbers, what)
    if answer != "OK":
        raise mailbox.error("refused")
    return told


@contextmanager
def _said(settings: Settings) -> Iterator[None]:
    """Say in a sentence why the mailbox cannot be looked through."""
    at = f"The mailbox for returned letters, at {settings.host}:{settings.port},"
    try:
        yield
    except ssl.SSLCertVerificationError:
        raise Refused(
            f"{at} shows a certificate that this machine does not trust. Put the name that stands in "
            f"it into {PLACE}, or set {CA_FILE} to a file with the certificate of who signed it."
        ) from None
    except (IMAP4.error, ValueError):  # what cannot be read may be a letter or a number
        raise Refused(f"{at} broke off. It is looked through again, from where it was.") from None
    except OSError:
        raise Refused(
            f"{at} does not answer. Let this machine call it there, or correct {PLACE}."
        ) from None
