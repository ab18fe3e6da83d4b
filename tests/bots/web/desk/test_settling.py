"""Settling one descriptor after another: the next is led to, and a reason is filled in if wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from html import unescape
from pathlib import Path

import httpx
import pytest
from support.story.states import AFTER, PANEL, DeskSite, Told, desk_site
from support.story.states import STATES as EVERY_STATE
from support.web.desk import named, signed_in
from support.web.filling import boxes_of

from bots.phrases.pages.forms import settling as phrases
from ehsg_events.commands import outcomes, rounds
from ehsg_events.events import OutcomeModerated
from ehsg_events.states.situation import to_moderate

WIDE, NARROW = "5.2", "5.1"  # the panel stands further apart on the first


def apart(area: Told) -> None:
    """The panel agrees on neither of two."""
    EVERY_STATE["prepared"](area)
    area.open_round()
    for member, first, second in zip(PANEL, "0123450", "0005555", strict=True):
        area.answer(member.id, NARROW, first)
        area.answer(member.id, WIDE, second)
    rounds.close_round(area.log, area.stamp(AFTER), area.id)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DeskSite]:
    """Two descriptors are left to be settled."""
    monkeypatch.setitem(EVERY_STATE, "apart", apart)
    with desk_site(tmp_path, "apart") as one:
        yield one


def coordinator(place: DeskSite) -> AbstractContextManager[httpx.Client]:
    """A browser in which another coordinator has signed in."""
    where = place.areas["apart"].id
    return closing(signed_in(place, named(place, "coordinator", where), where))


def settle(mine: httpx.Client, page: str, **typed: str) -> str:
    """Fill in the form that stands on a page, and press its button."""
    came = mine.post("/read/settle", data=boxes_of(page) | typed)
    return unescape(came.text)


def item_of(page: str) -> str | None:
    """The descriptor whose form stands on a page, if one does."""
    found = re.search(r'name="item" value="([^"]+)"', page)
    return found and found[1]


def reason_in(page: str) -> str:
    """What stands in the box for the reason."""
    found = re.search(r'<textarea id="because"[^>]*>\n([^<]*)</textarea>', page)
    assert found
    return found[1]


def settled(place: DeskSite) -> list[tuple[str | None, str | None]]:
    """What was settled, in order, with the reasons."""
    area = place.areas["apart"]
    return [
        (one.stream.item, area.log.text(one.fact.because))
        for one in area.facts
        if isinstance(one.fact, OutcomeModerated)
    ]


def test_whoever_settles_one_is_led_to_the_next_until_none_is_left(place: DeskSite) -> None:
    """With what came of it, and how many are left; then to what comes after."""
    area = place.areas["apart"]
    with coordinator(place) as mine:
        page = unescape(mine.get(f"/read/settle?item={WIDE}").text)
        assert phrases.left(2, among_them=True) in page
        page = settle(mine, page, score="2", because="Half of them work so.")
        assert f"{WIDE} stands at 2" in page
        assert item_of(page) == NARROW
        assert phrases.LAST in page
        page = settle(mine, page, score="3", because="Seen at every school.")
    assert phrases.NOTHING_LEFT in page
    assert item_of(page) is None
    assert 'href="finish"' in page
    assert to_moderate(area.log.situation(area.id)) == ()


def test_the_same_reason_is_filled_in_where_that_was_wanted_and_recorded_once_it_was_sent(
    place: DeskSite,
) -> None:
    """It can be changed; looking at the page records nothing."""
    with coordinator(place) as mine:
        page = unescape(mine.get(f"/read/settle?item={WIDE}").text)
        page = settle(mine, page, score="2", because="Half of them work so.", same="yes")
        assert reason_in(page) == "Half of them work so."
        assert [item for item, _ in settled(place)] == [WIDE]
        settle(mine, page, score="3", because="Half of them, here too.")
    assert settled(place)[-1] == (NARROW, "Half of them, here too.")


def test_no_reason_is_filled_in_unasked_nor_somebody_elses(place: DeskSite) -> None:
    """What another coordinator typed stays under her own name."""
    with coordinator(place) as mine, coordinator(place) as others:
        page = unescape(mine.get(f"/read/settle?item={WIDE}").text)
        page = settle(mine, page, score="2", because="Half of them work so.")
        assert reason_in(page) == ""
        assert reason_in(others.get("/read/settle?item=5.1&same=yes").text) == ""


def test_what_was_wrong_keeps_the_reason_as_it_was_changed(place: DeskSite) -> None:
    """And not the one that had been filled in."""
    with coordinator(place) as mine:
        page = unescape(mine.get(f"/read/settle?item={WIDE}").text)
        page = settle(mine, page, score="2", because="Half of them work so.", same="yes")
        page = settle(mine, page, because="Only here.", same="yes")
    assert reason_in(page) == "Only here."
    assert settled(place) == [(WIDE, "Half of them work so.")]


@pytest.mark.parametrize("order", [(WIDE, NARROW), (NARROW, WIDE)])
def test_of_two_who_settle_at_once_neither_is_led_to_what_the_other_did(
    place: DeskSite, order: tuple[str, str]
) -> None:
    """And settling the same one asks again, with what the other did."""
    first, second = order
    with coordinator(place) as mine, coordinator(place) as others:
        page, too = (who.get(f"/read/settle?item={first}").text for who in (mine, others))
        settle(mine, page, score="2", because="Half of them work so.")
        again = settle(others, too, score="4", because="All of them do.")
        assert f"{first} was settled at 2" in again
        assert reason_in(again) == "All of them do."
        assert len(settled(place)) == 1
        page = unescape(mine.get(f"/read/settle?settled={first}").text)
        assert item_of(page) == second
        outcomes.moderate(
            place.log, place.stamp("other"), place.areas["apart"].id, second, "1", "Seen."
        )
        assert item_of(mine.get(f"/read/settle?settled={first}").text) is None
