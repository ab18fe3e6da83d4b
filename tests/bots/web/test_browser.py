"""Focus: in a real browser anybody can be interviewed: by keyboard, without JavaScript, enlarged."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from support.chromium import choose, chromium, in_a_browser, opened, press
from support.web.web import Site, site

from ehsg_events.panel.member import Member
from ehsg_events.values.stop_token import stop_token

pytestmark = in_a_browser
HOSTILE = (
    "<script>document.title = 'Mine'</script><img src=x onerror=alert(1)><svg onload=alert(1)>"
)
ACTIVE = """() => [...document.querySelectorAll("*")].filter(element =>
    element.matches("script, iframe, object, embed, img, svg")
    || [...element.attributes].some(one => one.name.startsWith("on"))).length"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One served assessment; each test takes somebody of its own."""
    with site(tmp_path_factory.mktemp("web")) as place:
        yield place


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def who(place: Site) -> str:
    """Somebody who has said nothing yet."""
    return place.somebody()


def test_a_keyboard_alone_completes_an_interview(place: Site, browser: Browser, who: str) -> None:
    """Tab, space, enter and letters; where the focus is can be seen at every step."""
    page = opened(place, browser, who, java_script_enabled=True)
    keys = page.keyboard

    def reach(what: str) -> None:
        for _ in range(60):
            keys.press("Tab")
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            if page.evaluate("what => document.activeElement.matches(what)", what):
                return
        raise AssertionError(f"{what} cannot be reached on {page.title()}")

    def press_here(key: str) -> None:
        with page.expect_navigation():
            keys.press(key)

    reach("button[value=start]")
    press_here("Enter")
    for item in ("5.1", "5.2"):
        reach(f"input[value='answer:{item}:0']")
        keys.press("ArrowDown")
        reach("button[value=continue]")
        press_here("Space")
        reach("#words-working-well")
        keys.type("We ask every family.")
        reach("button[value=on]")
        press_here("Enter")
    assert page.title().startswith("That is all, thank you")
    assert place.interview(who).completed
    assert {answer.score for answer in place.interview(who).answers.values()} == {1}


def test_a_keyboard_alone_stops_reminders_and_has_them_again(
    place: Site, browser: Browser, who: str
) -> None:
    """From the letter's address, and on one's own page, without JavaScript of ours."""
    page = opened(place, browser, who, java_script_enabled=True)
    keys = page.keyboard

    def press_the_first(what: str) -> None:
        for _ in range(60):
            keys.press("Tab")
            if page.evaluate("what => document.activeElement.matches(what)", what):
                assert (
                    page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
                )
                with page.expect_navigation():
                    keys.press("Enter")
                return
        raise AssertionError(f"{what} cannot be reached on {page.title()}")

    own = page.url
    page.goto(f"{place.address}/stop/{stop_token(place.tokens[who])}")
    press_the_first("button")
    assert page.title() == "You get no more reminders"
    page.goto(own)
    press_the_first("button[value=want-reminders]")
    assert place.facts(who) == []
    assert who not in place.log.assessment(place.assessment).unreminded
    assert [type(one.fact).__name__ for one in place.recorded][-1] == "RemindersWanted"


def test_an_error_has_the_focus_and_leads_to_its_field(
    place: Site, browser: Browser, who: str
) -> None:
    """So that a screen reader begins there, without JavaScript of ours."""
    page = opened(place, browser, who, java_script_enabled=True)
    press(page, "Start")
    press(page, "Continue")
    page.locator(
        "[role=alert]:focus"
    ).wait_for()  # no script of ours could look: the page forbids any
    page.get_by_role("link", name="Choose an answer.").click()
    page.keyboard.press("Space")
    press(page, "Continue")
    assert place.interview(who).answers["5.1"].score == 0


def test_an_interview_needs_no_javascript(place: Site, browser: Browser, who: str) -> None:
    """And asks nobody but its own server for anything."""
    page = opened(place, browser, who)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    press(page, "Start")
    choose(page, "3 – Mostly in place")
    page.locator("#words-working-well").fill("We ask every family.")
    press(page, "Save and continue")
    choose(page, "I don't know")
    assert page.title().startswith("That is all, thank you")
    assert {url.startswith(place.address) for url in asked} == {True}


