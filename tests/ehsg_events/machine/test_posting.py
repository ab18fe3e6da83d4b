"""One request, bounded: whatever is at the other end, it is over in time, and little is read."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPException
from pathlib import Path

import pytest
from support.mail.certificates import authority

from ehsg_events.machine.posting import MOST, post

SECONDS = 0.6
OK = b"HTTP/1.1 200 OK\r\n"


@contextmanager
def answered_by(answer: Callable[[socket.socket], object], context: ssl.SSLContext | None = None) -> Iterator[str]:  # fmt: skip
    """Whoever connects is answered by a function; gives the address."""
    over = threading.Event()

    def serve(listening: socket.socket) -> None:
        while not over.is_set():
            with suppress(OSError):
                line, _ = listening.accept()
                with closing(
                    context.wrap_socket(line, server_side=True) if context else line
                ) as one:
                    one.settimeout(5)
                    answer(one)

    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        listening.settimeout(0.1)
        thread = threading.Thread(target=serve, args=(listening,), daemon=True)
        thread.start()
        yield f"http{'s' if context else ''}://127.0.0.1:{listening.getsockname()[1]}/w"
        over.set()
        thread.join()


def hear(line: socket.socket) -> bytes:
    """All of the request: what is closed with a byte of it unread takes back what was answered."""
    heard = b""
    while not heard.endswith(b"\r\n\r\n?"):
        heard += line.recv(MOST) or b"\r\n\r\n?"
    return heard


def now_and_then(before: bytes, piece: bytes) -> Callable[[socket.socket], None]:
    """Something, and then a little of the same every tenth of a second."""

    def answer(line: socket.socket) -> None:
        hear(line)
        line.sendall(before)
        for _ in range(50):
            line.sendall(piece)
            time.sleep(0.1)

    return answer


def at_once(content: bytes) -> Callable[[socket.socket], None]:
    """All of an answer."""

    def answer(line: socket.socket) -> None:
        hear(line)
        line.sendall(content)

    return answer


NEVER_DONE = {
    "nothing": (b"", b""),
    "a status that never ends": (b"HTTP/1.1 2", b"0"),
    "headers for ever": (OK, b"X-More: yes\r\n"),
    "one header for ever": (OK + b"X: ", b"y"),
    "a body for ever": (OK + b"\r\n", b"z"),
    "chunks for ever": (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nz\r\n"),
    "to be continued": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
}


@pytest.mark.parametrize("what", NEVER_DONE)
def test_what_never_ends_is_over_in_time(what: str) -> None:
    """However often a byte of it comes."""
    with answered_by(now_and_then(*NEVER_DONE[what])) as url:
        began = time.monotonic()
        with pytest.raises(TimeoutError):
            post(url, b"?", SECONDS)
        assert SECONDS * 0.8 < time.monotonic() - began < SECONDS * 3


@pytest.mark.parametrize(
    "content",
    [
        OK + b"\r\n" + bytes(MOST + 1),
        OK + b"Content-Length: 9999999999\r\n\r\n" + bytes(MOST + 1),
        b"no HTTP\r\n\r\n",
        OK + b"X: " + bytes(100_000),
        OK + b"X: y\r\n" * 200,
    ],
)
def test_too_much_and_no_http_are_failures(content: bytes) -> None:
    """That whoever asks can tell."""
    with answered_by(at_once(content)) as url, pytest.raises((OSError, HTTPException)):
        post(url, b"?", 5)


def test_an_answer_is_read_whole() -> None:
    """Up to the most there may be, with its kind; a redirect is an answer like any other."""
    head = OK + b"Content-Type: text/x.tlog.size\r\n\r\n"
    with answered_by(at_once(head + bytes(MOST))) as url:
        assert post(url, b"?", 5) == (200, "text/x.tlog.size", bytes(MOST))
    with answered_by(at_once(b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n")) as url:
        assert post(url, b"?", 5).status == 302


def test_over_tls_only_who_is_trusted_for_that_name_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By whom this machine trusts; and the time is one for all of an answer there, too."""
    known = authority(tmp_path)
    asked: list[bytes] = []

    def answer(line: socket.socket) -> None:
        asked.append(hear(line))
        line.sendall(OK + b"\r\nyes")

    with answered_by(answer, known.context()) as url:
        with pytest.raises(ssl.SSLError):
            post(url, b"?", 5)
        monkeypatch.setenv("SSL_CERT_FILE", str(known.trusted))
        assert post(url, b"?", 5).content == b"yes"
    with answered_by(answer, known.context("localhost")) as url, pytest.raises(ssl.SSLError):
        post(url, b"?", 5)
    assert len(asked) == 1
    slow = now_and_then(OK + b"\r\n", b"z")
    with answered_by(slow, known.context()) as url, pytest.raises(TimeoutError):
        post(url, b"?", SECONDS)
