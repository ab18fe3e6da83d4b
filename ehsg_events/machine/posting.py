"""One request to somebody else's server, bounded in time and in what is read of its answer.

The time that is set on a socket begins anew with each byte, so a server that sends one a second would
never be done with. Here it is one time for all of it. Nothing is followed elsewhere, and no proxy is
asked.
"""

from __future__ import annotations

import io
import socket
import ssl
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from time import monotonic
from typing import Any, NamedTuple
from urllib.parse import urlsplit

MOST = 64 * 1024  # bytes of an answer


class Answer(NamedTuple):
    """What a server answered: its status, the kind of its content, and the content."""

    status: int
    kind: str
    content: bytes


def post(url: str, content: bytes, seconds: float, kind: str = "text/plain") -> Answer:
    """Send something to an address, and read the answer.

    Args:
        seconds: for all of it.
        kind: the media type of what is sent.

    Raises:
        OSError: nobody answers there in time, or not as who they should be, or too much.
        HTTPException: what is answered is no HTTP.
    """
    until = monotonic() + seconds
    with closing(_connection(url, seconds)) as connection:
        connection.connect()
        line = connection.sock
        line.settimeout(_left(until))
        headers = {"Content-Type": kind, "Connection": "close"}
        connection.request("POST", urlsplit(url).path or "/", content, headers)
        timed: Any = _Timed(line, until)
        with closing(HTTPResponse(timed, method="POST")) as answer:
            answer.begin()
            taken = answer.read(MOST + 1)
            if len(taken) > MOST:
                raise OSError("more is answered than is read")
            return Answer(answer.status, answer.headers.get_content_type(), taken)


def _connection(url: str, seconds: float) -> HTTPConnection:
    parts = urlsplit(url)
    if parts.scheme == "https":
        trusted = ssl.create_default_context()
        return HTTPSConnection(parts.netloc, timeout=seconds, context=trusted)
    return HTTPConnection(parts.netloc, timeout=seconds)


class _Read(io.RawIOBase):
    """What comes in on a socket, until a time."""

    def __init__(self, line: socket.socket, until: float) -> None:
        self._line, self._until = line, until

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, into: Any) -> int:
        """Wait for some bytes, no longer than is left."""
        self._line.settimeout(_left(self._until))
        return self._line.recv_into(into)


class _Timed:
    """What a response takes for its socket: it only ever asks it for a file to read."""

    def __init__(self, line: socket.socket, until: float) -> None:
        self._of = line, until

    def makefile(self, *_: object) -> io.BufferedReader:
        """The file that a response is read from."""
        return io.BufferedReader(_Read(*self._of))


def _left(until: float) -> float:
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError("the time for an answer is over")
    return left
