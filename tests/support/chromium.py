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
BROKEN = """async () => {
    const found = await axe.run({resultTypes: ["violations", "incomplete"]});
    return [...found.violations, ...found.incomplete].flatMap(rule =>
        rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)}`));
}"""
BEYOND = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 800}
ENLARGE = "size => { document.documentElement.style.fontSize = size }"
SMALL = """() => [...document.querySelectorAll("button, summary, .radio, input.text, textarea")]
    .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 44)
    .map(one => one.outerHTML.slice(0, 200))"""
ALONE = """() => [...document.querySelectorAll("a[href]:not(.skip)")].filter(link => {
    const around = link.closest("p, li, th, td, dd, h1, h2, h3, div").cloneNode(true);
    around.querySelectorAll("a, .aside, .heading").forEach(one => one.remove());
    const {width, height} = link.getBoundingClientRect();
    const finger = link.matches(".line") && innerWidth > 704 ? 28 : 44;  // a drawing's, by a mouse
    return link.checkVisibility() && !/\\w/.test(around.textContent) && (width < 44 || height < finger);
}).map(one => one.outerHTML.slice(0, 200))"""


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
    if page.evaluate("typeof axe") == "undefined":  # it stays while the page does
        page.evaluate(RULES.axe_script)
    return list(page.evaluate(BROKEN))


def overhang(page: Page) -> int:
    """How many pixels one would have to scroll sideways."""
    return int(page.evaluate(BEYOND))


def too_small(page: Page) -> list[str]:
    """What a thumb would miss."""
    return list(page.evaluate(SMALL))


def small_links(page: Page) -> list[str]:
    """The same of links that stand alone; one within a sentence is as high as its line."""
    return list(page.evaluate(ALONE))


def keeps_out(page: Page) -> list[str]:
    """What keeps somebody out of a page as wide as it is."""
    return [*faults(page), *too_small(page), *small_links(page)]


def beyond(page: Page) -> list[str]:
    """How far one would have to scroll sideways, with text as it is and with text twice as large."""
    found = []
    for text in ("100%", "200%"):
        page.evaluate(ENLARGE, text)
        found += [f"text {text}: {far} pixels beyond" for far in [overhang(page)] if far]
    page.evaluate(ENLARGE, "")
    return found


def barriers(page: Page) -> list[str]:
    """What keeps somebody out of a page: wide, and as narrow as 400 % makes that."""
    found = []
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        found += [f"{size['width']}: {one}" for one in (*keeps_out(page), *beyond(page))]
    return found
