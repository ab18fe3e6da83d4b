"""Focus: nothing typed is lost: whatever becomes of a form, its words are recorded or shown to copy."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from limits import RateLimitItemPerMinute
from support.browser import Form
from support.log.store import sqlite
from support.story.states import DeskSite, desk_site
from support.visitor import Visitor
from support.web import plain_http
from support.web.desk import browser, named, signed_in
from support.web.web import Site, site

from bots.web.rate_limit import RateLimiter
from bots.web.typed import digest_of
from ehsg_events.commands import links, panel
from ehsg_events.events import OutcomeModerated

WORKING = "words-working-well"
WORDS = "Words </textarea> of \n\n two “paragraphs” & <b>more</b>."
BIG = WORDS + "x" * 700_000


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One served assessment; each test takes somebody of its own."""
    with site(tmp_path_factory.mktemp("typed")) as place:
        yield place


def boxes(answer: httpx.Response) -> list[str]:
    """What can be copied from the boxes of a page."""
    drawn = (part.partition(">\n")[2] for part in answer.text.split("<textarea")[1:])
    return [html.unescape(part.partition("</textarea>")[0]) for part in drawn]


def sent(ana: Visitor, form: Form, words: str = WORDS) -> httpx.Response:
    """Words in the first box, saved."""
    ana.send(form, form.button("Save and continue"), **{WORKING: words})
    return ana.answer


# -- what can happen to somebody while they type --------------------------------------------------
def withdrawn(place: Site, who: str) -> None:
    """They withdraw in another tab."""
    other = place.at(place.tokens[who])
    other.press("Withdraw")
    other.press("Yes, withdraw")


def released(place: Site, who: str) -> None:
    """The coordinator releases them."""
    panel.release(place.log, place.stamp("release"), place.assessment, who, "moved on")


def renewed(place: Site, who: str) -> None:
    """A new link is issued."""
    links.replace(place.log, place.stamp("renew"), place.assessment, who)


def revoked(place: Site, who: str) -> None:
    """The link is taken back."""
    links.revoke(place.log, place.stamp("revoke"), place.assessment, who)


def nothing(place: Site, who: str) -> None:
    """All is as it was."""


HAPPENS: tuple[Callable[[Site, str], None], ...] = (nothing, withdrawn, released, renewed, revoked)


@pytest.mark.parametrize("happens", HAPPENS, ids=lambda one: one.__name__)
def test_words_are_recorded_or_stand_in_a_box(
    place: Site, happens: Callable[[Site, str], None]
) -> None:
    """Whatever happened since the page was opened; reloading the answer sends nothing again."""
    who = place.somebody()
    ana = place.writing(who)
    form = ana.page.form("answer")
    happens(place, who)
    answer = sent(ana, form)
    assert (WORDS in place.words(who)) != (WORDS in boxes(answer))
    assert answer.request.method == "GET" or answer.status_code == 404


@pytest.mark.parametrize("happens", HAPPENS, ids=lambda one: one.__name__)
def test_a_change_to_kept_words_is_recorded_or_stands_in_a_box(
    place: Site, happens: Callable[[Site, str], None]
) -> None:
    """The words that were left as they were are not said again."""
    who = place.somebody()
    ana = place.writing(who)
    ana.type("Left alone.", field="prioritising-next")
    ana.type("At first.")
    form = ana.page.form("answer")
    changed = next(name for name, value in form.values.items() if value == "At first.")
    happens(place, who)
    ana.send(form, form.button("Save the change"), **{changed: WORDS})
    assert WORDS in [*place.words(who), *boxes(ana.answer)]
    assert happens is nothing or "Left alone." not in boxes(ana.answer)


def test_words_taken_back_elsewhere_and_changed_here_stand_in_a_box(place: Site) -> None:
    """With the reason why the change could not be recorded."""
    ana = place.writing(place.somebody())
    ana.type("At first.")
    form = ana.page.form("answer")
    ana.correct("", "Remove these words")
    changed = next(name for name in form.values if name.startswith("note-"))
    ana.send(form, form.button("Save the change"), **{changed: WORDS})
    assert WORDS in boxes(ana.answer)
    assert "taken back elsewhere" in ana.page.text


def test_a_change_to_words_that_changed_elsewhere_asks_once_more(place: Site) -> None:
    """Two tabs: the second says what stands now, keeps what was typed, and records it if pressed."""
    who = place.somebody()
    ana = place.writing(who)
    ana.type("At first.")
    form = ana.page.form("answer")
    ana.correct("From the first tab.", "Save the change")
    changed = next(name for name in form.values if name.startswith("note-"))
    ana.send(form, form.button("Save the change"), **{changed: WORDS})
    assert place.words(who) == ["From the first tab."]
    assert "to “From the first tab.”" in ana.page.text
    ana.press("Save the change")
    assert place.words(who) == [WORDS]


