"""What a stranger may send to Slack's address over a real line: refused, briefly told, and soon over."""

from __future__ import annotations

import json
import logging
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from support.loopback import served
from support.slack.edge import Place, slack

from bots.slack.app import build_app, quick_client
from bots.slack.authentication.ours import Ours
from bots.slack.loopback.http import Trouble
from bots.slack.loopback.person import FORM, JSON, over_http
from bots.slack.serving import AT_ONCE, MOST_BODY, web

HANG_UPS = 600


@pytest.fixture
def place(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Place]:
    """An open round, with the first question on a person's screen."""
    with slack(tmp_path) as place:
        place.begin()
        caplog.set_level(logging.DEBUG)
        caplog.clear()
        yield place


@contextmanager
def at(place: Place, ours: Ours | None = None) -> Iterator[int]:
    """The port at which the place is served."""
    app = build_app(place.log, place.settings, place.clock, ours=ours)
    with served(web(app, place.settings.signing_secret)) as port, over_http(port) as place.carry:
        yield port


def sent(port: int, head: str, body: bytes = b"", path: str = "/slack/events") -> bytes:
    """The whole answer to raw bytes on a line of their own, until it is closed."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(f"POST {path} HTTP/1.1\r\nHost: evil.example\r\n{head}\r\n".encode() + body)
        with suppress(OSError):  # whoever refuses at once may have hung up by now
            line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b""))


def status(answer: bytes) -> int:
    """The status that an answer begins with."""
    return int(answer.split()[1])


def lines(headers: Mapping[str, str], length: int) -> str:
    """Headers as they go over the line."""
    whole = {**headers, "content-length": str(length), "connection": "close"}
    return "".join(f"{name}: {value}\r\n" for name, value in whole.items())


NOW = "1"  # stands for a timestamp of now
GARBAGE: dict[str, tuple[str | None, str, bytes]] = {
    "no signature": (None, NOW, b"{}"),
    "an empty signature": ("", NOW, b"{}"),
    "a forged signature": ("v0=" + "0" * 64, NOW, b"{}"),
    "a signature that is not ASCII": ("v0=\u00e9" + "0" * 63, NOW, b"{}"),
    "digits of another script in it": ("v0=" + "\u0661" * 64, NOW, b"{}"),
    "a signature of 60 kB": ("v0=" + "0" * 60_000, NOW, b"{}"),
    "a timestamp that is no number": ("v0=" + "0" * 64, "yesterday", b"{}"),
    "a timestamp of another script": ("v0=" + "0" * 64, "\u0661" * 10, b"{}"),
    "a timestamp of 4,000 digits": ("v0=" + "0" * 64, "9" * 4_000, b"{}"),
    "a timestamp that is a fraction": ("v0=" + "0" * 64, "1e9", b"{}"),
    "a body that is no JSON": ("v0=" + "0" * 64, NOW, b"{"),
    "a list": ("v0=" + "0" * 64, NOW, b"[1]"),
    "200,000 brackets": ("v0=" + "0" * 64, NOW, b"[" * 200_000),
    "bytes that are no text": ("v0=" + "0" * 64, NOW, b"\xff\xfe\x00"),
    "half a payload": ("v0=" + "0" * 64, NOW, b"payload=%7B%22"),
}


@pytest.mark.parametrize("name", GARBAGE)
@pytest.mark.parametrize("kind", [JSON, FORM, "text/plain"])
def test_unsigned_garbage_is_unauthorized(
    place: Place, caplog: pytest.LogCaptureFixture, name: str, kind: str
) -> None:
    """Never a fault of ours: nothing is read in it, and one short line tells it."""
    signature, made, body = GARBAGE[name]
    made = str(int(time.time())) if made == NOW else made
    headers = {"content-type": kind, "x-slack-request-timestamp": made}
    headers |= {} if signature is None else {"x-slack-signature": signature}
    before = place.log.store.last_position()
    with at(place) as port:
        assert status(sent(port, lines(headers, len(body)), body)) == 401
    assert place.log.store.last_position() == before
    told = [one.getMessage() for one in caplog.records if one.name.startswith("ehsg")]
    assert told == ["a request that Slack did not sign was refused"]


def test_slacks_look_at_the_certificate_is_answered_and_nothing_else_unsigned_is(
    place: Place,
) -> None:
    """It is not signed; whatever stands beside it is not read."""
    check = b"ssl_check=1&token=abc"
    form = {"content-type": FORM}
    with at(place) as port:
        assert status(sent(port, lines(form, len(check)), check)) == 200
        long = check + b"&payload=" + b"x" * 2_000
        assert status(sent(port, lines(form, len(long)), long)) == 401
        assert status(sent(port, lines(form, 7), b"no=more")) == 401


@pytest.mark.parametrize("typed", ["half \ud83d a character", "\udc00", "whole \U0001f600"])
def test_half_a_character_costs_nobody_their_message(place: Place, typed: str) -> None:
    """It is replaced, and the rest is kept."""
    with at(place):
        me = place.person()
        assert me.click(place.newest("U0POLICE"), "answer:5.1:3").status == 200
        place.outbox.deliver()
        assert me.type(f"We {typed} ask.")[1].status == 200
    kept = typed.encode("utf-8", "replace").decode()
    assert place.words() == [f"We {kept} ask."]


# -- whose request it is ---------------------------------------------------------------------------
def _opened_home(place: Place, **changed: object) -> int:
    """The Home tab, opened by a payload that says something else of the app or workspace."""
    me = place.person()
    body = json.dumps({**json.loads(me.open_home().body), **changed})
    return place.carry(body, me.sign(body, JSON))


OTHERS = {
    "another app": {"api_app_id": "A0ELSEWHERE"},
    "another workspace": {"team_id": "T0ELSEWHERE"},
    "another installation": {"authorizations": [{"team_id": "T0ELSEWHERE"}]},
}


@pytest.mark.parametrize("changed", OTHERS.values(), ids=OTHERS)
def test_a_request_for_another_app_or_workspace_is_refused(
    place: Place, changed: dict[str, object]
) -> None:
    """Though it is signed with our secret."""
    known = replace(place.settings, app_id="A0LOOPBACK")
    ours = Ours(known, quick_client(known))
    ours.learn()
    with at(place, ours):
        assert _opened_home(place, **changed) == 403
        assert _opened_home(place) == 200


def test_where_slack_does_not_say_who_we_are_people_are_heard(place: Place) -> None:
    """An older set-up may not ask for the app; an outage at the start shuts nobody out."""
    place.workspace.always["auth.test"] = Trouble("error")
    ours = Ours(place.settings, quick_client(place.settings))
    ours.learn()
    with at(place, ours):
        assert place.person().click(place.newest("U0POLICE"), "answer:5.1:3").status == 200
    assert place.interview().answers["5.1"].score == 3


def test_a_guest_of_another_workspace_is_heard_though_the_app_is_not_theirs(place: Place) -> None:
    """Slack Connect: what is compared is where the app is, not where the person is."""
    ours = Ours(place.settings, quick_client(place.settings))
    ours.learn()
    with at(place, ours):
        place.outbox.deliver()
        guest = place.person("U0PARENT", "T0CHARITY")
        assert guest.click(guest.inbox[-1], "start").status == 200
    assert place.interview("parents-1").started


# -- time, size and number -------------------------------------------------------------------------
def test_a_body_beyond_the_bound_is_not_taken(place: Place) -> None:
    """Not even when its head could be Slack's."""
    body = "x" * (MOST_BODY + 1)
    with at(place):
        assert place.carry(body, place.person().sign(body, JSON)) == 413


