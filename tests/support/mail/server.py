"""A mail server on 127.0.0.1 that can be told what to answer at which step, to hang, or to hang up."""

from __future__ import annotations

import asyncio
import logging
import ssl
import threading
from base64 import b64decode
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session, auth_mechanism

logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # whoever hangs up is meant to
GREETING, CONTENT = "greeting", "content"  # steps besides the commands of SMTP
HANG, HANG_UP, READ_NO_MORE = "(hang)", "(hang up)", "(read no more)"
SLOW, SLOWLY = "250 2.0.0 queued at last", 2.0  # seconds until that is said
USER, PASSWORD = "early-help@testham.example", "s3cret pass"


class Taken(NamedTuple):
    """A letter that the server took, or at least read to its last dot."""

    sender: str
    to: tuple[str, ...]
    content: bytes


@dataclass
class MailServer:
    """What a server is told to do, and what came of it.

    Args:
        answers: what it says at a step, in turn; otherwise what a server says.
        offers: how one may sign in.
        tokens: those it takes.
        dsn: whether it says that it can return headers alone.
    """

    tls: ssl.SSLContext | None = None
    offers: tuple[str, ...] = ("LOGIN", "PLAIN")
    tokens: set[str] = field(default_factory=set)
    dsn: bool = False
    answers: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    letters: list[Taken] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    connections: int = 0
    encrypted: list[bool] = field(default_factory=list)  # of each letter
    port: int = 0
    open: set[_Line] = field(default_factory=set)

    def says(self, step: str, *answers: str) -> None:
        """Tell it what to answer at a step, the next times."""
        self.answers[step].extend(answers)

    # -- what aiosmtpd asks ------------------------------------------------------------------------
    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, _: Envelope, name: str, offers: list[str]
    ) -> list[str]:
        session.host_name = name
        return [*offers[:-1], *(["250-DSN"] if self.dsn else []), offers[-1]]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.original_content or b""
        self.letters.append(Taken(envelope.mail_from or "", tuple(envelope.rcpt_tos), content))
        self.encrypted.append(session.ssl is not None)
        answer = self.taken(CONTENT)
        if answer is None:
            return "250 2.0.0 queued"
        await _do(server, answer)
        return "250 too late" if answer in (HANG, HANG_UP) else answer

    @auth_mechanism("XOAUTH2")
    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802
        said = b64decode(args[1]).decode()
        user, _, token = said.rstrip("\1").partition("\1auth=Bearer ")
        if user == f"user={USER}" and token in self.tokens:
            return AuthResult(success=True)
        await server.challenge_auth('{"status":"401","schemes":"bearer"}')
        return AuthResult(success=False, handled=False)

    def signs_in(self, _: SMTP, __: Session, ___: Envelope, ____: str, said: Any) -> AuthResult:
        right = said == LoginPassword(USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False)  # handled, nothing would be answered at all

    def taken(self, step: str) -> str | None:
        """What it was told to answer now."""
        return self.answers[step].pop(0) if self.answers[step] else None


class _Line(SMTP):
    """One connection, which does what the server was told."""

    def __init__(self, told: MailServer, *, tls_first: bool) -> None:
        super().__init__(
            told,
            hostname="mail.testham.example",
            tls_context=None if tls_first else told.tls,
            auth_require_tls=told.tls is not None and not tls_first,
            auth_exclude_mechanism={"LOGIN", "PLAIN", "XOAUTH2"} - set(told.offers),
            authenticator=told.signs_in,
            data_size_limit=None,
        )
        self._told, self._greeted, self.gone = told, False, asyncio.Event()
        told.connections += 1
        self._smtp_methods = {
            name: self._led(name, act) for name, act in self._smtp_methods.items()
        }

    def _led(self, name: str, act: Callable[[str | None], Any]) -> Callable[[str | None], Any]:
        async def led(argument: str | None) -> None:
            self._told.commands.append(f"{name} {argument or ''}".strip())
            answer = self._told.taken(name)
            if answer is not None:
                await _do(self, answer)
                await self.push(answer)
            else:
                await act(argument.replace(" RET=HDRS", "") if argument else argument)

        return led

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._told.open.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._told.open.discard(self)
        super().connection_lost(error)
        self.gone.set()

    async def push(self, status: Any) -> None:
        greeted, self._greeted = self._greeted, True
        answer = None if greeted else self._told.taken(GREETING)
        if answer is not None:
            await _do(self, answer)
        await super().push(answer or status)
        if (answer or status)[:3] == "421" and self.transport is not None:
            self.transport.close()


async def _do(server: SMTP, answer: str) -> None:
    """Hang, or hang up; whatever else an answer is, it is said."""
    transport: Any = server.transport
    if answer == READ_NO_MORE:
        await SMTP.push(server, "354 go on")
        transport.pause_reading()
    if answer == HANG_UP:
        transport.abort()
    if answer in (HANG, HANG_UP, READ_NO_MORE):
        await asyncio.sleep(3600)
    if answer == SLOW:
        await asyncio.sleep(SLOWLY)


@contextmanager
def mail_server(*, tls_first: bool = False, **how: Any) -> Iterator[MailServer]:
    """A mail server in a thread of its own.

    Args:
        tls_first: it encrypts before a word is said; otherwise it offers STARTTLS where it has `tls`.
    """
    told, loop, ready = MailServer(**how), asyncio.new_event_loop(), threading.Event()
    stop = asyncio.Event()

    async def serve() -> None:
        listening = await loop.create_server(
            lambda: _Line(told, tls_first=tls_first),
            "127.0.0.1",
            0,
            ssl=told.tls if tls_first else None,
        )
        told.port = listening.sockets[0].getsockname()[1]
        ready.set()
        await stop.wait()
        listening.close()
        for line in set(told.open):
            if line.transport is not None:
                line.transport.abort()  # type: ignore[attr-defined]  # of a socket, or of TLS
            await line.gone.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    ready.wait()
    try:
        yield told
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()
