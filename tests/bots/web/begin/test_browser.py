"""Focus: the first form can be used by anybody: by axe, on a narrow screen, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from support.chromium import chromium, faults, in_a_browser, overhang, too_small
from support.web.begin import Fresh, fresh

pytestmark = in_a_browser
NARROW = {"width": 320, "height": 800}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fresh]:
    """A server over an empty folder."""
    with fresh(tmp_path_factory.mktemp("empty")) as one:
        yield one


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for all."""
    with chromium() as one:
        yield one


def page_of(place: Fresh, browser: Browser, *, script: bool) -> Page:
    """The form, in a narrow window with scripts or without."""
    window = browser.new_context(viewport=NARROW, java_script_enabled=script)  # type: ignore[arg-type]
    page = window.new_page()
    page.goto(place.address + place.where)
    return page


def refuse_barriers(page: Page) -> None:
    """Nothing on a narrow page keeps anybody out."""
    assert faults(page) == []
    assert overhang(page) == 0
    assert too_small(page) == []


def test_the_form_keeps_nobody_out(place: Fresh, browser: Browser) -> None:
    """Nor does it where something is wrong: the summary has the focus, and leads to each field."""
    page = page_of(place, browser, script=True)
    refuse_barriers(page)
    page.get_by_role("button", name="Open the assessment").click()
    page.wait_for_selector(".summary")
    assert page.title() == "Error: Open an assessment"
    refuse_barriers(page)
    assert page.locator(".summary").evaluate("one => one === document.activeElement")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#name")  # at once, but the browser has the key after we have the answer
    assert page.get_by_label("Your name").get_attribute("aria-invalid") == "true"
    page.goto(f"{place.address}/begin/nothing")
    refuse_barriers(page)


def test_the_keyboard_is_enough_to_open_an_assessment(place: Fresh, browser: Browser) -> None:
    """From the first box to the first page of the desk; a slip on the way costs no word."""
    page = page_of(place, browser, script=False)
    page.get_by_label("Your name").focus()
    page.keyboard.type("Jane Quill")
    page.keyboard.press("Tab")
    page.keyboard.type("nowhere")
    page.keyboard.press("Tab")
    page.keyboard.type("Northvale")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_selector(".summary")
    assert page.title().startswith("Error: ")
    assert page.get_by_label("Your area").input_value() == "Northvale"
    email = page.get_by_label("Your work e-mail address")
    email.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("jane@council.example.org")
    page.keyboard.press("Enter")
    page.wait_for_url("**/read/*")
    assert "Northvale" in page.locator("header").inner_text()
    assert place.kinds == ["AssessmentOpened", "CoordinatorNamed", "SignedIn"]
