"""A mailbox on 127.0.0.1 that can be told to fail at any command, and remembers what it was asked."""

from __future__ import annotations

import base64
import re
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Literal

Trouble = Literal[
    "no", "bad", "bye", "drop", "hang", "garbage", "not ASCII", "half a letter", "a long letter"
]
SPAN = re.compile(r"(\d+)(:\*)?")
PART = re.compile(r"BODY\.PEEK\[\]<0\.(\d+)>")
SAID: Mapping[Trouble, bytes] = {
    "no": b"TAG NO not bounces@testham.example\r\n",
    "bad": b"TAG BAD not bounces@testham.example\r\n",
    "bye": b"* BYE bounces@testham.example\r\n",
    "garbage": b"* 1 FETCH (UID {\r\n\xff\xfe)\r\n",
    "not ASCII": b"* CAPABILITY IMAP4rev1 \xff\r\nTAG OK done\r\n",
    "half a letter": b"* 1 FETCH (UID 1 BODY[]<0> {100}\r\nFrom: ",
    "a long letter": b"* 1 FETCH (UID 1 BODY[]<0> {4000000000}\r\n",
}
GO_ON: frozenset[Trouble] = frozenset({"no", "bad", "not ASCII", "a long letter"})


class ImapServer(ThreadingTCPServer):
    """One user's mailbox, whose messages lie in `messages` by their number.

    Args:
        tls: what its certificate is.
        offers: how a user may sign in, besides LOGIN.
    """

    daemon_threads, allow_reuse_address = True, True

    def __init__(self, tls: ssl.SSLContext, offers: str = "AUTH=PLAIN AUTH=XOAUTH2") -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.tls, self.offers = tls, offers
        self.user, self.password, self.token = "bounces@testham.example", "s3cret £", "token-1"
        self.messages: dict[int, bytes] = {}
        self.folder, self.validity = "INBOX", 7
        self.trouble: dict[str, Trouble] = {}  # by command; "LETTER 2" is to fetch the second
        self.asked: list[str] = []
        self.over = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, *_: object) -> None:
        pass  # a line that is not encrypted as it should be

    def deliver(self, message: bytes) -> int:
        """Put a message into the mailbox; its number."""
        number = max(self.messages, default=0) + 1
        self.messages[number] = message.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        return number


@contextmanager
def imap_server(tls: ssl.SSLContext, **how: str) -> Iterator[ImapServer]:
    """The mailbox, served until the block ends."""
    with ImapServer(tls, **how) as server:
        serving = threading.Thread(target=server.serve_forever, args=(0.02,))
        serving.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            serving.join()


class _Session(StreamRequestHandler):
    """One connection."""

    server: ImapServer
    timeout = 20

    def setup(self) -> None:
        self.request.settimeout(self.timeout)
        self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        super().setup()

    def handle(self) -> None:
        with suppress(OSError):
            self._say("* OK ready")
            while line := self.rfile.readline():
                tag, _, command = line.decode("latin-1").strip().partition(" ")
                self.server.asked.append(command)
                self._answer(tag, command)

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()
        self.request.close()

    def _answer(self, tag: str, command: str) -> None:
        name = command.removeprefix("UID ").split(" ")[0]
        if trouble := self._trouble(name, command):
            self._go_wrong(tag, trouble)
            return
        does: dict[str, Callable[[str], str]] = {
            "CAPABILITY": self._capability,
            "AUTHENTICATE": self._authenticate,
            "LOGIN": self._login,
            "EXAMINE": self._examine,
            "FETCH": self._fetch,
            "LOGOUT": lambda _: "OK",
        }
        self._say(f"{tag} {does[name](command)} done")

    def _trouble(self, name: str, command: str) -> Trouble | None:
        if name == "FETCH" and "BODY" in command:
            number = command.split(" ")[2]
            name = f"LETTER {number}" if f"LETTER {number}" in self.server.trouble else "LETTER"
        return self.server.trouble.get(name)

    def _go_wrong(self, tag: str, trouble: Trouble) -> None:
        if trouble == "hang":
            self.server.over.wait(self.timeout)
        self.wfile.write(SAID.get(trouble, b"").replace(b"TAG", tag.encode()))
        if trouble not in GO_ON:
            raise OSError("hang up")

    # -- what is asked -----------------------------------------------------------------------------
    def _capability(self, _: str) -> str:
        self._say(f"* CAPABILITY IMAP4rev1 {self.server.offers}")
        return "OK"

    def _authenticate(self, command: str) -> str:
        server, mechanism = self.server, command.split(" ")[1]
        told = base64.b64decode(self._ask(b"")).decode()
        if mechanism == "PLAIN":
            return "OK" if told == f"\0{server.user}\0{server.password}" else "NO"
        if told == f"user={server.user}\1auth=Bearer {server.token}\1\1":
            return "OK"
        assert self._ask(base64.b64encode(b'{"status":"400"}')) == b""
        return "NO"

    def _ask(self, what: bytes) -> bytes:
        self.wfile.write(b"+ " + what + b"\r\n")
        return self.rfile.readline().strip()

    def _login(self, command: str) -> str:
        _, user, password = command.split(" ", 2)
        is_right = (user, password.strip('"')) == (self.server.user, self.server.password)
        return "OK" if is_right else "NO"

    def _examine(self, command: str) -> str:
        if command != f'EXAMINE "{self.server.folder}"':
            return "NO"
        self._say(f"* {len(self.server.messages)} EXISTS")
        self._say(f"* OK [UIDVALIDITY {self.server.validity}] numbers")
        return "OK [READ-ONLY]"

    def _fetch(self, command: str) -> str:
        _, _, span, what = command.split(" ", 3)
        part = PART.search(what)
        for place, number in enumerate(sorted(self.server.messages), start=1):
            if not self._is_in(span, number):
                continue
            if part is None:
                self._say(f"* {place} FETCH (UID {number})")
                continue
            text = self.server.messages[number][: int(part[1])]
            head = f"* {place} FETCH (UID {number} BODY[]<0> {{{len(text)}}}\r\n"
            self.wfile.write(head.encode() + text + b")\r\n")
        return "OK"

    def _is_in(self, span: str, number: int) -> bool:
        """A span to the end holds the last message, wherever it begins."""
        found = SPAN.fullmatch(span)
        assert found is not None
        first = int(found[1])
        if not found[2]:
            return number == first
        return number >= first or number == max(self.server.messages)

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())
