"""The desk in real browsers: one window for everybody, each page as somebody in a role sees it."""

from __future__ import annotations

import httpx
from playwright.sync_api import Browser, BrowserContext, Page

from bots.web.desk.session import COOKIE
from support.chromium import NARROW, beyond, keeps_out
from support.story.states import DeskSite
from support.web.desk import signed_in, somebody

PATIENCE = 120_000  # milliseconds: a busy machine is no fault of a page


def entered(place: DeskSite, state: str, role: str) -> httpx.Client:
    """A browser without a window in which somebody in a role has signed in."""
    where = place.areas[state].id
    return signed_in(place, somebody(place, role, where), where)


class Readers:
    """One browser, with a window that runs scripts and one that does not, for people in any role."""

    def __init__(self, place: DeskSite, browser: Browser) -> None:
        self.place, self.browser = place, browser
        self._windows: dict[bool, BrowserContext] = {}
        self._doors: dict[tuple[str, str], str] = {}
        self._looked_at: Page | None = None

    def look(self, visit: str) -> Page:
        """A page that is only looked at: in the same tab as the one before, which costs far less."""
        self._looked_at = self.page(visit, tab=self._looked_at)
        return self._looked_at

    def page(self, visit: str, *, script: bool = True, tab: Page | None = None) -> Page:
        """A page as somebody sees it: which state, which role, and where; in a tab of its own."""
        state, role, where = visit.split(" ")
        door = self.door(state, role)
        window = self._window(script=script)
        window.add_cookies([{"name": COOKIE, "value": door, "url": self.place.address}])
        page = tab or window.new_page()
        page.goto(f"{self.place.address}/read/{where}")
        return page

    def stranger(self) -> Page:
        """Somebody who has not signed in."""
        return self.browser.new_context(viewport=NARROW).new_page()  # type: ignore[arg-type]

    def _window(self, *, script: bool) -> BrowserContext:
        if script not in self._windows:
            self._windows[script] = self.browser.new_context(
                viewport=NARROW,  # type: ignore[arg-type]
                java_script_enabled=script,
            )
            self._windows[script].set_default_timeout(PATIENCE)
        return self._windows[script]

    def door(self, state: str, role: str) -> str:
        """The session of somebody in a role, who signs in once."""
        if (state, role) not in self._doors:
            who = entered(self.place, state, role)
            self._doors[state, role] = who.cookies[COOKIE]
            who.close()
        return self._doors[state, role]


def refuse_barriers(page: Page) -> None:
    """Nothing on a narrow page keeps anybody out, nor where its text is twice as large."""
    assert keeps_out(page) == []
    assert beyond(page) == []
