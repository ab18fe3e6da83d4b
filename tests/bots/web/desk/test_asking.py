"""Asking for a link by e-mail over real HTTP: whoever asks learns nothing of who is known here."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlencode
from uuid import UUID

import httpx
import pytest
from limits import RateLimitItemPerHour
from support.area import Area
from support.post_office import Town
from support.web import plain_http
from support.web.desk import OWN, browser, named, reading, signed_in
from support.web.web import Site, site

from bots.phrases import desk as phrases
from bots.web.rate_limit import RateLimiter
from ehsg_events.commands import people
from ehsg_events.commands.people import remove_reader
from ehsg_events.events import SignInAsked
from ehsg_events.log.log import Log
from ehsg_events.machine.reports import Reports
from ehsg_events.rights import forgetting
from ehsg_events.values.address import WRITABLE

PAGE = "/read/sign-in"
RAE, JO, GONE = "rae@council.example.org", "jo@council.example.org", "gone@council.example.org"
LAST = "last@council.example.org"  # asked for at the end of a test: then all before were looked up
PATIENCE = 60  # seconds


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server that sends letters, with readers who have an address, had one, or have none."""
    limiter = RateLimiter(caller=RateLimitItemPerHour(500))
    with site(tmp_path_factory.mktemp("asking"), limiter, writes_on=WRITABLE) as one:
        named(one, "board", email=RAE)
        forgotten, removed = named(one, "board", email=JO), named(one, "auditor", email=GONE)
        for reader in (forgotten, removed):
            remove_reader(one.log, one.stamp("remove"), one.assessment, reader)
        forgetting.forget(one.log, one.stamp("go"), one.assessment, forgotten, "by letter")
        named(one, "auditor")
        named(one, "coordinator", email=LAST)
        yield one


def ask(place: Site, typed: str) -> httpx.Response:
    """Somebody asks for a link, each time in a browser of their own."""
    form = {"nonce": secrets.token_hex(4), "email": typed}
    return plain_http.post(place.address + PAGE, headers=OWN, data=form, timeout=PATIENCE)


def for_whom(place: Site, do: Callable[[], object]) -> list[tuple[UUID, str]]:
    """For whom links are asked for while something is done; it waits until all was looked up."""
    before = place.log.store.last_position()
    place.clock.on(hours=1)  # to one person only so many are sent within an hour
    do()
    ask(place, LAST)
    until = monotonic() + PATIENCE
    while monotonic() < until:
        facts = list(place.log.all(before, topics=(SignInAsked.TOPIC,)))
        found = [(one.stream.assessment, str(one.stream.stakeholder)) for one in facts]
        if (place.assessment, "coordinator-1") in found:
            return [one for one in found if one != (place.assessment, "coordinator-1")]
        sleep(0.01)
    raise AssertionError("the last one asked for was never looked up")


RUBBISH = secrets.token_bytes(10_240).decode("latin-1")
TYPED = {
    "unknown": "nobody@council.example.org",
    "known": RAE,
    "in capitals": RAE.upper(),
    "with spaces": f"  {RAE} ",
    "removed": GONE,
    "forgotten": JO,
    "empty": "",
    "no address": "rae",
    "10 kB of rubbish": RUBBISH,
    "markup": "<script>alert(1)</script>@council.example.org",
}
KNOWN = ("known", "in capitals", "with spaces")


def shape(answer: httpx.Response) -> tuple[int, str, tuple[tuple[str, str], ...]]:
    """Everything that an answer tells, but for the time of day."""
    headers = tuple((name, value) for name, value in answer.headers.items() if name != "date")
    return answer.status_code, answer.text, headers


def test_the_answer_is_the_same_whoever_is_asked_for(place: Site) -> None:
    """Status, page and headers, to the letter; what was typed is not said again."""
    answers: dict[str, httpx.Response] = {}
    for_whom(place, lambda: answers.update((who, ask(place, TYPED[who])) for who in TYPED))
    assert {shape(answer) for answer in answers.values()} == {shape(answers["unknown"])}
    assert answers["unknown"].status_code == 200
    assert phrases.ASKED_WORDS.splitlines()[0] in answers["unknown"].text
    assert "@" not in answers["known"].text


