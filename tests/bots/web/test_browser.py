"""Focus: in a real browser anybody can be interviewed: by keyboard, without JavaScript, enlarged."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from support.chromium import choose, chromium, in_a_browser, opened, press
from support.web.web import Site, site

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
        for words in ("We ask every family.", ""):
            reach("#words")
            keys.type(words)
            reach("button[value=on]")
            press_here("Enter")
    assert page.title().startswith("That is all, thank you")
    assert place.interview(who).completed
    assert {answer.score for answer in place.interview(who).answers.values()} == {1}


def test_an_error_has_the_focus_and_leads_to_its_field(
    place: Site, browser: Browser, who: str
) -> None:
    """So that a screen reader begins there, without JavaScript of ours."""
    page = opened(place, browser, who, java_script_enabled=True)
    press(page, "Start")
    press(page, "Continue")
    page.wait_for_function("document.activeElement.getAttribute('role') == 'alert'")
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
    page.locator("#words").fill("We ask every family.")
    press(page, "Save and continue")
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
        page.locator("#words").fill(words)
        press(page, "Save and add another")
        assert page.evaluate(ACTIVE) == 0
    assert page.locator("#words").input_value() == f"</textarea>{HOSTILE} 943 476 5919"
    press(page, "My answers")
    assert HOSTILE in page.inner_text("main")
    assert page.evaluate(ACTIVE) == 0


def test_a_file_goes_with_words_from_a_browser(place: Site, browser: Browser, who: str) -> None:
    """As a browser sends it, its name without the folder."""
    page = opened(place, browser, who)
    press(page, "Start")
    choose(page, "3 – Mostly in place")
    page.get_by_text("Add where this is from").click()
    page.locator("#dated").fill("2026-03-31")
    content = b"Met twice.\r\n"
    page.set_input_files(
        "#file", {"name": "notes.txt", "mimeType": "text/plain", "buffer": content}
    )
    press(page, "Save and continue")
    note = next(iter(place.interview(who).notes.values()))
    assert note.evidence is not None
    assert note.evidence.file is not None
    assert place.log.content(note.evidence.file.content) == content
