"""Files to take away: for whom, what a browser is told of them, and what is recorded."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.story.states import DeskSite, desk_site
from support.web.desk import browser, named, signed_in

from bots.web.desk.downloads.files import FILES
from ehsg_events.events import WordsRead
from projections.documents.formats import FORMATS, report_as
from projections.facts.view import view_at

BEGINS = {"pdf": b"%PDF-", "docx": b"PK", "xlsx": b"PK", "zip": b"PK", "html": b"<!doctype html>"}
ROLES = ("coordinator", "auditor", "board")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskSite]:
    """One assessment whose round is open, and one that is signed off."""
    with desk_site(tmp_path_factory.mktemp("downloads"), "opened", "signed_off") as place:
        yield place


def listed(page: str) -> set[str]:
    """The files that a page leads to."""
    return set(re.findall(r'href="download/([^"?]+)"', page))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", ["opened", "signed_off"])
def test_what_is_listed_can_be_taken_and_nothing_else(
    desk: DeskSite, state: str, role: str
) -> None:
    """Each begins as its kind does, and is kept by the browser under its name."""
    where = desk.areas[state].id
    mine = signed_in(desk, named(desk, role, where), where)
    offered = listed(mine.get("/read/downloads").text)
    assert {f"report.{form}" for form in FORMATS} <= offered
    assert ("audit-pack.zip" in offered) == (role != "board")
    assert ("form.docx" in offered) == (role != "board" and state == "signed_off")
    files = FILES if state == "signed_off" or role == "coordinator" else FILES.keys() - offered
    for name in [*files, "log.sqlite", "..%2Flog.sqlite"]:
        found = mine.get(f"/read/download/{name}")
        assert found.status_code == (200 if name in offered else 404), name
        if name in offered:
            assert found.headers["content-disposition"] == f'attachment; filename="{name}"'
            assert found.content.startswith(BEGINS.get(name.rpartition(".")[2], b""))


def test_nobody_who_has_not_signed_in_takes_anything(desk: DeskSite) -> None:
    """Not even to learn that it is there."""
    stranger = browser(desk)
    assert {stranger.get(f"/read/download/{name}").status_code for name in FILES} == {401}


def test_a_report_is_that_of_the_command(desk: DeskSite) -> None:
    """To the byte, as of any moment."""
    where = desk.areas["signed_off"].id
    mine = signed_in(desk, named(desk, "board", where), where)
    for as_of in (None, "2026-10-12"):
        view = view_at(desk.log, where, as_of)
        query = {"as-of": as_of} if as_of else {}
        for form in ("md", "json"):
            found = mine.get(f"/read/download/report.{form}", params=query)
            assert found.content == report_as(view, form), (as_of, form)


def test_that_the_pack_was_taken_is_recorded_once_and_stands_in_it(desk: DeskSite) -> None:
    """By whom; to ask for the head alone is not to take it."""
    where = desk.areas["signed_off"].id
    who = named(desk, "auditor", where)
    mine = signed_in(desk, who, where)

    def taken() -> list[str]:
        facts = (one for one in desk.log.about(where) if isinstance(one.fact, WordsRead))
        return [one.fact.showing for one in facts if one.stamp.by == who]  # type: ignore[attr-defined]

    mine.head("/read/download/audit-pack.zip")
    assert taken() == []
    packed = mine.get("/read/download/audit-pack.zip").content
    assert taken() == ["pack"]
    with zipfile.ZipFile(io.BytesIO(packed)) as pack:
        assert f"{who} opened words of" in pack.read("trail.md").decode()
    mine.get("/read/download/audit-pack.zip")
    assert taken() == ["pack"]


def test_a_moment_that_is_none_is_said_and_gives_nothing(desk: DeskSite, tmp_path: Path) -> None:
    """As on every page; a board member asks for no position."""
    where = desk.areas["signed_off"].id
    mine = signed_in(desk, named(desk, "board", where), where)
    for as_of in ("yesterday", "12"):
        found = mine.get("/read/download/report.md", params={"as-of": as_of})
        assert (found.status_code, "attachment" in str(found.headers)) == (404, False)
    assert not list(tmp_path.iterdir())


def test_letters_that_wait_are_written_by_a_form_and_never_by_looking(desk: DeskSite) -> None:
    """A file for a mail program each, and the table; whoever has no link is issued one, once."""
    where = desk.areas["opened"].id
    mine = signed_in(desk, named(desk, "coordinator", where, "jane@council.example.org"), where)
    before = len(desk.recorded)
    page = mine.get("/read/letters")
    assert "letters to be sent by you" in page.text
    assert len(desk.recorded) == before
    fields = {"nonce": "n1", "assessment": str(where)}
    written = [mine.post("/read/letters", data=fields) for _ in range(2)]
    issued = len(desk.recorded)
    assert issued > before
    for one in written:
        assert one.headers["content-disposition"] == 'attachment; filename="letters.zip"'
        with zipfile.ZipFile(io.BytesIO(one.content)) as files:
            table = files.read("letters.csv").decode()
            assert "police-2" in table
            assert "/i/" in table
    assert mine.post("/read/letters", data=fields | {"nonce": "n2"}).status_code == 200
    assert len(desk.recorded) == issued


def test_letters_are_shown_in_either_language_and_refused_in_another(desk: DeskSite) -> None:
    """As to an invented person; nothing is recorded."""
    where = desk.areas["opened"].id
    mine = signed_in(desk, named(desk, "coordinator", where), where)
    before = len(desk.recorded)
    assert 'lang="cy"' in mine.get("/read/letters?language=cy").text
    assert mine.get("/read/letters?language=xx").status_code == 422
    assert len(desk.recorded) == before
