"""To look changes nothing: whatever opens links ahead of a person may do so as often as it likes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from limits import RateLimitItemPerMinute
from support.web import plain_http
from support.web.desk import browser, named, offered, signed_in
from support.web.web import Site, site

from bots.web.rate_limit import RateLimiter
from ehsg_events.commands import links, rounds
from ehsg_events.events import WordsRead
from ehsg_events.values.stop_token import stop_token

OFTEN = RateLimitItemPerMinute(10_000)
TIMES = 20


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One assessment behind a server, its round open."""
    limiter = RateLimiter(link=OFTEN, stranger=OFTEN)
    with site(tmp_path_factory.mktemp("looking"), limiter) as one:
        yield one


def replaced(place: Site) -> str:
    """A link that was somebody's until a newer one replaced it."""
    who = place.somebody()
    token = place.link(who)
    links.replace(place.log, place.stamp("new"), place.assessment, who)
    return f"/i/{token}"


ADDRESSES: dict[str, Callable[[Site], str]] = {
    "a link": lambda place: f"/i/{place.link(place.somebody())}",
    "a step": lambda place: f"/i/{place.link(place.somebody())}/start",
    "a copy": lambda place: f"/i/{place.link(place.somebody())}/answers.pdf",
    "the deadline": lambda place: f"/i/{place.link(place.somebody())}/deadline.ics",
    "a replaced link": replaced,
    "where a new one is asked for": lambda place: f"{replaced(place)}/new-link",
    "where reminders stop": lambda place: f"/stop/{stop_token(place.link(place.somebody()))}",
    "a way in": lambda place: f"/sign-in/{offered(place, named(place, 'board'))}",
    "an unknown link": lambda _: "/i/unknown",
    "an unknown token": lambda _: "/stop/unknown",
    "the front": lambda _: "/",
    "the style sheet": lambda _: "/style.css",
    "the board, signed out": lambda _: "/read/board",
    "the board's events, signed out": lambda _: "/read/live",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_looking_adds_no_fact_and_uses_nothing_up(place: Site, address: str) -> None:
    """Twenty times either way; a head alone is what the page would have, without its body."""
    path = ADDRESSES[address](place)
    before = place.log.store.last_position()
    with plain_http.client(base_url=place.address, timeout=20) as scanner:
        looked = [(scanner.head(path), scanner.get(path)) for _ in range(TIMES)]
    assert place.log.store.last_position() == before
    for head, page in looked:
        assert head.content == b""
        assert head.status_code == page.status_code != 405
        kept = {name: value for name, value in head.headers.items() if name != "date"}
        whole = {name: value for name, value in page.headers.items() if name != "date"}
        assert set(kept) == set(whole)
        assert _same_length(kept, whole)


def _same_length(head: dict[str, str], page: dict[str, str]) -> bool:
    """A mark in a form is drawn anew each time, but is as long as the last."""
    return head.get("content-length") == page.get("content-length")


def test_what_was_looked_at_twenty_times_still_works_once(place: Site) -> None:
    """The way in opens, and the reminders stop."""
    who = place.somebody()
    way_in, stop = offered(place, named(place, "board")), stop_token(place.link(who))
    for path in (f"/sign-in/{way_in}", f"/stop/{stop}"):
        for _ in range(TIMES):
            plain_http.client(base_url=place.address).head(path)
        assert browser(place).post(path).status_code == 200
    assert who in place.log.assessment(place.assessment).unreminded


def test_every_answer_that_says_which_methods_there_are_names_this_one(place: Site) -> None:
    """Whatever else is tried."""
    answer = plain_http.client(base_url=place.address).put("/")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST")


def test_the_head_of_what_never_ends_ends(place: Site) -> None:
    """The events of an open page go on for as long as somebody listens."""
    coordinator = signed_in(place, named(place, "coordinator"))
    for _ in range(3):
        answer = coordinator.head("/read/live", timeout=5)
        assert (answer.status_code, answer.content) == (200, b"")
        assert answer.headers["content-type"].startswith("text/event-stream")


def test_a_head_of_a_page_of_words_is_no_reading(place: Site) -> None:
    """The record says whose words were read, and nothing was shown."""
    who = place.somebody()
    place.writing(who).type("We ask every family.")
    rounds.close_round(place.log, place.stamp("close"), place.assessment)
    auditor = signed_in(place, named(place, "auditor"))
    before = place.log.store.last_position()
    assert auditor.head("/read/why?item=5.1").status_code == 200
    assert place.log.store.last_position() == before
    assert auditor.get("/read/why?item=5.1").status_code == 200
    assert isinstance(place.recorded[-1].fact, WordsRead)
