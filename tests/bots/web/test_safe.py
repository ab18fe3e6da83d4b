"""What strangers and hostile words can do on the web: nothing."""

from __future__ import annotations

import http.client
import logging
import re
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from limits import RateLimitItemPerMinute
from support.log.store import sqlite
from support.visitor import STAY
from support.web import plain_http
from support.web.web import Site, site

from bots.web.app import HEADERS
from bots.web.forms import MOST_BODY
from bots.web.rate_limit import RateLimiter


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One served assessment; each test takes somebody of its own."""
    with site(tmp_path_factory.mktemp("web")) as place:
        yield place


@pytest.fixture
def who(place: Site) -> str:
    """Somebody who has said nothing yet."""
    return place.somebody()


def sent(place: Site, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, str]:
    """One raw request; its status and its page. Its headers are looked at whatever it is."""
    there = http.client.HTTPConnection(urlsplit(place.address).netloc, timeout=10)
    there.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
    answer = there.getresponse()
    page = answer.read().decode()
    there.close()
    for name, value in HEADERS.items():
        assert answer.getheader(name) == value
    assert answer.getheader("set-cookie") is None
    return answer.status, page


FORM = {"content_type": "application/x-www-form-urlencoded"}


def test_every_answer_has_its_headers_and_sets_no_cookie(place: Site, who: str) -> None:
    """Also the ones that say no."""
    path = f"/i/{place.link(who)}"
    assert sent(place, "GET", path)[0] == 303
    assert sent(place, "GET", f"{path}/start")[0] == 200
    assert sent(place, "POST", path, b"choice=start", **FORM)[0] == 303
    assert sent(place, "POST", path, b"do=continue", **FORM)[0] == 303
    assert sent(place, "GET", "/i/unknown")[0] == 404
    assert sent(place, "GET", "/")[0] == 200
    assert sent(place, "GET", "/nothing")[0] == 404
    assert sent(place, "GET", "/style.css")[0] == 200
    assert sent(place, "HEAD", path) == (303, "")
    for method in ("PUT", "DELETE", "OPTIONS", "TRACE"):
        assert sent(place, method, path)[0] == 405
    assert sent(place, "POST", "/style.css")[0] == 405


def test_no_page_names_another_place(place: Site, who: str) -> None:
    """No third party learns that somebody is interviewed."""
    ana = place.writing(who)
    pages = [ana.answer.text]
    for label in ("Help", "My answers", "Withdraw"):
        ana.press(label)
        pages.append(ana.answer.text)
    for page in pages:
        assert not re.search(r"(src|href|action)=\"?(https?:)?//", page)
        assert "<script" not in page
        assert "style=" not in page


def test_where_one_is_sent_does_not_come_from_the_host_header(place: Site, who: str) -> None:
    """A forged one leads nobody away."""
    link = f"{place.address}/i/{place.link(who)}"
    answer = plain_http.post(link, data={"choice": "help"}, headers={"host": "evil.example"})
    assert answer.status_code == 303
    assert "evil" not in answer.headers["location"]
    beyond = plain_http.get(f"{link}/nothing", headers={"host": "evil.example"})
    assert (beyond.status_code, "evil" in beyond.headers["location"]) == (303, False)


def test_a_page_that_fails_tells_nothing_of_what_was_said(
    place: Site, who: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Not to the log of the process; the person has it in a box, and can send it again."""
    ana = place.writing(who)
    store = sqlite(place.log).datastore
    with store.transaction(commit=True) as cursor:
        cursor.execute("ALTER TABLE idempotency_key RENAME TO gone")
    caplog.set_level(logging.DEBUG)
    ana.type("Something private.")
    with store.transaction(commit=True) as cursor:
        cursor.execute("ALTER TABLE gone RENAME TO idempotency_key")
    assert ana.answer.status_code == 500
    assert ana.page.title == "Something went wrong here"
    assert "Something private." in ana.page.text
    assert "Something private" not in caplog.text
    told = [one for one in caplog.records if not one.name.startswith(("httpx", "httpcore"))]
    assert ana.url.rpartition("/")[2] not in str([one.getMessage() for one in told])


@pytest.fixture(scope="module")
def harmless(place: Site) -> list[str]:
    """The elements of a page with words that mean no harm."""
    page = place.writing(place.somebody()).type("We ask.")
    return [name for name, _ in page.tags]


HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    '"></textarea><h1>Mine</h1>',
    "{{ 7 * 7 }} {% include 'base.html' %}",
    '=HYPERLINK("https://evil.example")',
    "<@U0POLICE> *bold* <!channel>",
    "Croeso i Gymru, ŵ ŷ – اردو میں – 👩‍👩‍👧",
    "\u202eright to left\u202c",
    "\nbegins with a line's end\n\n",
    "null \0 byte",
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_arrive_as_typed_and_are_words_on_the_page(
    place: Site, text: str, harmless: list[str]
) -> None:
    """Letter for letter in the vault; on the page no element comes of them."""
    who = place.somebody()
    ana = place.writing(who)
    ana.type(text)
    assert place.words(who) == [text]
    assert [name for name, _ in ana.page.tags] == harmless


