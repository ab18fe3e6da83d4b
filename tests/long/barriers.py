"""Every page of the desk, in every state, for everybody who may open it: nothing on it keeps anybody out.

`python -m pytest tests/long/barriers.py -s` takes some twenty minutes and says how many pages were measured;
`-k 'opened and people'` are some of them. A page drawn as one before it was is not measured again.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
import pytest
from limits import RateLimitItemPerMinute
from playwright.sync_api import Browser
from support.chromium import barriers, chromium, in_a_browser
from support.story.states import STATES, desk_site
from support.web.begin import fresh
from support.web.desk import OWN, ROLES
from support.web.filling import boxes_of
from support.web.windows import Readers

from bots.web.desk.registry import PAGES, open_to
from bots.web.desk.session import COOKIE
from bots.web.rate_limit import RateLimiter

pytestmark = in_a_browser
OFTEN = RateLimitItemPerMinute(10_000)
OF_ONE = (  # pages of one descriptor or one person, and pages that something is asked of
    *("settle?item=5.2", "why?item=5.2", "evidence?item=5.2", "trail?item=5.2", "trail?person=police-1"),
    *("nudges?person=police-1", "people?person=police-1", "copy?person=police-1", "link?stakeholder=police-1"),
    *("told?person=police-1&of=close", "answer?person=police-1&item=5.2", "panel-correct?person=police-1"),
    *("contact?person=coordinator-1", "permission?permission=dfe", "results?as-of=2026-10-12T09:00"),
    *("guide?name=isos-2019@2", "guide?than=ehsg-2020@2", "letters?language=cy"),
    "what-if?weights=agencies&without=Police",
)  # fmt: skip
DRAWN = (200, 422)  # whole, or with the reason why not
VARIES = re.compile(  # from one look at a page to the next, though nothing else does
    r'(?<=name="nonce" value=")[^"]*|(?<=name="seen" value=")[^"]*|(?<=data-seen=")[^"]*'
    r"|00000000-0000-0000-0000-0000000000\d\d"
)


def visits(*names: str) -> list[str]:
    """Pages, by their name and what is asked of them, for whoever may open them in each state."""
    return [
        f"{state} {role} {one}"
        for state in STATES
        for role in ROLES
        for one in names
        if one.partition("?")[0] in open_to(role)  # type: ignore[arg-type]
    ]


def takes(visit: str) -> bool:
    """Whether a page has a form, in one state at least."""
    return PAGES[visit.partition("?")[0]].take is not None


@dataclass
class Measured:
    """What is looked at, and what was."""

    readers: Readers
    pages: set[str] = field(default_factory=set)
    equal: int = 0

    def barriers(self, visit: str, html: str) -> list[str]:
        """What keeps somebody out of a page; nothing of one that was measured before."""
        drawn = VARIES.sub("", html)
        if drawn in self.pages:
            self.equal += 1
            return []
        self.pages.add(drawn)
        return barriers(self.readers.look(visit))

    def asking(self, visit: str) -> httpx.Client:
        """A browser without a window, in which the same person has signed in."""
        state, role, _ = visit.split(" ")
        door = {COOKIE: self.readers.door(state, role)}
        found = httpx.Client(base_url=self.readers.place.address, cookies=door, headers=OWN)
        found.follow_redirects, found.timeout = True, httpx.Timeout(60)
        return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for all."""
    with chromium() as one:
        yield one


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Measured]:
    """Everything as it stands while nobody does anything; says how much of it was measured."""
    yield from measured(tmp_path_factory, browser, "pages")


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Measured]:
    """The same, to be sent forms; some of them do something, though nothing was typed."""
    yield from measured(tmp_path_factory, browser, "pages after a form was sent empty")


def measured(folders: pytest.TempPathFactory, browser: Browser, what: str) -> Iterator[Measured]:
    """A server in all states, looked at in one window."""
    with desk_site(folders.mktemp("house"), limiter=RateLimiter(link=OFTEN)) as place:
        one = Measured(Readers(place, browser))
        yield one
        sys.stdout.write(f"\n{what}: {len(one.pages)} measured, {one.equal} equal to one of them\n")
        for visitor in place.visitors:
            visitor.close()


@pytest.mark.parametrize("visit", visits(*PAGES, *OF_ONE))
def test_a_page_keeps_nobody_out(pages: Measured, visit: str) -> None:
    """By axe, by sideways scrolling and by the size of what is pressed; wide, narrow and enlarged."""
    with pages.asking(visit) as mine:
        came = mine.get(f"/read/{visit.split(' ')[2]}")
    assert came.status_code in DRAWN
    assert pages.barriers(visit, came.text) == []


@pytest.mark.parametrize("visit", visits(*(one for one in (*PAGES, *OF_ONE) if takes(one))))
def test_what_comes_of_an_empty_form_keeps_nobody_out(forms: Measured, visit: str) -> None:
    """What it lacks, what would come of it, or what came of it; nothing where there is no form now."""
    state, role, name = visit.split(" ")
    with forms.asking(visit) as mine:
        page = mine.get(f"/read/{name}").text
        if f'<form method="post" action="{name.partition("?")[0]}"' not in page:
            return
        came = mine.post(f"/read/{name}", data=boxes_of(page))
    assert came.status_code in DRAWN
    if "text/html" in came.headers["content-type"]:
        where = str(came.url).partition("/read/")[2]
        assert forms.barriers(f"{state} {role} {where}", came.text) == []


def test_the_way_in_keeps_nobody_out(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> None:
    """While nothing is set up, and after its form was sent empty."""
    with fresh(tmp_path_factory.mktemp("empty")) as place:
        page = browser.new_page()
        page.goto(place.address + place.where)
        assert barriers(page) == []
        page.get_by_role("button", name="Open the assessment").click()
        page.wait_for_selector(".summary")
        assert barriers(page) == []
        page.close()
