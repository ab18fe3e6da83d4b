"""A long list a page at a time: nothing of it is lost, and what is not there is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.story.states import desk_site
from support.web.desk import named, signed_in

from bots.web.desk.pages import leaf
from bots.web.desk.pages.leaf import A_PAGE, leaf_of
from ehsg_events.commands.nudge import nudge
from ehsg_events.kernel import Refused
from projections.collecting.nudges import nudges
from projections.facts.view import view_at


@pytest.mark.parametrize("many", [0, 1, A_PAGE, A_PAGE + 1, 3 * A_PAGE - 1])
def test_from_the_first_page_on_everything_is_met_once_and_in_order(many: int) -> None:
    """By the ways that each page offers, on and back again."""
    every, met, number = [*range(many)], list[int](), 1
    while True:
        here, leaf = leaf_of(every, str(number), "things")
        met += here
        ways = dict(leaf.ways)
        assert ways.get("First", 1) == 1
        assert ways.get("Last", number) == leaf.pages
        assert ways.get("Earlier", 0) == number - 1
        assert leaf.says == f"Page {number} of {leaf.pages}, {many} things."
        if "Later" not in ways:
            break
        number = ways["Later"]
    assert met == every
    assert number == leaf.pages


@pytest.mark.parametrize("page", ["0", "3", "-1", "two", "", "9" * 40, "1.0"])
def test_a_page_that_is_not_there_is_refused(page: str) -> None:
    """With how many there are."""
    with pytest.raises(Refused, match="There are 2 pages"):
        leaf_of([*range(A_PAGE + 1)], page, "things")


def test_nudges_come_a_page_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ways on keep what was asked for; no page is longer than a page."""
    monkeypatch.setattr(leaf, "A_PAGE", 2)
    with desk_site(tmp_path, "opened") as place:
        where = place.areas["opened"].id
        nudge(place.log, place.areas["opened"].stamp(), where)
        mine = signed_in(place, named(place, "auditor", where), where)
        page, met = mine.get("/read/nudges").text, list[str]()
        while True:
            here = re.findall(r'<p class="says">(.*?)</p>', page)
            assert 1 <= len(here) <= 2
            met += here
            on = re.search(r'<a href="(nudges\?page=\d+)">Later</a>', page)
            if on is None:
                break
            page = mine.get(f"/read/{on[1]}").text
        assert len(met) == len(nudges(view_at(place.log, where))) > 4
        theirs = mine.get("/read/trail?person=police-1").text
        assert '<a href="trail?page=2&amp;person=police-1">Later</a>' in theirs
        assert mine.get("/read/nudges?page=99").status_code == 422