def test_a_path_or_a_form_of_nonsense_is_answered_kindly(place: Site, who: str) -> None:
    """Nobody gets a traceback."""
    path = f"/i/{place.link(who)}"
    for token in ("%00", "%ff%fe", "..%2f..", "a" * 5000, "%F0%9F%91%A9"):
        assert sent(place, "GET", f"/i/{token}")[0] == 404
    multipart = {"content_type": "multipart/form-data; boundary=x"}
    assert sent(place, "POST", path, b"no parts", **multipart)[0] == 400
    assert sent(place, "POST", path, b"{}", content_type="application/json")[0] == 303
    many = b"--x\r\ncontent-disposition: form-data; name=a\r\n\r\n\r\n" * 1001 + b"--x--\r\n"
    assert sent(place, "POST", path, many, **multipart)[0] == 400
    files = b"--x\r\ncontent-disposition: form-data; name=file; filename=a\r\n\r\n\r\n" * 9
    assert sent(place, "POST", path, files + b"--x--\r\n", **multipart)[0] == 400
    assert sent(place, "POST", path, b"words=" + b"a" * 600_000, **FORM)[0] == 413
    assert place.facts(who) == []


def test_more_than_a_form_can_hold_is_refused_and_the_browser_hears_it(
    place: Site, who: str
) -> None:
    """The whole of it is taken off the wire first, and thrown away."""
    ana = place.writing(who)
    ana.attach("We ask.", "film.pdf", b"%PDF-" + b"0" * MOST_BODY)
    assert ana.answer.status_code == 413
    assert place.words(who) == []


def test_a_form_that_comes_too_slowly_is_not_waited_for(
    place: Site, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each that is half there holds its part in memory."""
    monkeypatch.setattr("bots.web.forms.BOUNDS.patience", 0.1)
    ana = place.writing(who)
    where = httpx.URL(ana.url)
    half = b"Content-Type: text/plain\r\nContent-Length: 9\r\n\r\nwords"
    with socket.create_connection((where.host, where.port), timeout=10) as line:
        line.sendall(f"POST {where.path} HTTP/1.1\r\nHost: x\r\n".encode() + half)
        assert line.recv(100).startswith(b"HTTP/1.1 408")
    assert place.words(who) == []


def raw(place: Site, *pieces: bytes) -> bytes:
    """The whole answer to bytes on a line of their own, until it is closed."""
    where = urlsplit(place.address)
    with socket.create_connection((where.hostname, where.port), timeout=10) as line:
        for piece in pieces:
            line.sendall(piece)
        return b"".join(iter(lambda: line.recv(65536), b""))


def test_a_head_that_comes_too_slowly_is_not_waited_for(
    place: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether anything of it came or not."""
    monkeypatch.setattr("bots.http.listening.HEAD", 0.2)
    assert raw(place) == raw(place, b"GET / HTTP/1.1\r\nHost: x\r\n") == b""


def test_a_request_of_two_lengths_is_refused_and_its_line_closed(place: Site) -> None:
    """A proxy could take what follows for a request of its own."""
    head = b"POST / HTTP/1.1\r\nHost: x\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n"
    answer = raw(place, head, b"0\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400")
    assert answer.count(b"HTTP/1.1") == 1


def test_who_hangs_up_in_the_middle_is_no_failure(
    place: Site, who: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A telephone in a lift; nobody needs to be told."""
    ana = place.writing(who)
    where = httpx.URL(ana.url)
    half = b"Content-Type: text/plain\r\nContent-Length: 9\r\n\r\nwords"
    with socket.create_connection((where.host, where.port), timeout=10) as line:
        line.sendall(f"POST {where.path} HTTP/1.1\r\nHost: x\r\n".encode() + half)
    ana.type("We ask.")
    assert place.words(who) == ["We ask."]
    assert "a page failed" not in caplog.text


def test_what_a_button_says_is_checked_like_anything_typed(place: Site, who: str) -> None:
    """A form is as hostile as a line."""
    ana = place.begun(who)
    form = ana.page.form("answer")
    for token in ("answer:6.1:3", "answer:5.1:99", "next:5.1:score", "nonsense", "first:5.1,5.1"):
        ana.send(form, choice=token, nonce=token)
        assert ana.answer.status_code == 422
    assert place.interview(who).answers == {}


def test_words_of_a_form_without_its_mark_leave_no_key_that_could_be_guessed(
    place: Site, who: str
) -> None:
    """A key is the digest of what was said and of the mark; without one it is never the same."""
    ana = place.writing(who)
    form = ana.page.form("answer")
    button = form.button(STAY)
    for _ in range(2):
        ana.send(form, button, **{"words-working-well": "We ask.", "nonce": ""})
    assert place.words(who) == ["We ask.", "We ask."]


def test_whoever_tries_links_or_says_too_much_has_to_wait(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Told how long; another person at the same address is not held up."""
    door = RateLimiter(link=RateLimitItemPerMinute(3), stranger=RateLimitItemPerMinute(3))
    with site(tmp_path_factory.mktemp("often"), door) as place:
        tries = [plain_http.get(f"{place.address}/i/guess-{n}") for n in range(4)]
        assert [one.status_code for one in tries] == [404, 404, 404, 429]
        assert 0 < int(tries[-1].headers["retry-after"]) <= 61
        ana, ben = place.visitor("health-1"), place.visitor("health-2")
        for _ in range(4):
            ana.talk("help")
        assert ana.answer.status_code == 429
        assert "retry-after" in ana.answer.headers
        assert ben.press("Start").title.startswith("5.1")
