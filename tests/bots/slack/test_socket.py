"""Socket Mode, for where nothing may come in: the same listeners over a real WebSocket."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import sleep

import pytest
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import Connection
from support.slack.crowd import said, walk
from support.slack.edge import Place, followed, http, slack
from support.slack.socket_mode import Envelope, over_socket

from bots.slack.loopback.person import Person
from bots.slack.serving import close


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An open round; what is served lives by the real clock."""
    with slack(tmp_path, datetime.now(UTC)) as place:
        yield place


@contextmanager
def followed_http(place: Place) -> Iterator[None]:
    """The same over HTTP, with the outbox beside it."""
    with followed(place), http(place):
        yield


def test_an_interview_over_a_socket_records_the_same_as_over_http(tmp_path: Path) -> None:
    """Clicks, words and an edit; the outbox speaks beside it."""
    records = []
    for way in (followed_http, over_socket):
        with slack(tmp_path / way.__name__, datetime.now(UTC)) as place, way(place):
            walk(place)
            records.append(said(place, "police-1"))
    assert records[0] == records[1]


def test_what_a_listener_failed_on_is_sent_again_and_recorded_once(place: Place) -> None:
    """It is not acknowledged, and what is acknowledged is recorded."""
    with over_socket(place) as line:
        me = begun(place)
        with place.broken():
            _, typed = me.type("A family told us so.")
        assert typed.status == 500
        assert line.send_again() == [True]
        assert me.again(typed).status == 200
    assert place.words() == ["A family told us so."]


def test_when_slack_asks_for_a_new_connection_nothing_is_lost(place: Place) -> None:
    """It says so before it closes the old one, and people go on typing."""
    with over_socket(place, ping=0.5) as line:
        me = begun(place)
        line.announce_the_end()
        for number in range(20):
            me.type(f"Note {number}.")
        assert line.waits_for_a_connection(2)
        assert all(line.send_again())
    assert sorted(map(str, place.words())) == sorted(f"Note {number}." for number in range(20))


@pytest.mark.slow
def test_after_a_lost_connection_what_was_sent_meanwhile_is_heard(place: Place) -> None:
    """Slack sends it again to the next connection."""
    with over_socket(place, ping=0.5) as line:
        me = begun(place)
        line.drop()
        _, typed = me.type("Said into a dead line.")
        assert typed.status == 500
        assert line.waits_for_a_connection(2)
        assert line.send_again() == [True]
    assert place.words() == ["Said into a dead line."]


def test_a_line_that_the_library_closes_at_the_same_moment_is_closed_all_the_same() -> None:
    """Whoever waits for their turn finds it gone; the threads beside it end."""
    client = SocketModeClient("xapp-1")
    here, there = socket.socketpair()
    here.settimeout(0.1)  # as the library does, whose own thread hears this line
    line = Connection("ws://127.0.0.1:1", client.logger)
    line.sock, client.current_session = here, line  # type: ignore[assignment]
    with ThreadPoolExecutor(1) as beside:
        with line.sock_send_lock:
            closing = beside.submit(close, client)  # type: ignore[arg-type]
            while not client.closed:
                sleep(0.001)
            sleep(0.05)  # it has seen that the line is open, and waits
            line.sock = None
            here.close()
        closing.result(10)
    there.close()
    assert not client.message_processor.is_alive()


def test_a_frame_that_is_no_envelope_harms_nobody(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    """The next one is heard, and nothing of it is in a log line."""
    with over_socket(place) as line:
        me = begun(place)
        for frame in (
            "zebra",
            '{"zebra',
            '{"zebra": 1}',
            '{"envelope_id": "zebra"}',
            ["ze", "bra"],
        ):
            line.open[-1].send(frame)
        assert me.type("Still here.")[1].status == 200
    assert place.words() == ["Still here."]
    assert "zebra" not in caplog.text


def test_a_command_over_a_socket_is_acknowledged(place: Place) -> None:
    """Whoever asks; nothing is recorded of a stranger's."""
    with over_socket(place) as line:
        before = len(place.facts("InputRefused"))
        asked = {
            "command": "/ehsg",
            "text": "status",
            "user_id": "U0STRANGER",
            "team_id": "T0LOOPBACK",
        }
        assert line.deliver(Envelope("slash_commands", asked))
        assert len(place.facts("InputRefused")) == before


def test_told_to_stop_it_hangs_up_and_leaves_nothing_running(place: Place) -> None:
    """No thread, no open line."""
    before = set(threading.enumerate())
    with over_socket(place) as line:
        begun(place)
        during = {one.name for one in threading.enumerate()} - {one.name for one in before}
        assert during
    assert line.open == []
    left = [one for one in threading.enumerate() if one not in before and not one.daemon]
    assert [one.name for one in left] == []


def begun(place: Place) -> Person:
    """A person who has given a first score, and may type."""
    me = place.person()
    assert place.waits_for(lambda: len(me.inbox) == 1)
    me.click(me.inbox[0], "start")
    assert place.waits_for(lambda: len(me.inbox) == 2)
    assert me.click(me.inbox[1], "answer:5.1:3").status == 200
    place.settles()
    return me
