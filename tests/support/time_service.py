"""A service of trusted time on the loopback: OpenSSL's own, behind a few lines of HTTP."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple

SETTINGS = """
[req]
distinguished_name = name
x509_extensions = says_time
prompt = no
[name]
CN = A service of trusted time
[says_time]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = ours
[ours]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
"""


class Fixed(NamedTuple):
    """An answer: its status, the kind of its content, and the content."""

    status: int
    kind: str
    content: bytes


def openssl(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """What OpenSSL makes of it."""
    return subprocess.run(["openssl", *words], input=given, capture_output=True, check=False)


@contextmanager
def time_service(folder: Path) -> Iterator[str]:
    """The address of a service whose certificate is `cert.pem` in a folder."""
    folder.mkdir()
    settings, key, cert = folder / "settings", folder / "key.pem", folder / "cert.pem"
    settings.write_text(SETTINGS.format(folder=folder))
    made = openssl(
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(cert),
        "-days", "2", "-config", str(settings),
    )  # fmt: skip
    assert made.returncode == 0, made.stderr

    def answer(asked: bytes) -> Fixed:
        query = folder / "asked.tsq"
        query.write_bytes(asked)
        said = openssl(
            "ts", "-reply", "-queryfile", str(query), "-signer", str(cert), "-inkey", str(key),
            "-config", str(settings), "-section", "ours",
        )  # fmt: skip
        return Fixed(200, "application/timestamp-reply", said.stdout)

    with _served(answer) as url:
        yield url


def answering(fixed: Fixed) -> AbstractContextManager[str]:
    """The address of a server that answers the same whatever it is asked."""
    return _served(lambda _: fixed)


@contextmanager
def _served(answer: Callable[[bytes], Fixed]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, kind, content = answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
