"""`serve_slack` as it runs for real: a port, the outbox beside it, and a clean end."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.slack.edge import Place, slack

from bots.slack.loopback.person import Person, over_http
from bots.slack.serving import serve_slack
from ehsg_events.kernel import Refused


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An open round; what is served lives by the real clock."""
    with slack(tmp_path, datetime.now(UTC)) as place:
        yield place


def free_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


@contextmanager
def served(place: Place) -> Iterator[int]:
    """The place served on a port, until the end of the block."""
    stop, port = threading.Event(), free_port()
    settings = replace(place.settings, port=port)
    serving = threading.Thread(target=serve_slack, args=(place.log, stop, settings))
    serving.start()
    try:
        yield port
    finally:
        stop.set()
        serving.join(timeout=20)
    assert not serving.is_alive()


def test_a_served_round_is_announced_answered_and_asked_on(place: Place) -> None:
    """Nobody calls the outbox: it follows the log by itself."""
    with served(place) as port:
        assert place.waits_for(lambda: len(place.texts()) == 1)
        with over_http(port) as carry:
            me = Person(place.workspace, "U0POLICE", carry)
            assert me.click(me.inbox[0], "start").status == 200
            assert place.waits_for(lambda: len(place.texts()) == 2)
            assert me.click(me.inbox[1], "answer:5.1:3").status == 200
            assert place.waits_for(lambda: len(place.texts()) == 3)
    assert place.interview().answers["5.1"].score == 3


def test_a_port_that_is_taken_is_refused_before_anything_is_said(place: Place) -> None:
    """With the setting that helps."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = replace(place.settings, port=taken.getsockname()[1])
        with pytest.raises(Refused, match="EHSG_PORT"):
            serve_slack(place.log, threading.Event(), settings)
    assert place.texts() == []
