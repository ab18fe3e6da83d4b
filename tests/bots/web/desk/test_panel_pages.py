"""The panel on its pages: handed in as a file, looked at first, and corrected by what is typed anew."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest
from support.story.panel_of_sixty import plant, told_at_their_cells, workbook
from support.story.states import desk_site
from support.story.story import member
from support.web.desk import named, signed_in
from support.web.filling import boxes_of, say_yes
from support.web.web import Site, site

from ehsg_events.events import StakeholderCorrected

PANEL = tuple(
    member(f"{agency}-{n}", agency, ["5.1", "5.2"])
    for agency in ("police", "health", "school")
    for n in (1, 2)
)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Site]:
    """An assessment whose first round is open, behind a real server."""
    with site(tmp_path, people=PANEL) as one:
        yield one


@pytest.fixture
def mine(place: Site) -> httpx.Client:
    """A coordinator's browser."""
    return signed_in(place, named(place, "coordinator"))


PEOPLE = """name,agency,works_as,asked,email
Ann Ashton,Police,Sergeant,5.1 5.2,ann@police.example.org
Bob Burrell,Health,Visitor,5.1 5.2,bob@health.example.org
Cat Coyle,Schools,Head teacher,5.1,
"""


def hand_in(mine: httpx.Client, name: str, content: bytes) -> httpx.Response:
    """Hand in a file of people, as a browser sends it."""
    fields = boxes_of(mine.get("/read/panel-upload").text)
    return mine.post("/read/panel-upload", data=fields, files={"file": (name, content)})


def test_a_panel_is_looked_at_before_anybody_joins(tmp_path: Path) -> None:
    """Who is asked what is shown; the file is not asked for again; then the matrix."""
    with desk_site(tmp_path, "prepared") as place:
        where = place.areas["prepared"].id
        mine = signed_in(place, named(place, "coordinator", where), where)
        before = len(place.recorded)
        shown = hand_in(mine, "our panel.csv", PEOPLE.encode("utf-16"))
        assert shown.text.count("joined the panel, to be asked about") == 3
        assert len(place.recorded) == before
        came = say_yes(mine, shown)
        assert came.url.path == "/read/coverage"
        assert "3 people joined the panel." in came.text
        assert "Cat Coyle" in mine.get("/read/people").text


def test_of_sixty_people_every_mistake_is_told_at_its_cell_and_then_all_join(
    tmp_path: Path,
) -> None:
    """As the spreadsheet names the cell; nothing is recorded before the file is right and looked at."""
    with desk_site(tmp_path, "prepared") as place:
        where = place.areas["prepared"].id
        mine = signed_in(place, named(place, "coordinator", where), where)
        before = len(place.recorded)
        told = unescape(hand_in(mine, "panel.xlsx", workbook(plant)).text).splitlines()
        assert told_at_their_cells(told, "panel.xlsx")
        assert len(place.recorded) == before
        shown = hand_in(mine, "panel.xlsx", workbook())
        assert shown.text.count("joined the panel, to be asked about") == 60
        assert len(place.recorded) == before
        matrix = say_yes(mine, shown)
        assert matrix.url.path == "/read/coverage"
        assert "60 people joined the panel." in matrix.text


def test_what_is_changed_stands_in_its_form_and_what_was_left_is_not_changed(
    place: Site, mine: httpx.Client
) -> None:
    """Only what she typed anew is on the record."""
    page = mine.get("/read/panel-correct?person=police-1")
    assert 'value="police"' in page.text
    sent = boxes_of(page.text) | {"person": "police-1", "name": "Ada New", "agency": "police"}
    came = mine.post("/read/panel-correct", data=sent)
    assert came.url.path == "/read/people"
    fact = place.recorded[-1].fact
    assert isinstance(fact, StakeholderCorrected)
    assert fact.name is not None
    assert (fact.agency, fact.email, fact.hours) == (None, None, None)


def test_an_address_that_is_emptied_is_nobodys_any_more(place: Site, mine: httpx.Client) -> None:
    """What stands beside it stays; left as it stood, it is not changed."""

    def address() -> str | None:
        member = place.log.assessment(place.assessment).panel["police-1"]
        return place.log.text(member.email)

    def corrected(email: str) -> httpx.Response:
        page = mine.get("/read/panel-correct?person=police-1").text
        sent = boxes_of(page) | {"person": "police-1", "email": email}
        return mine.post("/read/panel-correct", data=sent)

    corrected("di@police.example.org")
    assert address() == "di@police.example.org"
    before = len(place.recorded)
    assert corrected("di@police.example.org").status_code == 422
    assert (address(), len(place.recorded)) == ("di@police.example.org", before)
    assert corrected("").url.path == "/read/people"
    assert address() is None