@pytest.mark.parametrize(
    "words", [WORDS, BIG, f"{WORDS} 943 476 5919"], ids=["short", "big", "nhs"]
)
def test_words_that_are_refused_stand_in_a_box(place: Site, words: str) -> None:
    """Too long, not to be kept, or beside a wrong day; whether they fit into an address or not."""
    who = place.somebody()
    ana = place.writing(who)
    form = ana.page.form("answer")
    wrong = {WORKING: words, "dated-working-well": "31/2/2026"}
    ana.send(form, form.button("Save and continue"), **wrong)
    assert words in boxes(ana.answer)
    assert place.words(who) == []


def test_of_two_boxes_the_one_that_was_taken_is_not_said_again(place: Site) -> None:
    """Only what was refused waits in its box."""
    who = place.somebody()
    ana = place.writing(who)
    form = ana.page.form("answer")
    both = {WORKING: "Taken.", "words-prioritising-next": "Call 943 476 5919."}
    ana.send(form, form.button("Save and continue"), **both)
    assert place.words(who) == ["Taken."]
    assert ana.page.form("answer").values[WORKING] == ""
    assert ana.page.form("answer").values["words-prioritising-next"] == "Call 943 476 5919."


def test_a_server_that_fails_says_the_words_again(place: Site) -> None:
    """It cannot say whether they were recorded, and does not claim it."""
    ana = place.writing(place.somebody())
    form, store = ana.page.form("answer"), sqlite(place.log).datastore
    with store.transaction(commit=True) as cursor:
        cursor.execute("ALTER TABLE idempotency_key RENAME TO gone")
    answer = sent(ana, form)
    with store.transaction(commit=True) as cursor:
        cursor.execute("ALTER TABLE gone RENAME TO idempotency_key")
    assert answer.status_code == 500
    assert WORDS in boxes(answer)


def test_a_file_too_large_takes_no_words_with_it(place: Site) -> None:
    """As much as was read before it."""
    ana = place.writing(place.somebody())
    ana.attach(WORDS, "film.pdf", b"%PDF-" + b"0" * (16 * 1024 * 1024))
    assert ana.answer.status_code == 413
    assert WORDS in boxes(ana.answer)


def test_who_says_too_much_too_often_keeps_their_words(tmp_path: Path) -> None:
    """And so does a stranger who tries links."""
    door = RateLimiter(link=RateLimitItemPerMinute(2), stranger=RateLimitItemPerMinute(1))
    with site(tmp_path, door) as place:
        ana = place.writing("health-1")
        answer = sent(ana, ana.page.form("answer"))
        assert (answer.status_code, WORDS in boxes(answer)) == (429, True)
        for status in (404, 429):
            tried = plain_http.post(f"{place.address}/i/guess", data={WORKING: WORDS})
            assert (tried.status_code, WORDS in boxes(tried)) == (status, True)


def test_a_page_that_records_nothing_at_all_still_says_words_again(place: Site) -> None:
    """A form sent to an address that takes none."""
    for path in ("/", "/nothing", "/style.css"):
        tried = plain_http.post(f"{place.address}{path}", data={"because": WORDS})
        assert (tried.status_code in (404, 405), WORDS in boxes(tried)) == (True, True)


def test_the_words_of_another_persons_refused_form_are_not_to_be_had(place: Site) -> None:
    """The address opens under the link that it was made for, and nowhere else."""
    ana, ben = place.writing(place.somebody()), place.writing(place.somebody())
    ana.type("Private, 943 476 5919.")
    stolen = str(ana.answer.url).partition("?")[2]
    assert "Private" not in stolen
    ben.open(f"{ben.step}?{stolen}")
    assert "Private" not in ben.answer.text
    ana.open(f"{ana.step}?{stolen}")
    assert "Private" in ana.answer.text


def test_a_mark_of_words_is_the_same_after_a_browser_has_shown_them() -> None:
    """Browsers change line ends and what no page can hold."""
    assert digest_of("a\r\nb\rc\0") == digest_of("a\nb\nc\ufffd")
    assert digest_of("a") != digest_of("b")


# -- the desk --------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskSite]:
    """Assessments whose panel disagreed."""
    folder = tmp_path_factory.mktemp("desk")
    with desk_site(folder, "closed", "signed_off", "opened") as place, hung_up(place):
        yield place


@contextmanager
def hung_up(place: Site) -> Iterator[None]:
    """Every browser is closed in the end."""
    try:
        yield
    finally:
        for visitor in place.visitors:
            visitor.close()


