"""A connection to the mail server: opened, encrypted and signed in, or stopped at one of these steps."""

from __future__ import annotations

import re
import smtplib
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from bots.mail.settings import Settings
from bots.mail.smtp.oauth import Tokens
from bots.mail.smtp.steps import NO_STARTTLS, Stopped, during

NAMELESS = "[127.0.0.1]"  # what we call ourselves: it tells nothing of the machine, nor asks DNS
STARTS_WITH_A_DOT = re.compile(rb"(?m)^\.")
BY_TOKEN, BY_PASSWORD = ("XOAUTH2",), ("PLAIN", "LOGIN")  # as they are called in SMTP


@dataclass(frozen=True)
class Timeouts:
    """How many seconds a mail server has to answer: at each step, and once a letter is out.

    RFC 5321 gives ten minutes to the last; who waits shorter sends more letters twice.
    """

    step: float = 20
    letter: float = 120


class Connection(smtplib.SMTP):
    """A connection over which a letter goes in two parts: up to its last dot, which lets it go, and that.

    Args:
        in_doubt: whether the dot was sent and no answer to it was read.
    """

    patience = Timeouts().letter
    in_doubt = False

    def send_content(self, content: bytes) -> None:
        """Send a letter, whose lines end as those of e-mail do, up to the dot."""
        self.send(STARTS_WITH_A_DOT.sub(b"..", content))

    def let_it_go(self) -> tuple[int, bytes]:
        """Send the dot; what is said to the letter."""
        assert self.sock is not None, "a letter was just sent over it"
        self.sock.settimeout(self.patience)
        self.in_doubt = True
        self.send(b".\r\n")
        code, text = self.getreply()
        self.in_doubt = not (200 <= code <= 299 or 400 <= code <= 599)
        self.sock.settimeout(self.timeout)
        return code, text

    def say_hello(self) -> None:
        """Ask what the server knows besides; one that does not take this is none."""
        code, text = self.ehlo()
        if code != 250:
            raise smtplib.SMTPHeloError(code, text)

    def leave(self) -> None:
        """Take leave, unless the server is gone."""
        with suppress(OSError):
            self.quit()
        self.close()


class EncryptedConnection(Connection, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


class Connector:
    """Makes connections to one mail server.

    Args:
        clock: says the time in seconds; it never goes back.
    """

    def __init__(
        self, settings: Settings, timeouts: Timeouts, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._settings, self._timeouts = settings, timeouts
        self._context = ssl.create_default_context(cafile=settings.ca_file)
        oauth = settings.oauth
        self._tokens = Tokens(oauth, timeouts.step, clock) if oauth else None

    def connected(self) -> Connection:
        """A connection that letters can be handed over on.

        A token that was used before may have been taken back: it is asked for once more.

        Raises:
            Stopped: there is none.
        """
        used_before = self._tokens is not None and self._tokens.is_kept
        try:
            return self._connected()
        except Stopped as stopped:
            if self._tokens is None or not stopped.refuses_us:
                raise
            self._tokens.forget()
            if not used_before:
                raise
        return self._connected()

    def _connected(self) -> Connection:
        with during("connection"):
            connection = self._reached()
        connection.patience = self._timeouts.letter
        try:
            self._encrypt(connection)
            self._sign_in(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _reached(self) -> Connection:
        to, seconds = (self._settings.host, self._settings.port, NAMELESS), self._timeouts.step
        if self._settings.tls_first:
            return EncryptedConnection(*to, timeout=seconds, context=self._context)
        return Connection(*to, timeout=seconds)

    def _encrypt(self, connection: Connection) -> None:
        """Encrypt what is said, wherever anybody else could listen."""
        with during("connection"):
            connection.say_hello()
        if self._settings.tls_first or not self._settings.encrypted:
            return
        if not connection.has_extn("starttls"):
            raise Stopped("TLS", NO_STARTTLS)
        with during("TLS"):
            connection.starttls(context=self._context)
            connection.say_hello()

    def _sign_in(self, connection: Connection) -> None:
        """Sign in, if that is set up: one way is tried, so that nobody is locked out sooner."""
        settings = self._settings
        if self._tokens is not None:
            name = _offered(connection, BY_TOKEN)
            said = f"user={settings.user}\1auth=Bearer {self._tokens.token()}\1\1"
            with during("sign-in"):  # what is asked back says why not, and wants nothing in return
                connection.auth(name, lambda challenge=None: said if challenge is None else "")
        elif settings.user:
            name = _offered(connection, BY_PASSWORD)
            connection.user, connection.password = settings.user, settings.password
            in_words = connection.auth_plain if name == "PLAIN" else connection.auth_login
            with during("sign-in"):
                connection.auth(name, in_words)


def _offered(connection: Connection, names: tuple[str, ...]) -> str:
    """The first of some ways to sign in that a server offers."""
    offers = connection.esmtp_features.get("auth", "").upper().split()
    for name in names:
        if name in offers:
            return name
    raise Stopped("sign-in", f"no {' or '.join(names)}")
