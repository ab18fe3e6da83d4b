"""The first assessment is opened on a page, over real HTTP: by one person, at an address of its own."""

from __future__ import annotations

import re
import stat
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from support.web import plain_http
from support.web.begin import TYPED, Fresh, fresh, session
from support.web.desk import OWN

from bots.phrases import desk as phrases
from bots.web.begin.address import FILE
from bots.web.begin.form import offered
from ehsg_events.commands import assessments, people
from ehsg_events.commands.opening import abandonment
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log
from ehsg_events.policy.rules_file import usual

BEGUN = ["AssessmentOpened", "CoordinatorNamed", "SignedIn"]
MAIL = "jane@council.example.org"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Fresh]:
    """A server over a folder that was not there."""
    with fresh(tmp_path / "not" / "there") as one:
        yield one


# -- a look ----------------------------------------------------------------------------------------
def test_whoever_only_looks_changes_nothing(place: Fresh) -> None:
    """Nor does a program that opens links ahead of a person."""
    browser = place.browser()
    for _ in range(3):
        assert browser.get(place.where).status_code == 200
        assert browser.head(place.where).status_code == 200
    assert place.kinds == []
    assert not browser.cookies
    assert session(place.press(browser))


def test_the_form_asks_for_four_things_and_says_what_comes_of_it(place: Fresh) -> None:
    """Each guide with its title, where it comes from and how long it is; the newest edition of each."""
    page = unescape(place.browser().get(place.where).text)
    assert re.findall(r'<label for="(name|email|area|guide)"', page) == [
        "name",
        "email",
        "area",
        "guide",
    ]
    guides = offered(place.log.folder)
    assert [guide.id for guide in guides] == [
        "ehsg-2022@2",
        "ehsg-2020@2",
        "isos-2019@2",
        "nw-2013@2",
    ]
    for guide in guides:
        assert guide.title in page
        assert guide.says in page
    assert "31 descriptors" in page
    assert "<script" not in page


def test_no_cache_keeps_the_address_and_no_other_site_is_told_it(place: Fresh) -> None:
    """Whatever the page answers."""
    for answer in (place.browser().get(place.where), place.browser().get("/begin/nothing")):
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "form-action 'self'" in answer.headers["content-security-policy"]


# -- begun -----------------------------------------------------------------------------------------
def test_one_press_opens_names_and_signs_in(place: Fresh) -> None:
    """In one transaction; the first page of the desk is open, and no secret stands on the log."""
    browser = place.browser()
    answer = place.press(browser, email=f" {MAIL} ", name=" Jane Quill ", area=" Northvale ")
    assert (answer.status_code, answer.headers["location"]) == (303, "../read/home")
    assert place.kinds == BEGUN
    assert {(one.stamp.by, one.stamp.surface, one.stamp.key) for one in place.recorded} == {
        ("coordinator-1", "web", place.recorded[0].stamp.key)
    }
    state = place.log.assessment(place.log.assessments()[0][0])
    named = state.coordinators["coordinator-1"]
    assert (place.log.text(named.name), place.log.text(named.email)) == ("Jane Quill", MAIL)
    assert (state.area, state.guide, state.rule) == ("Northvale", "ehsg-2022@2", usual().rule)
    told = str(place.recorded)
    assert not any(secret in told for secret in (str(place.token), str(session(answer)), "Jane"))
    desk = browser.get(answer.headers["location"].removeprefix(".."), follow_redirects=True)
    assert desk.status_code == 200
    assert "Northvale" in desk.text


def test_an_address_of_ones_own_is_not_needed(place: Fresh) -> None:
    """Then there is none on the log."""
    place.press(place.browser())
    (named,) = place.log.assessment(place.log.assessments()[0][0]).coordinators.values()
    assert named.addresses == ()


def test_the_address_is_dead_from_then_on(place: Fresh) -> None:
    """For whoever used it, too; the page says to ask for a link, and what was typed is there still."""
    browser = place.browser()
    place.press(browser)
    for again in (browser, place.browser()):
        seen, pressed = again.get(place.where), place.press(again, name="Rae Reed")
        assert (seen.status_code, pressed.status_code) == (404, 404)
        assert "for a link to sign in" in seen.text.replace("\n", " ")
        assert "../read/sign-in" in seen.text
        assert "Rae Reed" in pressed.text
        assert session(pressed) is None
    assert place.kinds == BEGUN


def test_an_assessment_from_the_command_line_ends_it_too(place: Fresh) -> None:
    """Whoever had the form open is told."""
    opened(place.log)
    browser = place.browser()
    assert browser.get(place.where).status_code == 404
    answer = browser.post(place.where, data={"nonce": "n", **TYPED})
    assert answer.status_code == 404
    assert place.kinds == ["AssessmentOpened"]


