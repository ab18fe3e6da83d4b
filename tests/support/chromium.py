"""A real browser for the web: Debian's Chromium, driven as a person would drive it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, sync_playwright

from support.web.web import Site

CHROMIUM = shutil.which("chromium")
LEFT_OUT = "there is no Chromium here (apt-get install chromium); .ci/run installs it"
in_a_browser = pytest.mark.skipif(CHROMIUM is None, reason=LEFT_OUT)
RULES = Axe()
WANTED = {"resultTypes": ["violations", "incomplete"]}
BEYOND = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """() => [...document.querySelectorAll("button, summary, .radio, input.text, textarea")]
    .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 44)
    .map(one => one.outerHTML.slice(0, 200))"""


def opened(place: Site, browser: Browser, who: str, **how: object) -> Page:
    """A person's link in a window of its own; JavaScript is off, as for those who block it."""
    page = browser.new_context(**{"java_script_enabled": False, **how}).new_page()  # type: ignore[arg-type]
    page.goto(f"{place.address}/i/{place.link(who)}")
    return page


def press(page: Page, label: str) -> None:
    """Press a button, or follow a link that does the same."""
    button = page.get_by_role("button", name=label, exact=True)
    found = button if button.count() else page.get_by_role("link", name=label, exact=True)
    found.first.click()


def choose(page: Page, label: str) -> None:
    """Pick a radio and continue."""
    page.get_by_label(label).check()
    press(page, "Continue")


def say(page: Page, words: str) -> None:
    """Open the box for a chat's words, and say them."""
    if not page.locator("#say").is_visible():
        page.get_by_text("Say it in words").click()
    page.locator("#say").fill(words)
    press(page, "Say it")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def faults(page: Page) -> list[str]:
    """What axe finds on a page, and what it could not decide."""
    found = RULES.run(page, options=WANTED).response
    return [
        f"{rule['id']}: {node['html'][:200]}"
        for rule in (*found["violations"], *found["incomplete"])
        for node in rule["nodes"]
    ]


def overhang(page: Page) -> int:
    """How many pixels one would have to scroll sideways."""
    return int(page.evaluate(BEYOND))


def too_small(page: Page) -> list[str]:
    """What a thumb would miss."""
    return list(page.evaluate(SMALL))