def test_hostile_words_do_nothing_in_a_browser(place: Site, browser: Browser, who: str) -> None:
    """On the page that takes them, on the one that refuses them, and on the receipt."""
    page = opened(place, browser, who, java_script_enabled=True)
    page.on("dialog", lambda _: pytest.fail("a script ran"))
    press(page, "Start")
    choose(page, "3 – Mostly in place")
    for words in (HOSTILE, f"</textarea>{HOSTILE} 943 476 5919"):
        page.locator("#words-working-well").fill(words)
        press(page, "Save and stay here")
        assert page.evaluate(ACTIVE) == 0
    assert page.locator("#words-working-well").input_value() == f"</textarea>{HOSTILE} 943 476 5919"
    press(page, "My answers")
    assert HOSTILE in page.inner_text("main")
    assert page.evaluate(ACTIVE) == 0


def test_a_file_goes_with_words_from_a_browser(place: Site, browser: Browser, who: str) -> None:
    """As a browser sends it, its name without the folder."""
    page = opened(place, browser, who)
    press(page, "Start")
    choose(page, "3 – Mostly in place")
    page.get_by_text("Add where this is from").click()
    page.locator("#dated-working-well").fill("2026-03-31")
    content = b"Met twice.\r\n"
    page.set_input_files(
        "#file-working-well", {"name": "notes.txt", "mimeType": "text/plain", "buffer": content}
    )
    press(page, "Save and continue")
    note = next(iter(place.interview(who).notes.values()))
    assert note.evidence is not None
    assert note.evidence.file is not None
    assert place.log.content(note.evidence.file.content) == content


SIX = ("5.1", "5.2", "5.3", "5.4", "6.1", "7.3")
LEAD = Member("lead-1", "Ada Quill", "Council", "lead", SIX, None)


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Somebody who is asked six descriptors."""
    with site(tmp_path_factory.mktemp("six"), people=[LEAD]) as place:
        yield place


def test_six_descriptors_are_fifteen_pages_and_back_leads_through_them_all(
    six: Site, browser: Browser
) -> None:
    """From the notice to the receipt; each as it was saved, and none asks to send a form again."""
    page = opened(six, browser, "lead-1")
    pages = [page.url]
    press(page, "Start")
    for number, _ in enumerate(SIX):
        pages.append(page.url)
        choose(page, f"{number % 5} – ")
        pages.append(page.url)
        page.locator("textarea").first.fill(f"Words {number}.")
        press(page, "Save and continue")
    pages.append(page.url)
    page.locator("#place-1").select_option("6.1")
    press(page, "Continue")
    pages.append(page.url)
    assert page.title().startswith("That is all, thank you")
    assert len(pages) == len(set(pages)) == 15
    for before in reversed(pages[:-1]):
        page.wait_for_load_state()  # a page that is still coming cannot be gone back from
        page.go_back()
        assert page.url == before
        assert page.locator("h1").count() == 1, "no page of the browser's own"
    page.goto(pages[1])
    assert page.locator("input[value='answer:5.1:0']").is_checked()
    choose(page, "4 – ")
    assert "Words 0." in page.inner_text("main")
    assert six.interview("lead-1").answers["5.1"].score == 4


def test_back_over_a_mistake_shows_it_again_with_the_words(
    place: Site, browser: Browser, who: str
) -> None:
    """After the form was put right; the browser never asks to send anything again."""
    page = opened(place, browser, who)
    press(page, "Start")
    choose(page, "3 – ")
    page.locator("#words-working-well").fill("Call 943 476 5919.")
    press(page, "Save and continue")
    page.locator("#words-working-well").fill("Call first.")
    press(page, "Save and continue")
    page.wait_for_load_state()  # a page that is still coming cannot be gone back from
    page.go_back()
    assert page.title().startswith("Error: Your words on 5.1")
    assert page.locator("#words-working-well").input_value().startswith("Call ")
    page.reload()
    assert page.title().startswith("Error: Your words on 5.1")
    assert place.words(who) == ["Call first."]