def opened(log: Log) -> Stamp:
    """An assessment that came in another way."""
    at, key = datetime.now(UTC), uuid4().hex
    stamp = Stamp(at=at, by="coordinator", role="coordinator", surface="command", cause="open", key=key)  # fmt: skip
    assessments.open_assessment(log, stamp, uuid4(), "Southmere", "ehsg-2022@1", (), usual())
    return stamp


def test_of_two_who_press_at_once_one_begins_and_the_other_is_told(place: Fresh) -> None:
    """Whoever is second sees what they typed, and nothing of theirs is recorded."""
    browsers = [place.browser() for _ in range(4)]
    ready, answers = threading.Barrier(len(browsers)), list[httpx.Response]()

    def press(browser: httpx.Client, name: str) -> None:
        ready.wait()
        answers.append(place.press(browser, name=name))

    pressing = [
        threading.Thread(target=press, args=(browser, f"Given{n} Surname{n}"))
        for n, browser in enumerate(browsers)
    ]
    for one in pressing:
        one.start()
    for one in pressing:
        one.join()
    assert sorted(answer.status_code for answer in answers) == [303, 404, 404, 404]
    assert place.kinds == BEGUN
    lost = [answer for answer in answers if answer.status_code == 404]
    assert all("Surname" in answer.text and session(answer) is None for answer in lost)


def test_a_button_pressed_twice_begins_once_and_signs_in_both_times(place: Fresh) -> None:
    """A browser shows the second answer; a minute later it is somebody else's."""
    browser, form = place.browser(), {"nonce": "of-one-form", **TYPED}
    first, second = (browser.post(place.where, data=form) for _ in range(2))
    assert [first.status_code, second.status_code] == [303, 303]
    assert session(first) == session(second)
    place.clock.on(minutes=1)
    assert browser.post(place.where, data=form).status_code == 404
    assert place.kinds == BEGUN


# -- a wrong address -------------------------------------------------------------------------------
def test_whoever_tries_addresses_waits(place: Fresh) -> None:
    """After five a minute, by looking or by pressing; who has the right one does not."""
    browser = place.browser()
    tried = [browser.get(f"/begin/{'x' * n}") for n in range(1, 4)]
    tried += [place.press(browser, f"/begin/{place.token}x") for _ in range(2)]
    assert {answer.status_code for answer in tried} == {404}
    last = browser.get("/begin/another")
    assert last.status_code == 429
    assert 0 < int(last.headers["retry-after"]) <= 62
    assert place.kinds == []
    assert place.press(browser).status_code == 303


def test_an_address_of_before_a_restart_opens_nothing(tmp_path: Path) -> None:
    """A form that was open then is told so, and there is a new address."""
    with fresh(tmp_path) as before:
        old = before.where
    with fresh(tmp_path) as after:
        assert after.where != old
        answer = after.press(after.browser(), old)
        assert answer.status_code == 404
        assert "Jane Quill" in answer.text
        assert after.press(after.browser()).status_code == 303
    with fresh(tmp_path) as last:
        assert (last.token, last.said) == (None, [])
        assert last.browser().get(after.where).status_code == 404


def test_what_was_abandoned_is_begun_anew_at_the_next_start(tmp_path: Path) -> None:
    """Nothing is open then."""
    with fresh(tmp_path) as before:
        before.press(before.browser())
        where = before.log.assessments()[0][0]
        stamp = before.recorded[0].stamp.model_copy(update={"key": "away"})
        abandonment.abandon(before.log, stamp, where, "the wrong guide")
        assert before.browser().get(before.where).status_code == 404  # it was used
        assert before.press(before.browser()).status_code == 404
    with fresh(tmp_path) as after:
        assert after.press(after.browser()).status_code == 303


# -- from elsewhere, and rubbish -------------------------------------------------------------------
@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "https://elsewhere.example.org"},
        {"origin": "null"},
        {},
    ],
)
def test_a_form_from_elsewhere_begins_nothing(place: Fresh, headers: dict[str, str]) -> None:
    """However right its address is."""
    answer = plain_http.post(
        place.address + place.where, data={"nonce": "n", **TYPED}, headers=headers
    )
    assert answer.status_code == 403
    assert place.kinds == []


BODIES: dict[str, tuple[str, bytes]] = {
    "nothing": ("application/x-www-form-urlencoded", b""),
    "no nonce": ("application/x-www-form-urlencoded", b"name=Jane&area=X&guide=ehsg-2022@2"),
    "not UTF-8": ("application/x-www-form-urlencoded", b"nonce=n&name=%ff%fe"),
    "too many fields": ("application/x-www-form-urlencoded", b"nonce=n" + b"&a=b" * 100),
    "far too large": ("application/x-www-form-urlencoded", b"nonce=n&name=" + b"x" * 200_000),
    "JSON": ("application/json", b'{"nonce": "n", "name": "Jane"}'),
    "a file": ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="nonce"\r\n\r\nn\r\n--b--'),
    "bytes": ("application/octet-stream", bytes(range(256)) * 20),
}  # fmt: skip