def form_of(place: DeskSite, state: str, **filled: str) -> dict[str, str]:
    """A form that settles a descriptor."""
    where = str(place.areas[state].id)
    return {"nonce": "n", "assessment": where, "item": "5.2", "because": WORDS, **filled}


def coordinator(place: DeskSite, state: str) -> httpx.Client:
    """A browser in which the coordinator has signed in."""
    where = place.areas[state].id
    return signed_in(place, named(place, "coordinator", where), where)


@pytest.mark.parametrize(
    ("state", "filled", "headers", "status"),
    [
        ("closed", {}, {}, 422),
        ("closed", {"score": "2", "because": WORDS + "x" * 5000}, {}, 422),
        ("closed", {"score": "2", "because": WORDS + "x" * 70_000}, {}, 422),
        ("closed", {"nonce": ""}, {}, 400),
        ("closed", {"score": "99"}, {}, 422),
        ("closed", {"item": "99.9", "score": "2"}, {}, 422),
        ("closed", {"assessment": "another"}, {}, 409),
        ("closed", {"score": "2"}, {"sec-fetch-site": "cross-site"}, 403),
        ("signed_off", {"score": "2"}, {}, 422),
        ("opened", {"score": "2"}, {}, 422),
    ],
)
def test_a_reason_that_was_not_recorded_stands_in_a_box(
    desk: DeskSite, state: str, filled: dict[str, str], headers: dict[str, str], status: int
) -> None:
    """Whatever the status is; nothing is recorded."""
    who, form = coordinator(desk, state), form_of(desk, state, **filled)
    before = len(desk.recorded)
    answer = who.post("/read/settle", data=form, headers=headers)
    assert (answer.status_code, form["because"] in boxes(answer)) == (status, True)
    assert len(desk.recorded) == before


def test_whose_session_is_over_keeps_the_reason_and_is_led_to_the_way_in(desk: DeskSite) -> None:
    """Twelve hours later, or in a browser that never signed in; also to a page that is for others."""
    who = browser(desk)
    for page in ("settle", "board", "nothing"):
        answer = who.post(f"/read/{page}", data=form_of(desk, "closed"))
        assert (answer.status_code, WORDS in boxes(answer)) == (401, True)
        assert 'action="sign-in"' in answer.text
    auditor = signed_in(
        desk, named(desk, "auditor", desk.areas["closed"].id), desk.areas["closed"].id
    )
    answer = auditor.post("/read/settle", data=form_of(desk, "closed"))
    assert (answer.status_code, WORDS in boxes(answer)) == (403, True)


def test_settling_from_a_page_that_is_out_of_date_asks_once_more(tmp_path: Path) -> None:
    """Two pages opened before either was sent: the second says what the first did, by whom and why."""
    with desk_site(tmp_path, "closed") as place, hung_up(place):
        first, second = coordinator(place, "closed"), coordinator(place, "closed")
        pages = [who.get("/read/settle?item=5.2").text for who in (first, second)]
        assert all('name="seen" value="0"' in page for page in pages)
        first.post("/read/settle", data=form_of(place, "closed", score="2", seen="0"))
        place.clock.now += timedelta(minutes=1)
        late = form_of(place, "closed", score="4", because="Mine.", seen="0")
        answer = second.post("/read/settle", data=late)
        assert answer.status_code == 422
        assert "5.2 was settled at 2 (Partly in place) by Jane Quill, a minute ago" in answer.text
        assert boxes(answer) == ["Mine."]
        assert levels(place) == ["2"]
        again = {**late, "nonce": "m", "seen": "1"}
        assert 'name="seen" value="1"' in answer.text
        assert second.post("/read/settle", data=again).status_code == 200
        assert second.post("/read/settle", data=again).status_code == 200, "a double click"
        assert levels(place) == ["2", "4"]


def levels(place: DeskSite) -> list[str]:
    """At which levels it was settled, in order."""
    facts = (one.fact for one in place.areas["closed"].facts)
    return [fact.level for fact in facts if isinstance(fact, OutcomeModerated)]


def test_back_from_what_came_of_it_never_asks_to_send_again(desk: DeskSite) -> None:
    """A form is answered by the address of a page, also when it was refused."""
    who = coordinator(desk, "closed")
    answer = who.post("/read/settle", data=form_of(desk, "closed"))
    assert [one.status_code for one in answer.history] == [303]
    assert WORDS not in str(answer.url)


def test_who_types_the_address_alone_is_told_where_to_go(desk: DeskSite) -> None:
    """To the link they were sent, or to the pages for coordinators and readers."""
    stranger = browser(desk)
    assert "open the link from the message you got" in stranger.get("/").text
    for path in ("/read", "/read/"):
        answer = stranger.get(path)
        assert (answer.status_code, answer.url.path) == (401, "/read/home")
        assert "Your e-mail address" in answer.text
