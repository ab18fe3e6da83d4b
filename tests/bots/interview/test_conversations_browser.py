"""Three of the conversation files held in a real browser: the same facts as on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from support.chromium import chromium, in_a_browser, press, say
from support.conversation import CONVERSATIONS, Conversation, link
from support.loopback import Clock
from support.visitor import is_command
from support.web.web import web

from ehsg_events.log.log import Log

pytestmark = in_a_browser
THREE = ("a-health-visitor-answers", "what-should-come-first", "words-that-are-not-kept")
HELD = [one for one in CONVERSATIONS if one.file.stem in THREE]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    with chromium() as browser:
        yield browser


def told(page: Page, line: str) -> None:
    """A radio for a level, the box for words, its button for next; all else in words."""
    radio = page.locator(f"input[type=radio][value^='answer:'][value$=':{line}']")
    field = (page.locator("[name=at]").first.get_attribute("value") or "").partition(":")[2]
    box = page.locator(f"#words-{field}") if field else None
    if line.isdigit() and radio.count():
        radio.check()
        press(page, "Continue")
    elif line == "start":
        press(page, "Start")
    elif box and box.count() and not is_command(line):
        box.fill(line)
        press(page, "Save and stay here")
    else:
        say(page, line)


@pytest.mark.parametrize("conversation", HELD, ids=lambda one: one.file.stem)
def test_in_a_browser_the_same_is_recorded(
    conversation: Conversation, log: Log, browser: Browser
) -> None:
    """With JavaScript off, as for those who block it."""
    at = conversation.open(log)
    token = link(log, at)
    with web(log, Clock(at)) as address:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(f"{address}/i/{token}")
        for line in conversation.said:
            told(page, line)
        page.context.close()
    assert conversation.facts(log) == conversation.recorded
