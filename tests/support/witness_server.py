"""A small witness on this machine, by https://c2sp.org/tlog-witness; and the ways in which one may lie."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ehsg_events.ledger import tree
from ehsg_events.ledger.base64_text import decoded, encoded
from ehsg_events.ledger.notes import (
    COSIGNED,
    SIGNED,
    Verifier,
    checkpoint_of,
    is_signed,
)
from ehsg_events.ledger.others.cosignatures import Witness

NAME = "witness.example/police"
Reply = tuple[int, str, bytes]


@dataclass
class WitnessServer:
    """What a witness remembers and does.

    Args:
        knows: the key of the one ledger that it watches.
        answers: what it answers instead of what is right.
        slowly: seconds between two bytes of its answers.
    """

    knows: Verifier | None = None
    seed: int = 7
    name: str = NAME
    size: int = 0
    root: bytes = b""
    answers: Callable[[bytes], Reply] | None = None
    slowly: float = 0.0
    offset: int = 0
    port: int = 0
    asked: list[bytes] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(bytes([self.seed]) * 32)

    @property
    def key(self) -> Verifier:
        return Verifier(self.name, self.private.public_key().public_bytes_raw(), COSIGNED)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/w"

    @property
    def witness(self) -> Witness:
        return Witness(self.url, self.key)

    def line(self, text: str) -> str:
        """Its cosignature of a text."""
        seconds = int(time.time()) + self.offset
        signed = self.private.sign(f"cosignature/v1\ntime {seconds}\n{text}".encode())
        content = self.key.id + seconds.to_bytes(8, "big") + signed
        return f"{SIGNED}{self.name} {encoded(content)}\n"

    def answer(self, content: bytes) -> Reply:
        """What it answers to a request."""
        self.asked.append(content)
        return self.answers(content) if self.answers else self.right(content)

    def right(self, content: bytes) -> Reply:
        """As the specification has it."""
        head, _, note = content.decode().partition("\n\n")
        first, *proof = head.split("\n")
        old, new = int(first.removeprefix("old ")), checkpoint_of(note)
        if self.knows is None or new.origin != self.knows.name:
            return 404, "text/plain", b""
        if not is_signed(note, self.knows):
            return 403, "text/plain", b""
        if old > new.size:
            return 400, "text/plain", b""
        if old != self.size:
            return 409, "text/x.tlog.size", b"%d\n" % self.size
        hashes = [decoded(one) or b"" for one in proof]
        before = self.root if self.size else tree.EMPTY
        if not tree.is_consistent(old, before, new.size, new.root, hashes):
            return 422, "text/plain", b""
        self.size, self.root = new.size, new.root
        return 200, "text/plain", self.line(new.text).encode()


@contextmanager
def witness_server(server: WitnessServer) -> Iterator[WitnessServer]:
    """A witness that listens until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            if self.path != "/w/add-checkpoint":
                self.send_error(404)
                return
            status, kind, content = server.answer(
                self.rfile.read(int(self.headers["Content-Length"]))
            )
            with suppress(OSError):
                self._send(status, kind, content)

        def _send(self, status: int, kind: str, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            if 300 <= status < 400:
                self.send_header("Location", content.decode())
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            for at in range(0, len(content), 1 if server.slowly else 1 << 20):
                if server.slowly and server.over.wait(server.slowly):
                    return
                self.wfile.write(content[at : at + (1 if server.slowly else 1 << 20)])

        def log_message(self, *_: object) -> None:
            """Nothing."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.daemon_threads = True
    server.port = listening.server_address[1]
    thread = threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        listening.shutdown()
        listening.server_close()
        thread.join()