@pytest.mark.parametrize("who", TYPED)
def test_only_who_is_named_and_has_the_address_is_asked_for(place: Site, who: str) -> None:
    """However it is typed."""
    asked = for_whom(place, lambda: ask(place, TYPED[who]))
    assert asked == [(place.assessment, "reader-1")] * (who in KNOWN)


def test_the_answer_is_sent_before_anything_is_looked_up(
    place: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So its time cannot tell what was found: it comes while the looking up has not ended."""
    looking: list[int] = []
    answered: list[int] = []
    look = Log.every_assessment

    def slow(log: Log) -> object:
        looking.append(1)
        while not answered:
            sleep(0.01)
        return look(log)

    monkeypatch.setattr(Log, "every_assessment", slow)
    try:
        assert [ask(place, typed).status_code for typed in (RAE, "no@example.org")] == [200, 200]
    finally:
        answered.append(1)
    assert for_whom(place, lambda: None) == [(place.assessment, "reader-1")]
    assert looking


def test_twice_asked_for_is_twice_recorded_and_a_sixth_time_is_not(place: Site) -> None:
    """The answer stays the same; nobody's mailbox is filled by a stranger."""
    answers: list[httpx.Response] = []
    asked = for_whom(place, lambda: answers.extend(ask(place, RAE) for _ in range(7)))
    assert len(asked) == 5
    assert len({shape(answer) for answer in answers}) == 1


def test_an_address_of_two_assessments_is_sent_a_letter_for_each(place: Site) -> None:
    """And the link in each signs in to its own."""
    other = Area(place.log, UUID(int=8))
    other.open(at=place.clock())
    named(place, "board", email="both@council.example.org")
    contact = people.Contact(email="both@council.example.org")
    people.name_coordinator(place.log, place.stamp("b"), other.id, "Bo Both", contact)
    for_whom(place, lambda: ask(place, "both@council.example.org"))
    town = Town(place.log, place.clock, place.assessment)
    letters = [one for one in town.delivered() if one.to == "both@council.example.org"]
    assert sorted(letter.subject for letter in letters) == [
        "Your way in to Sefton",
        "Your way in to Testham",
    ]
    who = set()
    for letter in letters:
        assert letter.link is not None
        mine = browser(place)
        page = mine.post(f"/sign-in/{letter.link.url.rpartition('/')[2]}")
        who.add(re.findall(r"signed in as ([^,]+),", page.text)[0])
    assert who == {"Rae Reed", "Bo Both"}


def test_opening_the_link_ahead_of_a_person_uses_nothing_up(place: Site) -> None:
    """Neither GET nor HEAD does, as often as a mail scanner likes; the button does."""
    for_whom(place, lambda: ask(place, RAE))
    letters = Town(place.log, place.clock, place.assessment).delivered()
    letter = next(one for one in letters if one.to == RAE)
    assert letter.link is not None
    link, before = letter.link.url.rpartition("/")[2], len(place.recorded)
    scanner = browser(place)
    for _ in range(3):
        looked = [scanner.request(how, f"/sign-in/{link}") for how in ("HEAD", "GET")]
        assert [one.status_code for one in looked] == [200, 200]
    assert len(place.recorded) == before
    assert browser(place).post(f"/sign-in/{link}", follow_redirects=False).status_code == 303


@pytest.mark.parametrize("where", [PAGE, "/read/home", "/read/board"])
def test_who_has_not_signed_in_finds_the_field_wherever_they_come(place: Site, where: str) -> None:
    """It leads to the same page, which says nothing of who is known."""
    page = browser(place).get(where)
    assert page.status_code == (200 if where == PAGE else 401)
    assert 'action="sign-in"' in page.text
    assert 'type="email"' in page.text


def test_where_no_letters_are_sent_the_page_says_how_else_to_come_in(tmp_path: Path) -> None:
    """Nothing is asked for that would never come, by whatever was sent."""
    with site(tmp_path) as place:
        named(place, "board", email=RAE)
        before = len(place.recorded)
        page, answers = browser(place).get(PAGE), [ask(place, one) for one in TYPED.values()]
        assert {shape(answer) for answer in answers} == {shape(answers[0])}
        assert (answers[0].status_code, answers[0].headers["location"]) == (303, "sign-in")
        assert phrases.NOT_BY_MAIL in page.text
        assert "<form" not in page.text
        assert len(place.recorded) == before


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {},
    ],
)
def test_a_form_from_elsewhere_asks_for_nothing(place: Site, headers: dict[str, str]) -> None:
    """Or other people's browsers would ask for a stranger, each from its own address."""
    form = {"nonce": "n", "email": RAE}

    def send() -> None:
        answer = plain_http.post(place.address + PAGE, headers=headers, data=form)
        assert answer.status_code == 403

    assert for_whom(place, send) == []


