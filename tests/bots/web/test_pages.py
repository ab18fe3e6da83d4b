"""Focus: every page in every state, in a real browser: no fault, no sideways scrolling, big enough."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

import pytest
from playwright.sync_api import Page
from support.chromium import (
    choose,
    chromium,
    faults,
    in_a_browser,
    opened,
    overhang,
    press,
    say,
    too_small,
)
from support.web.web import Site, site

from ehsg_events.commands import links
from ehsg_events.values.stop_token import stop_token

pytestmark = [in_a_browser, pytest.mark.slow]
WORKING = "#words-working-well"
TWICE = "document.documentElement.style.fontSize = '200%'"
Walk = Iterator[tuple[str, Page]]


def walk(place: Site, page: Page) -> Walk:
    """One person's way past every kind of page; the page in front of them at each step."""
    steps = count(1)

    def at(name: str) -> tuple[str, Page]:
        return f"{next(steps)} {name}", page

    yield at("notice")
    press(page, "Start")
    yield at("question")
    press(page, "Continue")
    yield at("error")
    choose(page, "3 – Mostly in place")
    yield at("words")
    page.get_by_text("Add where this is from").click()
    page.locator("#dated-working-well").fill("soon")
    page.locator(WORKING).fill("We ask every family. " * 8 + "https://example.org/" + "x" * 200)
    press(page, "Save and stay here")
    yield at("wrong day")
    page.locator("#dated-working-well").fill("")
    press(page, "Save and stay here")
    yield at("noted")
    page.locator(WORKING).fill("This child is being hurt at home right now.")
    press(page, "Save and stay here")
    yield at("stopped")
    page.get_by_text("Change or remove").click()
    yield at("changing")
    for button, name in (
        ("My answers", "review"),
        ("Help", "help"),
        ("Why me?", "why"),
        ("Who sees this, your rights", "who sees"),
        ("I am not the right person", "hand-on"),
        ("Send to the coordinator", "hand-on error"),
        ("Go on", "words again"),
        ("Pause", "paused"),
        ("Withdraw", "withdraw"),
    ):
        press(page, button)
        yield at(name)
    say(page, "change 5.1 to 9")
    yield at("refused")
    press(page, "I am not the right person")
    page.locator("#words").fill("Bea Lund")
    press(page, "Send to the coordinator")
    yield at("handed on")
    yield from ((f"{next(steps)} {name}", page) for name in to_the_end(page))
    yield from ((f"{next(steps)} {name}", page) for name in around(place, page))


def to_the_end(page: Page) -> Iterator[str]:
    """From the second question to the receipt, and a look at everything that was said."""
    for words in ("go on", "next", "next", "2", "next", "next", "3", "next", "next", "4"):
        say(page, words)
    say(page, "change 5.1 to 4")
    yield "a reason beside the boxes"
    for _ in range(3):
        say(page, "next")
    yield "what first"
    for place_of in ("#place-1", "#place-2"):
        page.locator(place_of).select_option("5.2")
    press(page, "Continue")
    yield "chosen twice"
    page.locator("#place-2").select_option("")
    press(page, "Continue")
    yield "done"
    press(page, "My answers")
    yield "all answers"


def around(place: Site, page: Page) -> Iterator[str]:
    """Pages beside the interview, and its last one."""
    link = page.url
    page.goto(f"{place.address}/i/nothing")
    yield "unknown link"
    page.goto(f"{place.address}/nothing")
    yield "no such page"
    page.goto(place.address)
    yield "front"
    yield from from_letters(place, page)
    page.goto(link)
    press(page, "Withdraw")
    press(page, "Yes, withdraw")
    yield "withdrawn"


def from_letters(place: Site, page: Page) -> Iterator[str]:
    """Where letters lead beside the interview."""
    token = place.link("health-2")
    page.goto(f"{place.address}/stop/{stop_token(token)}")
    yield "stop?"
    press(page, "Stop reminders")
    yield "stopped"
    page.goto(f"{place.address}/i/{token}/nudges")
    yield "my reminders"
    press(page, "Help")
    yield "help, without reminders"
    links.replace(place.log, place.stamp("new"), place.assessment, "health-2")
    page.reload()
    yield "old link"
    press(page, "Send a new link to the address we have")
    yield "asked for"


def ends(place: Site, page: Page) -> Walk:
    """A door that is knocked at too often, and a round that is over."""
    page.goto(f"{place.address}/i/{place.link('health-1')}")
    for _ in range(60):
        page.request.post(page.url, form={"choice": "help"}, max_redirects=0)
    page.get_by_text("Say it in words").click()
    page.locator("#say").fill("Is my answer kept?")
    press(page, "Say it")
    assert page.title().startswith("That was very often")
    yield "too often", page
    place.clock.on(days=15)
    page.goto(page.url)
    assert page.title().startswith("The round is over")
    yield "closed", page


class Seen(NamedTuple):
    """What was measured on one page."""

    name: str
    faults: list[str]
    narrow: int
    enlarged: int
    too_small: list[str]


def measured(name: str, page: Page) -> Seen:
    """A page at its own width, at 320 pixels (as at 400 % of 1280), and there with letters doubled."""
    page.set_viewport_size({"width": 1280, "height": 900})
    wrong = faults(page)
    page.set_viewport_size({"width": 320, "height": 256})
    narrow, small = overhang(page), too_small(page)
    page.evaluate(TWICE)
    return Seen(name, wrong, narrow, overhang(page), small)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> list[Seen]:
    """Every page a person can come to, measured."""
    with site(tmp_path_factory.mktemp("pages")) as place, chromium() as browser:
        page = opened(place, browser, "school-1", java_script_enabled=True)
        found = [measured(name, page) for name, page in walk(place, page)]
        return [*found, *(measured(name, page) for name, page in ends(place, page))]


def test_axe_finds_nothing(seen: list[Seen]) -> None:
    """Nothing wrong, and nothing it could not decide."""
    assert {one.name: one.faults for one in seen if one.faults} == {}
    assert len(seen) == 36


def test_nothing_is_scrolled_sideways(seen: list[Seen]) -> None:
    """At 320 pixels, and there with letters twice as large."""
    assert {one.name: one.narrow for one in seen if one.narrow} == {}
    assert {one.name: one.enlarged for one in seen if one.enlarged} == {}


def test_whatever_is_pressed_is_large_enough_for_a_thumb(seen: list[Seen]) -> None:
    """44 pixels high; a radio's own row is."""
    assert {one.name: one.too_small for one in seen if one.too_small} == {}
