"""The loopback workspace's HTTP: Web API calls in, answers out, and what can go wrong between."""

from __future__ import annotations

import json
import math
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import Any, Literal, NamedTuple
from urllib.parse import parse_qsl, urlsplit

NOTHING: Mapping[str, str] = MappingProxyType({})


class Trouble(NamedTuple):
    """What goes wrong with one call: too many requests, an error, or a connection lost.

    `lost` is a connection that drops after the call was carried out; `refused` one before; `hang`
    is one on which no answer comes until the caller has given up.
    """

    kind: Literal["ratelimited", "error", "lost", "refused", "hang"]
    retry_after: int = 0
    error: str = "internal_error"


class WebApi(ThreadingHTTPServer):
    """The workspace's address on 127.0.0.1.

    Args:
        answer: carries out a call: its method, what was asked, and the token it came with.
        fetch: the type and content of the file at a path, for a token; none where no files are.
        trouble: what is to go wrong with the next calls of each method; none lets one through.
        clock: seconds, by which a caller that was sent away is to wait.
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self,
        answer: Callable[[str, dict[str, Any], str], dict[str, Any]],
        fetch: Callable[[str, str], tuple[str, bytes] | None],
        trouble: dict[str, deque[Trouble | None]],
        clock: Callable[[], float],
    ) -> None:
        super().__init__(("127.0.0.1", 0), _Call)
        self.carry_out, self.fetch = answer, fetch
        self.trouble, self._clock = trouble, clock
        self.shut_until: dict[tuple[str, str], float] = {}
        self.always: dict[str, Trouble] = {}
        self.limit: Callable[[str, str], int] = lambda *_: 0
        self.too_soon = 0

    def next_trouble(self, method: str, channel: str = "") -> Trouble | None:
        """What goes wrong with this call; a caller that comes back too soon is sent away again."""
        if wait := self.limit(method, channel):
            return Trouble("ratelimited", wait)
        place = (method, channel if method.startswith("chat.") else "")  # what a limit is of
        left = self.shut_until.get(place, 0.0) - self._clock()
        if left > 0:
            self.too_soon += 1
            return Trouble("ratelimited", math.ceil(left))
        queue = self.trouble[method]
        always = self.always.get(f"{method} {channel}", self.always.get(method))
        trouble = queue.popleft() if queue else always
        if trouble and trouble.kind == "ratelimited":
            self.shut_until[place] = self._clock() + trouble.retry_after
        return trouble


class _Call(BaseHTTPRequestHandler):
    """One HTTP connection to the Web API."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: WebApi

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())

    def do_GET(self) -> None:
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        trouble = self.server.next_trouble("(fetch)")
        file = self.server.fetch(urlsplit(self.path).path, token)
        if file is None:
            self._answer("")
        elif trouble is not None:
            self.close_connection = True
        else:
            self._put(200, *file)

    def log_message(self, format: str, *args: Any) -> None:
        pass  # the workspace keeps its own list of calls

    def _answer(self, body: str) -> None:
        address = urlsplit(self.path)
        method = address.path.rpartition("/")[2]
        is_json = body.startswith("{")
        asked = json.loads(body) if is_json else dict(parse_qsl(f"{address.query}&{body}"))
        trouble = self.server.next_trouble(method, asked.get("channel", ""))
        if trouble is None or trouble.kind == "lost":
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            reply = self.server.carry_out(method, asked, token or asked.get("token", ""))
        if trouble is None:
            self._reply(200, reply)
        elif trouble.kind == "ratelimited":
            self._reply(429, {"ok": False, "error": "ratelimited"}, retry_after=trouble.retry_after)
        elif trouble.kind == "error":
            self._reply(200, {"ok": False, "error": trouble.error})
        else:
            if trouble.kind == "hang":
                self.connection.recv(1)  # ends when the caller hangs up
            self.close_connection = True

    def _reply(self, status: int, reply: dict[str, Any], retry_after: int | None = None) -> None:
        more = {} if retry_after is None else {"Retry-After": str(retry_after)}
        self._put(status, "application/json; charset=utf-8", json.dumps(reply).encode(), more)

    def _put(self, status: int, kind: str, body: bytes, more: Mapping[str, str] = NOTHING) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **more}.items():
            self.send_header(name, value)
        with suppress(ConnectionError):  # a caller that hangs up does not want the rest
            self.end_headers()
            self.wfile.write(body)
            self.wfile.flush()
