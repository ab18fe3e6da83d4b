"""Signing in over real HTTP: the link, the button, the cookie, and everything that is refused alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from limits import RateLimitItemPerMinute
from starlette.requests import Request
from starlette.responses import Response
from support.web import plain_http
from support.web.desk import OWN, browser, named, offered, reading, signed_in
from support.web.web import Site, site, web

from bots.web.desk.registry import PAGES
from bots.web.desk.session import Sessions
from bots.web.rate_limit import RateLimiter
from ehsg_events.commands.people import remove_reader
from ehsg_events.commands.sign_in import LINK_LASTS, SESSION_LASTS
from ehsg_events.events import SignedIn

RESULTS = "/read/results"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One assessment behind a server, its round open."""
    with site(
        tmp_path_factory.mktemp("reading"), RateLimiter(stranger=RateLimitItemPerMinute(500))
    ) as one:
        yield one


def cookie(answer: httpx.Response) -> str:
    """What a browser is told to keep."""
    return answer.headers["set-cookie"]


def test_what_opens_a_link_ahead_of_a_person_uses_nothing_up(place: Site) -> None:
    """A mail scanner may look as often as it likes; the button still works."""
    link, scanner = offered(place, named(place, "board")), browser(place)
    assert [scanner.get(f"/sign-in/{link}").status_code for _ in range(3)] == [200] * 3
    assert "set-cookie" not in scanner.get(f"/sign-in/{link}").headers
    assert browser(place).post(f"/sign-in/{link}").status_code == 200


def test_the_button_leads_to_the_first_page_one_may_open(place: Site) -> None:
    """For the board the results; a link was used up by it."""
    link = offered(place, named(place, "board"))
    assert browser(place).post(f"/sign-in/{link}").url.path == RESULTS
    assert browser(place).post(f"/sign-in/{link}").status_code == 404


def test_the_door_is_kept_where_no_script_and_no_other_site_reaches_it(place: Site) -> None:
    """On this machine without encryption; anywhere else over an encrypted line alone."""
    link = offered(place, named(place, "board"))
    answer = plain_http.post(f"{place.address}/sign-in/{link}", headers=OWN)
    said = cookie(answer)
    assert answer.status_code == 303
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(said.split("; "))
    assert "Secure" not in said


def test_behind_an_encrypted_address_the_door_goes_over_no_other_line(place: Site) -> None:
    """The cookie says so."""
    porter = Sessions(place.log, place.clock, "https://early-help.example.gov.uk")
    answer = Response()
    porter.let_in(answer, "a door")
    assert "; Secure" in answer.headers["set-cookie"]


def test_unknown_used_over_and_replaced_links_are_not_told_apart(place: Site) -> None:
    """The same page, word for word, whether it is loaded or its button pressed."""
    over = offered(place, named(place, "board"))
    place.clock.on(seconds=LINK_LASTS.total_seconds())
    who = [named(place, "board") for _ in range(3)]
    used, replaced, gone = (offered(place, one) for one in who)
    browser(place).post(f"/sign-in/{used}")
    offered(place, who[1])
    remove_reader(place.log, place.stamp("remove"), place.assessment, who[2])
    links = ("A" * 43, used, over, replaced, gone, "x", "%00", "é")
    answers = [browser(place).get(f"/sign-in/{link}") for link in links]
    answers += [browser(place).post(f"/sign-in/{link}") for link in links]
    assert {(one.status_code, one.text) for one in answers} == {(404, answers[0].text)}


def test_who_used_their_link_already_is_led_on(place: Site) -> None:
    """The page that says it opens nothing leads those with a door to the pages."""
    link, mine = offered(place, named(place, "board")), browser(place)
    mine.post(f"/sign-in/{link}")
    again = mine.post(f"/sign-in/{link}")
    assert (again.status_code, 'href="../read/home"' in again.text) == (404, True)
    assert mine.get("/read/home").url.path == RESULTS


