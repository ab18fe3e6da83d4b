"""An open page hears that it may show more, and nothing else, as long as its door is open."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from support.log.failing import unreadable
from support.processes import within
from support.story.states import DeskSite, Told, desk_site
from support.web import plain_http
from support.web.desk import named, signed_in

from bots.web.desk.live import NOT_RENEWED, RETRY, Crowded, Live

SOON, ALIVE = httpx.Timeout(20), ": still here"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskSite]:
    """Two assessments on one log, both with an open round."""
    with desk_site(tmp_path_factory.mktemp("house"), "opened", "paused") as place:
        yield place


@pytest.fixture
def area(place: DeskSite) -> Told:
    """The one that is looked at."""
    return place.areas["opened"]


@pytest.fixture
def who(place: DeskSite, area: Told) -> Iterator[httpx.Client]:
    """A coordinator who has signed in to it."""
    with closing(signed_in(place, named(place, "coordinator", area.id), area.id)) as who:
        yield who


def mark(who: httpx.Client) -> str:
    """What the page that somebody would open now was drawn with."""
    found = re.search(r'data-seen="([0-9a-f]{32})"', who.get("/read/board").text)
    assert found is not None
    return found[1]


@contextmanager
def events(who: httpx.Client, seen: str | None = None) -> Iterator[Iterator[str]]:
    """The lines that an open page hears and that say something; one of now, unless it is older."""
    drawn = mark(who) if seen is None else seen
    with who.stream("GET", f"/read/live?seen={drawn}", timeout=SOON) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield (line for line in answer.iter_lines() if line and line != ALIVE)


def test_an_open_page_hears_a_mark_and_nothing_else(area: Told, who: httpx.Client) -> None:
    """Once something of its assessment was committed: that with which the page is drawn then."""
    with events(who) as heard:
        assert next(heard) == "retry: 5000"
        area.answer("police-2", "5.1", "4")
        assert [next(heard), next(heard)] == ["event: change", f"data: {mark(who)}"]


def test_what_an_open_round_hides_is_no_news(area: Told, who: httpx.Client) -> None:
    """How much is recorded after an answer would tell a score from a don't know."""
    with events(who) as heard:
        next(heard)
        before = mark(who)
        area.note("police-1", "5.2", "We meet weekly")
        assert mark(who) == before
        area.answer("health-3", "5.2", "4")
        assert [next(heard), next(heard)] == ["event: change", f"data: {mark(who)}"]


def test_what_came_between_the_page_and_its_stream_is_told_at_once(
    area: Told, who: httpx.Client
) -> None:
    """Or it would be missed."""
    drawn = mark(who)
    area.answer("police-2", "5.1", "3")
    with events(who, drawn) as heard:
        assert [next(heard) for _ in range(3)][2] == f"data: {mark(who)}"


def test_a_page_whose_mark_nobody_knows_is_told_at_once(who: httpx.Client) -> None:
    """As after the server was started anew."""
    with events(who, "0" * 32) as heard:
        assert [next(heard) for _ in range(2)] == ["retry: 5000", "event: change"]


def test_what_happens_elsewhere_is_not_told(place: DeskSite, area: Told, who: httpx.Client) -> None:
    """The first that is heard is of one's own assessment."""
    with events(who) as heard:
        next(heard)
        place.areas["paused"].answer("police-2", "5.1", "4")
        area.answer("police-3", "5.1", "4")
        assert [next(heard), next(heard)] == ["event: change", f"data: {mark(who)}"]


def test_a_stream_ends_with_its_door(place: DeskSite, area: Told, who: httpx.Client) -> None:
    """Who signed out hears nothing more."""
    with events(who) as heard:
        next(heard)
        cookies = dict(who.cookies)
        plain_http.post(
            f"{place.address}/read/sign-out",
            cookies=cookies,
            headers={"sec-fetch-site": "same-origin"},
        )
        area.answer("health-2", "5.1", "4")
        assert list(heard) == []


def test_only_who_may_see_the_board_is_told(place: DeskSite, area: Told) -> None:
    """How often something is said just now is not for the board, nor for strangers."""
    assert plain_http.get(f"{place.address}/read/live").status_code == 401
    with closing(signed_in(place, named(place, "board", area.id), area.id)) as board:
        assert board.get("/read/live").status_code == 403


def test_a_day_later_nothing_is_told(place: DeskSite, who: httpx.Client) -> None:
    """The door shuts by itself."""
    place.clock.now += timedelta(days=1)
    assert who.get("/read/live").status_code == 401
    place.clock.now -= timedelta(days=1)


def test_pages_are_told_again_once_the_log_can_be_read_again(
    area: Told, who: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    """Pages that were open then, and those that are opened afterwards."""
    with events(who) as heard:
        next(heard)
        with unreadable(area.log):
            assert within(20, lambda: NOT_RENEWED in caplog.text)
        area.answer("police-1", "5.2", "4")
        assert [next(heard), next(heard)] == ["event: change", f"data: {mark(who)}"]
        with events(who) as later:
            next(later)
            area.answer("police-2", "5.2", "4")
            assert [next(later), next(later)] == ["event: change", f"data: {mark(who)}"]


def test_a_server_ends_although_a_page_is_open(tmp_path: Path) -> None:
    """The stream ends, and the server with it."""
    with ExitStack() as open_page:
        with desk_site(tmp_path, "opened") as place:
            area = place.areas["opened"]
            who = signed_in(place, named(place, "auditor", area.id), area.id)
            open_page.callback(who.close)
            heard = open_page.enter_context(events(who))
            assert next(heard) == "retry: 5000"
        assert list(heard) == []


def test_a_page_that_opens_while_the_server_ends_is_not_waited_for(area: Told) -> None:
    """Its stream ends at once, though nobody would look at it for an hour."""

    async def opened_late() -> list[bytes]:
        stop = threading.Event()
        stop.set()
        live = Live(area.log, stop, beat=3600)
        async with asyncio.timeout(60):
            return [heard async for heard in live.follow(area.id, "", lambda: True)]

    assert asyncio.run(opened_late()) == [RETRY]


def test_only_so_many_pages_are_followed(area: Told) -> None:
    """The next one is complete all the same, without being followed."""

    async def two() -> None:
        live = Live(area.log, threading.Event(), most=1)
        first = live.follow(area.id, "", lambda: True)
        assert await anext(first) == b"retry: 5000\n\n"
        with pytest.raises(Crowded):
            live.follow(area.id, "", lambda: True)
        await first.aclose()  # type: ignore[attr-defined]
        live.close()

    asyncio.run(two())
