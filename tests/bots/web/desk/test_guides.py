"""Guides on pages: looked at whole, compared, and one of the area's own published."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest
from support.web.desk import named, reading, signed_in
from support.web.web import Site, site

from guides import library, sheets
from guides.model import Guide
from guides.writing import START, as_yaml

HOW = "# how"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Site]:
    """An assessment behind a real server."""
    with site(tmp_path) as one:
        yield one


@pytest.fixture
def mine(place: Site) -> httpx.Client:
    """A coordinator's browser."""
    return signed_in(place, named(place, "coordinator"))


def text(name: str = "family-hubs") -> str:
    """A guide's file as the product begins one."""
    return START.format(name=name, year=2026, how=HOW)


def hand_in(mine: httpx.Client, place: Site, name: str, content: bytes) -> httpx.Response:
    """Hand in a file, as a browser sends it."""
    fields = {"nonce": "n1", "assessment": str(place.assessment)}
    return mine.post("/read/guide-publish", data=fields, files={"file": (name, content)})


def publish(mine: httpx.Client, place: Site, shown: httpx.Response) -> httpx.Response:
    """Press the button on the page that shows what is in the file."""
    kept = unescape(
        shown.text.partition('name="kept-file" hidden>\n')[2].partition("</textarea>")[0]
    )
    fields = {"nonce": "n2", "assessment": str(place.assessment), "kept-file": kept}
    return mine.post("/read/guide-publish", data=fields)


def test_every_guide_is_listed_and_shown_whole(mine: httpx.Client) -> None:
    """With every question it asks."""
    listed = mine.get("/read/guides").text
    for name in library.names():
        assert f'href="guide?name={name}"' in listed
    guide = library.guide("ehsg-2022@1").guide
    shown = unescape(mine.get("/read/guide?name=ehsg-2022@1").text)
    assert all(item.statement in shown for item in guide.items.values())


def test_what_differs_between_two_is_said(mine: httpx.Client) -> None:
    """And of a guide and itself nothing does."""
    differs = unescape(mine.get("/read/guide?name=ehsg-2022@2&than=ehsg-2022@1").text)
    assert (
        "What differs from another guide: Supporting Families - Early Help System Guide 2022, version 1"
        in differs
    )
    same = mine.get("/read/guide?name=ehsg-2022@1&than=ehsg-2022@1").text
    assert "They say the same." in same


@pytest.mark.parametrize("name", ["nothing@1", "../../log", "ehsg-2022@99"])
def test_a_guide_that_is_not_there_is_refused(mine: httpx.Client, name: str) -> None:
    """With those that are."""
    assert mine.get("/read/guide", params={"name": name}).status_code == 422


@pytest.mark.parametrize("kind", ["yaml", "xlsx"])
def test_a_file_is_read_and_shown_before_it_is_published(
    place: Site, mine: httpx.Client, tmp_path: Path, kind: str
) -> None:
    """As text or as a workbook; then it can be used."""
    content = text().encode()
    if kind == "xlsx":
        from guides.mistakes import check

        document, _ = check(text(), lambda _: library.guide("ehsg-2022@1").guide, new=True)
        assert isinstance(document, Guide)
        sheets.save(document, tmp_path / "g.xlsx")
        content = (tmp_path / "g.xlsx").read_bytes()
    shown = hand_in(mine, place, f"ours.{kind}", content)
    assert shown.status_code == 200
    assert "There is no mistake in it." in shown.text
    assert "family-hubs@1" not in library.names(place.log.folder)
    came = publish(mine, place, shown)
    assert "family-hubs@1 is published." in came.text
    assert "family-hubs@1" in library.names(place.log.folder)
    again = publish(mine, place, shown)
    assert again.status_code == 422


def test_every_mistake_is_told_with_its_place_and_nothing_is_published(
    place: Site, mine: httpx.Client
) -> None:
    """As the command tells it."""
    spoiled = text().replace("publisher:", "publishr:").replace("year: 2026", "year: soon")
    told = unescape(hand_in(mine, place, "ours.yaml", spoiled.encode()).text)
    assert told.count("ours.yaml, line ") >= 2
    for rubbish in (b"\xff\xfe\x00", b"PK\x03\x04 no workbook", b"", b"[" * 5000):
        for name in ("ours.yaml", "ours.xlsx"):
            assert hand_in(mine, place, name, rubbish).status_code == 422
    assert library.names(place.log.folder) == library.names()


def test_a_name_of_the_products_own_is_refused(place: Site, mine: httpx.Client) -> None:
    """So nobody takes one for the other."""
    ours = as_yaml(library.guide("ehsg-2022@1").guide).replace("version: 1", "version: 9", 1)
    shown = hand_in(mine, place, "x.yaml", ours.encode())
    came = publish(mine, place, shown) if shown.status_code == 200 else shown
    assert came.status_code == 422
    assert library.names(place.log.folder) == library.names()


def test_only_a_coordinator_publishes(place: Site) -> None:
    """An auditor and the board are told whom it is for."""
    for role in ("auditor", "board"):
        found = hand_in(reading(place, role), place, "ours.yaml", text().encode())
        assert found.status_code == 403
    assert library.names(place.log.folder) == library.names()
