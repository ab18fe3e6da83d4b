"""Slack's end of Socket Mode on 127.0.0.1: envelopes out, acknowledgements in, over a WebSocket."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qsl
from uuid import uuid4

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from bots.slack import serving
from bots.slack.loopback.workspace import Workspace
from support.slack.edge import Place

PATIENCE = 3  # seconds that Slack waits for an acknowledgement
AGAIN = 3  # times that Slack sends something again
RECONNECTS = 30  # seconds at most until the client has come back


@dataclass
class Envelope:
    """One payload on its way, by the name that its acknowledgement gives."""

    kind: str
    payload: dict[str, Any]
    retry: int = 0
    name: str = field(default_factory=lambda: str(uuid4()))

    def as_sent(self) -> str:
        """The frame."""
        sent = {"envelope_id": self.name, "type": self.kind, "payload": self.payload}
        again = {"retry_attempt": self.retry, "retry_reason": "timeout"} if self.retry else {}
        return json.dumps({**sent, **again, "accepts_response_payload": False})


class SocketMode:
    """Serves Socket Mode for a workspace, and sends again what nobody acknowledged."""

    def __init__(self, workspace: Workspace) -> None:
        self.open: list[ServerConnection] = []
        self.hellos = 0
        self.unanswered: list[Envelope] = []
        self._acknowledged: set[str] = set()
        self._changed = threading.Condition()
        self._server = serve(self._meet, "127.0.0.1", 0)
        port = self._server.socket.getsockname()[1]
        workspace.socket_url = f"ws://127.0.0.1:{port}/link"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()

    def _meet(self, line: ServerConnection) -> None:
        line.send(json.dumps({"type": "hello", "num_connections": len(self.open) + 1}))
        with self._changed:
            self.open.append(line)
            self.hellos += 1
            self._changed.notify_all()
        with suppress(ConnectionClosed):
            for frame in line:
                with self._changed:
                    self._acknowledged.add(json.loads(frame)["envelope_id"])
                    self._changed.notify_all()
        with self._changed:
            self.open.remove(line)
            self._changed.notify_all()

    # -- sending -------------------------------------------------------------------------------
    def carry(self, body: str, headers: Mapping[str, str]) -> int:
        """A signed request's payload as an envelope: 200 when it is acknowledged in time, else 500."""
        retry = int(headers.get("x-slack-retry-num", 0))
        return 200 if self.deliver(_envelope(body, retry)) else 500

    def deliver(self, envelope: Envelope) -> bool:
        """Send an envelope; whether it was acknowledged in time."""
        try:
            self.open[-1].send(envelope.as_sent())
        except (IndexError, ConnectionClosed):
            self.unanswered.append(envelope)
            return False
        known = self._wait(lambda: envelope.name in self._acknowledged, PATIENCE)
        if not known:
            self.unanswered.append(envelope)
        return known

    def send_again(self) -> list[bool]:
        """Send what nobody acknowledged up to three times more, as Slack does; whether it is now.

        A line may be closed in the moment in which something goes out on it.
        """
        waiting, self.unanswered = self.unanswered, []
        return [self._sends_again(one) for one in waiting]

    def _sends_again(self, envelope: Envelope) -> bool:
        for retry in range(envelope.retry + 1, AGAIN + 1):
            self._wait(lambda: bool(self.open), RECONNECTS)
            if self.deliver(Envelope(envelope.kind, envelope.payload, retry)):
                return True
            envelope = self.unanswered.pop()
        self.unanswered.append(envelope)
        return False

    # -- connections ---------------------------------------------------------------------------
    def waits_for_a_connection(self, number: int) -> bool:
        """Wait until the client has said hello so many times."""
        return self._wait(lambda: self.hellos >= number and bool(self.open), RECONNECTS)

    def announce_the_end(self) -> None:
        """Say that this connection will be closed, as Slack does every few hours."""
        self.open[-1].send(json.dumps({"type": "disconnect", "reason": "refresh_requested"}))

    def drop(self) -> None:
        """Lose the connection without a word."""
        line = self.open[-1]
        line.socket.shutdown(socket.SHUT_RDWR)
        assert self._wait(lambda: line not in self.open, RECONNECTS)

    def _wait(self, there: Any, seconds: float) -> bool:
        with self._changed:
            return bool(self._changed.wait_for(there, timeout=seconds))


def _envelope(body: str, retry: int) -> Envelope:
    """What would come over HTTP, as it comes over a socket."""
    if body.startswith("{"):
        return Envelope("events_api", json.loads(body), retry)
    form = dict(parse_qsl(body))
    if "payload" in form:
        return Envelope("interactive", json.loads(form["payload"]), retry)
    return Envelope("slash_commands", form, retry)


@contextmanager
def over_socket(place: Place, ping: float = serving.PING) -> Iterator[SocketMode]:
    """The place served over Socket Mode, as `ehsg serve` does it; people are heard through it.

    Args:
        ping: seconds between two looks whether the line is lost. Slack's library spins until it
            is noticed, so less where one is lost.
    """
    slack, stop = SocketMode(place.workspace), threading.Event()
    settings = replace(place.settings, mode="socket", app_token=place.workspace.app_token)
    served = threading.Thread(target=serving.serve_slack, args=(place.log, stop, settings))
    with patch.object(serving, "PING", ping):
        served.start()
        try:
            assert slack.waits_for_a_connection(1)
            place.carry = slack.carry
            yield slack
        finally:
            stop.set()
            served.join(timeout=60)
            slack.close()
    assert not served.is_alive()