@pytest.mark.parametrize("body", BODIES)
def test_what_is_none_of_our_forms_begins_nothing(place: Fresh, body: str) -> None:
    """And is told so."""
    kind, content = BODIES[body]
    headers = {**OWN, "content-type": kind}
    answer = plain_http.post(place.address + place.where, content=content, headers=headers)
    assert answer.status_code == 400
    assert place.kinds == []


# -- mistakes --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"name": " "}, "name", phrases.SAY_YOUR_NAME),
        ({"name": "x" * 201}, "name", "201 letters"),
        ({"area": ""}, "area", phrases.SAY_AREA),
        ({"area": "y" * 5000}, "area", "5000 letters"),
        ({"area": "Northvale, ring 07700 900123"}, "area", "a telephone number"),
        ({"area": "Northvale of Jane Quill"}, "area", "name"),
        ({"email": "nowhere"}, "email", "no e-mail address"),
        ({"guide": ""}, "guide", phrases.CHOOSE_GUIDE),
        ({"guide": "ehsg-2022@1"}, "guide", phrases.CHOOSE_GUIDE),
        ({"guide": "../../etc/passwd"}, "guide", phrases.CHOOSE_GUIDE),
        ({"name": "Tommy was hit by his father last night"}, "name", "safeguarding"),
    ],
)
def test_a_mistake_stands_at_its_field_and_what_was_typed_stays(
    place: Fresh, typed: dict[str, str], field: str, says: str
) -> None:
    """The summary leads to it, the title says it first, and nothing is recorded."""
    answer = place.press(place.browser(), email=typed.pop("email", MAIL), **typed)
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    (mistake,) = re.findall(rf'id="{field}-mistake">(.*?)</p>', answer.text, re.S)
    assert says in mistake
    assert f'<a href="#{field}">' in answer.text
    assert f"{field}-mistake" in answer.text.partition("<form")[2]
    for name, text in {**TYPED, **typed}.items():
        if name != "guide" and text.strip():
            assert f'value="{text}"' in answer.text
    assert answer.text.count("Jane Quill") <= 2
    assert (place.kinds, session(answer)) == ([], None)


def test_everything_that_is_wrong_is_said_at_once(place: Fresh) -> None:
    """And put right, it opens."""
    browser = place.browser()
    answer = place.press(browser, name="", area="", email="nowhere", guide="")
    assert re.findall(r'<a href="#(\w+)">', answer.text)[-4:] == ["name", "area", "email", "guide"]
    assert place.press(browser).status_code == 303


def test_words_are_words_whatever_they_hold(place: Fresh) -> None:
    """Nothing that is typed becomes a part of the page."""
    typed = {"name": '"><script>alert(1)</script>', "area": "{{ 7*7 }}", "guide": "<b>"}
    answer = place.press(place.browser(), **typed)
    assert answer.status_code == 422
    assert "<script" not in answer.text
    assert "&lt;script&gt;" in answer.text
    assert "{{ 7*7 }}" in answer.text


# -- what is said at the start ---------------------------------------------------------------------
def test_the_address_is_said_once_and_kept_for_its_owner(place: Fresh) -> None:
    """In a file that is gone once it was used."""
    file = place.log.folder / FILE
    url = f"http://127.0.0.1:8751{place.where}"
    assert place.said == [phrases.NOTHING_YET.format(url=url)]
    assert file.read_text() == f"{url}\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(str(place.token)) >= 43  # 32 bytes
    place.browser().get(place.where)
    assert file.exists()
    place.press(place.browser())
    assert not file.exists()


def test_the_file_goes_with_the_server(tmp_path: Path) -> None:
    """And one that a killed server left does not outlive the next start."""
    with fresh(tmp_path) as place:
        assert (tmp_path / FILE).exists()
        opened(place.log)
    assert not (tmp_path / FILE).exists()
    (tmp_path / FILE).write_text("http://127.0.0.1/begin/old")
    with fresh(tmp_path) as place:
        assert not (tmp_path / FILE).exists()


def test_whoever_has_begun_names_others_and_comes_back(place: Fresh) -> None:
    """As any coordinator does."""
    place.press(place.browser())
    where = place.log.assessments()[0][0]
    stamp = place.recorded[0].stamp.model_copy(update={"key": "another"})
    assert people.name_coordinator(place.log, stamp, where, "Rae Reed") == "coordinator-2"