def test_a_body_that_comes_too_slowly_is_not_waited_for(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack sends it at once."""
    monkeypatch.setattr("bots.slack.serving.PATIENCE", 0.2)
    head = lines(place.person().sign("{}", JSON), 2)
    with at(place) as port, socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(f"POST /slack/events HTTP/1.1\r\nHost: x\r\n{head}\r\n".encode() + b"{")
        assert status(line.recv(1000)) == 408


def test_a_head_that_comes_too_slowly_is_not_waited_for(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is a line on which nothing comes at all, at first or after an answer."""
    monkeypatch.setattr("bots.http.listening.HEAD", 0.3)
    half = b"POST /slack/events HTTP/1.1\r\nHost: x\r\n"
    whole = half + b"content-length: 0\r\n\r\n"
    with at(place) as port:
        for begins in (b"", half, whole + half):
            with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
                line.sendall(begins)
                answer = b"".join(iter(lambda: line.recv(65536), b""))
                assert answer.count(b"HTTP/1.1 401") == (begins == whole + half)


def is_hung_up(line: socket.socket) -> bool:
    """Whether the other end has closed a line: with or without reading what was sent to it."""
    try:
        return line.recv(1) == b""
    except ConnectionResetError:
        return True


def test_those_who_say_nothing_shut_nobody_out(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond a number the one who has waited longest is hung up."""
    monkeypatch.setattr("bots.http.listening.MOST_WAITING", 20)
    with at(place) as port, ExitStack() as held:
        strangers = [
            held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            for _ in range(60)
        ]
        for line in strangers:
            line.sendall(b"POST /slack/events HTTP/1.1\r\n")
        assert place.person().click(place.newest("U0POLICE"), "answer:5.1:3").status == 200
        assert is_hung_up(strangers[0])


def test_large_bodies_wait_their_turn_and_small_ones_do_not(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many are held half sent."""
    monkeypatch.setattr("bots.slack.serving.PATIENCE", 2)
    head = lines(place.person().sign("{}", JSON), MOST_BODY)
    begun = f"POST /slack/events HTTP/1.1\r\nHost: x\r\n{head}\r\n".encode() + b"x" * 100_000
    with at(place) as port, ExitStack() as held:
        for _ in range(AT_ONCE + 4):
            line = held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            line.sendall(begun)
        assert place.person().click(place.newest("U0POLICE"), "answer:5.1:3").status == 200
        assert status(line.recv(1000)) == 408  # its turn did not come


def test_six_hundred_who_hang_up_are_no_more_than_six_hundred_short_lines(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    """And no traceback."""
    head = lines(place.person().sign("{}", JSON), 100)
    begun = f"POST /slack/events HTTP/1.1\r\nHost: x\r\n{head}\r\n{{".encode()
    with at(place) as port:
        for _ in range(HANG_UPS):
            with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
                line.sendall(begun)
        assert place.person().click(place.newest("U0POLICE"), "answer:5.1:3").status == 200
    told = caplog.text.splitlines()
    assert "Traceback" not in caplog.text
    assert len([line for line in told if "hung up" in line]) <= HANG_UPS
    assert len(told) <= HANG_UPS + 20  # and what else happened meanwhile
    assert max(map(len, told)) < 200


# -- what the line itself can carry ----------------------------------------------------------------
def test_a_request_of_two_lengths_is_refused_and_its_line_closed(place: Place) -> None:
    """A proxy could take what follows for a request of its own."""
    head = lines({"transfer-encoding": "chunked"}, 4).replace("connection: close\r\n", "")
    smuggled = b"0\r\n\r\nPOST /slack/events HTTP/1.1\r\nHost: x\r\ncontent-length: 0\r\n\r\n"
    with at(place) as port:
        answer = sent(port, head, smuggled)
    assert status(answer) == 400
    assert answer.count(b"HTTP/1.1") == 1


@pytest.mark.parametrize("path", ["/slack/events/", "//slack/events", "/slack/../x", "/slack/%00"])
def test_no_address_leads_where_the_host_header_says(place: Place, path: str) -> None:
    """There is one address, and no way to it from another."""
    with at(place) as port:
        answer = sent(port, lines({}, 0), path=path)
    assert status(answer) == 404
    assert b"evil" not in answer


TRICKS = {
    "two lengths": "content-length: 1\r\ncontent-length: 2\r\n",
    "a coding nobody knows": "transfer-encoding: xchunked\r\n",
    "a head of 200 kB": f"x-long: {'x' * 200_000}\r\n",
    "a line break in a name": "x\ny: 1\r\n",
    "a length below nothing": "content-length: -1\r\n",
}


@pytest.mark.parametrize("head", TRICKS.values(), ids=TRICKS)
def test_what_is_no_request_is_refused(place: Place, head: str) -> None:
    """400, or the line is closed; the next one is heard."""
    with at(place) as port:
        try:
            answer = sent(port, head)
        except ConnectionError:
            answer = b""
        assert not answer or status(answer) in (400, 401, 501)
        assert place.person().click(place.newest("U0POLICE"), "answer:5.1:3").status == 200


def test_the_librarys_own_headers_do_nothing(place: Place) -> None:
    """They are for its other servers, and nobody signs them."""
    body = urlencode({"payload": json.dumps({"type": "block_actions"})})
    headers = place.person().sign(body, FORM) | {"x-slack-bolt-lazy-only": "1"}
    with at(place):
        assert place.carry(body, headers) == 200