def test_what_is_no_form_of_ours_is_refused_whoever_sends_it(place: Site) -> None:
    """Half a form, other bytes, and more than anybody types."""
    kind = {**OWN, "content-type": "application/x-www-form-urlencoded"}
    bodies = [b"email=" + RAE.encode(), b"\xff\xfe", b"nonce=n&email=" + b"x" * 100_000]
    for body in bodies:
        answer = plain_http.post(place.address + PAGE, headers=kind, content=body)
        assert answer.status_code == 400


def test_one_address_on_the_network_asks_so_often_an_hour(tmp_path: Path) -> None:
    """Whether it asks for somebody or nobody; it is told how long to wait."""
    limiter = RateLimiter(caller=RateLimitItemPerHour(3))
    with site(tmp_path, limiter, writes_on=WRITABLE) as place:
        named(place, "board", email=RAE)
        for typed in (RAE, "no@example.org"):
            answers = [ask(place, typed) for _ in range(3)]
        assert [one.status_code for one in answers] == [429] * 3
        assert int(answers[0].headers["retry-after"]) <= 3601
        assert len({one.text for one in answers}) == 1


def test_what_cannot_be_recorded_is_said_to_whoever_runs_the_server(
    place: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asked has their answer already; no address is said."""
    said: list[str] = []
    monkeypatch.setattr(Reports, "say", lambda _, line: said.append(line))

    def fail(_: Log) -> object:
        raise OSError(28, f"no space for {RAE}")

    with monkeypatch.context() as broken:
        broken.setattr(Log, "every_assessment", fail)
        assert ask(place, RAE).status_code == 200
        until = monotonic() + PATIENCE
        while not said and monotonic() < until:
            sleep(0.01)
    assert len(said) == 1
    assert said[0].startswith("A link that was asked for could not be recorded")
    assert "@" not in said[0]


def test_a_large_form_of_fields_is_still_no_address(place: Site) -> None:
    """Many fields, or one twice: the last counts, and nothing else is read."""
    fields = urlencode([("nonce", "n"), ("email", RAE), ("email", "no@example.org")])
    kind = {**OWN, "content-type": "application/x-www-form-urlencoded"}

    def send() -> None:
        plain_http.post(place.address + PAGE, headers=kind, content=fields.encode())

    assert for_whom(place, send) == []


@pytest.mark.parametrize("role", ["coordinator", "auditor", "board"])
def test_whoever_has_signed_in_reads_where_they_are_written_to(place: Site, role: str) -> None:
    """By e-mail or not at all; the address itself stands on no page."""
    nowhere = reading(place, role).get("/read/home").text
    assert phrases.NOWHERE in nowhere
    reached = signed_in(place, named(place, role, email=f"{role}@county.example.org"))
    page = reached.get("/read/home").text
    assert "You are written to by e-mail (not set up here)." in page
    assert "county.example.org" not in page
