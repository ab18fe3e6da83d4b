"""Sends letters to a mail server: one connection, in order, at the pace that the server takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from threading import Event, RLock
from typing import Self

from bots.delivery.sender import Gone, Impossible, Later, Unsure
from bots.mail.addresses import in_ascii
from bots.mail.letter import Letter
from bots.mail.message import message, message_id
from bots.mail.settings import Settings
from bots.mail.smtp.connection import Connection, Connector, Timeouts
from bots.mail.smtp.handing_over import begin, hand_over, let_it_go, name_recipient
from bots.mail.smtp.steps import Lost, Stopped
from bots.messages.promise import Promise
from ehsg_events.kernel import Surface

LEASE = timedelta(minutes=10)  # longer than all its steps take, each as long as it may
IDLE = 60  # seconds that a connection is kept while nothing is sent
REFUSED_FOR = 300  # seconds after a refused sign-in without another: accounts are locked for trying
MOST_IN_DOUBT = 2  # letters one after another that nobody answered for
NO_ANSWER, NO_ADDRESS, STOPPING, SENT = "no answer", "no address", "stopping", "sent"
AT_ONCE = timedelta(seconds=1)
USUAL = Timeouts()


class MailSender:
    """Hands letters to a mail server; safe for several threads, which then wait for each other.

    Args:
        stopping: set so that no letter is waited for.
        clock: says the time in seconds; it never goes back.

    `leaving` is called with a letter's promise right before its last dot, and whatever it raises
    keeps the letter here.
    """

    surface: Surface = "mail"
    can_look, lease = False, LEASE

    def __init__(
        self,
        settings: Settings,
        stopping: Event,
        timeouts: Timeouts = USUAL,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings, self._stopping, self._clock = settings, stopping, clock
        self._connector = Connector(settings, timeouts, clock)
        self._connection: Connection | None = None
        self._idle_since = self._next_turn = clock()
        self._refused: tuple[str, float] | None = None  # why, and until when nobody signs in
        self._in_doubt = 0
        self._lock = RLock()
        self.leaving: Callable[[Promise], object] = lambda _: None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.leave()
            self._connection = None

    def check(self) -> None:
        """Ask the mail server whether it takes letters from us, up to whom they are from.

        Raises:
            Down: it does not.
        """
        with self._lock:
            self._on_a_connection(lambda _: None)
            self._in_doubt = 0

    def post(self, to: str, promise: Promise, content: Letter, *, look: bool) -> str:
        """Hand a letter over; its Message-ID. What `look` asks for cannot be: nothing is seen there.

        Raises:
            Impossible: nobody has this address.
            Later: not now; how long is left to the outbox, which doubles the pause each time.
            Down: the server takes nothing.
            Unsure: the letter is out, and no answer came.
        """
        del look
        address = in_ascii(to)
        if address is None:
            raise Impossible(NO_ADDRESS)
        written = message(content, self._settings)
        with self._lock:
            if self._in_doubt >= MOST_IN_DOUBT:
                raise Stopped("letter", NO_ANSWER)
            self._wait_for_a_turn()
            self._hand_over(address, promise, written)
        return message_id(content.id, self._settings)

    def change(self, person: str, reference: str, promise: Promise, content: Letter) -> None:
        """A letter that is out is never changed.

        Raises:
            Gone: always.
        """
        del person, reference, promise, content
        raise Gone(SENT)

    def find(self, person: str, promise: Promise) -> None:
        """Nothing that was handed over is seen again."""

    # -- handing over ------------------------------------------------------------------------------
    def _wait_for_a_turn(self) -> None:
        """Wait until the server takes another letter, unless told to stop."""
        seconds = self._next_turn - self._clock()
        if seconds > 0 and self._stopping.wait(seconds):
            raise Later(STOPPING, AT_ONCE)
        self._next_turn = self._clock() + 60 / self._settings.per_minute

    def _hand_over(self, address: str, promise: Promise, written: bytes) -> None:
        def say(connection: Connection) -> None:
            name_recipient(connection, address)
            hand_over(connection, written)
            self.leaving(promise)
            doubts, self._in_doubt = self._in_doubt, 0
            try:
                let_it_go(connection)
            except Unsure:
                self._in_doubt = doubts + 1
                raise

        self._on_a_connection(say)

    def _on_a_connection(self, say: Callable[[Connection], None]) -> None:
        """Say something after whom letters are from; on a new connection if the kept one is lost."""
        if (kept := self._kept()) is not None:
            with suppress(Lost):  # nothing was handed over
                self._say(kept, say)
                return
        self._say(self._connected(), say)

    def _kept(self) -> Connection | None:
        """The connection of the letter before, unless that was long ago."""
        kept, self._connection = self._connection, None
        if kept is not None and self._clock() - self._idle_since > IDLE:
            kept.leave()
            return None
        return kept

    def _connected(self) -> Connection:
        if self._refused is not None and self._clock() < self._refused[1]:
            raise Stopped("sign-in", self._refused[0], refuses_us=True)
        try:
            return self._connector.connected()
        except Stopped as stopped:
            if stopped.step == "sign-in" and stopped.refuses_us:
                self._refused = stopped.reason, self._clock() + REFUSED_FOR
            raise

    def _say(self, connection: Connection, say: Callable[[Connection], None]) -> None:
        """Say something, and keep the connection wherever it is known what the server took."""
        try:
            begin(connection, self._settings.sender.address)
            say(connection)
        except (Impossible, Later):
            self._keep(connection)
            raise
        except BaseException:
            connection.close()
            raise
        self._keep(connection)

    def _keep(self, connection: Connection) -> None:
        self._connection, self._idle_since = connection, self._clock()