def test_a_door_outlives_the_server_and_not_the_day(place: Site) -> None:
    """Another server over the same log knows it; after twelve hours nobody does."""
    mine = reading(place, "board")
    with web(place.log, place.clock) as again:
        assert plain_http.get(again + RESULTS, cookies=dict(mine.cookies)).status_code == 200
    place.clock.on(seconds=SESSION_LASTS.total_seconds())
    assert mine.get(RESULTS).status_code == 401


def test_signing_out_shuts_the_door(place: Site) -> None:
    """Also for who kept the cookie."""
    mine = reading(place, "board")
    kept = mine.cookies["door"]
    assert mine.post("/read/sign-out").status_code == 200
    assert mine.get(RESULTS).status_code == 401
    again = plain_http.get(place.address + RESULTS, cookies={"door": kept})
    assert again.status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {},
    ],
)
def test_a_form_from_elsewhere_does_nothing(place: Site, headers: dict[str, str]) -> None:
    """No door is opened by it and none is shut, and nothing is settled: the cookie is not enough."""
    mine = reading(place, "coordinator")
    link = offered(place, named(place, "board"))
    before = len(place.recorded)
    for where in (f"/sign-in/{link}", "/read/sign-out", *(f"/read/{page}" for page in PAGES)):
        sent = plain_http.post(place.address + where, headers=headers, cookies=dict(mine.cookies))
        assert sent.status_code == 403
    assert len(place.recorded) == before


def test_an_older_browser_says_where_a_form_is_from(place: Site) -> None:
    """By its origin, which is ours."""
    link = offered(place, named(place, "board"))
    sent = plain_http.post(f"{place.address}/sign-in/{link}", headers={"origin": place.address})
    assert sent.status_code == 303


def test_behind_an_encrypted_address_a_form_comes_over_an_encrypted_line(place: Site) -> None:
    """Whoever stands on the line could write a page of our name without encryption."""
    sessions = Sessions(place.log, place.clock, "https://early-help.example.gov.uk")

    def sent_from(origin: str) -> Request:
        headers = [(b"host", b"early-help.example.gov.uk"), (b"origin", origin.encode())]
        return Request({"type": "http", "headers": headers})

    assert sessions.is_own(sent_from("https://early-help.example.gov.uk"))
    assert not sessions.is_own(sent_from("http://early-help.example.gov.uk"))


def test_every_answer_carries_the_strict_headers(place: Site) -> None:
    """Whoever asks; our own script alone may run, and only where one has signed in."""
    mine = reading(place, "coordinator")
    link = offered(place, named(place, "board"))
    for where in (RESULTS, f"/sign-in/{link}", "/sign-in/none", "/read/none", "/read/trail"):
        headers = mine.get(where).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert "same-origin" in headers["referrer-policy"]
        assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "script-src" not in mine.get("/i/none").headers["content-security-policy"]


def test_who_tries_links_or_doors_is_made_to_wait(tmp_path: Path) -> None:
    """After as many as a person in a hurry would."""
    with site(tmp_path, RateLimiter(stranger=RateLimitItemPerMinute(3))) as place:
        tried = [browser(place).get(f"/sign-in/{n}").status_code for n in range(5)]
        assert tried == [404, 404, 404, 429, 429]
        guess = plain_http.get(place.address + RESULTS, cookies={"door": "guessed"})
        assert (guess.status_code, "retry-after" in guess.headers) == (429, True)
        assert reading(place, "board").get(RESULTS).status_code == 200


def test_what_signing_in_records_names_nobody(place: Site) -> None:
    """A pseudonym, two digests and a time."""
    mine = named(place, "auditor")
    signed_in(place, mine)
    fact = [one for one in place.recorded if isinstance(one.fact, SignedIn)][-1]
    assert (fact.stamp.by, fact.stamp.role, fact.stamp.surface) == (mine, "reader", "web")
    assert set(fact.fact.model_dump()) == {"link", "door", "until"}
