"""A panel of sixty as offices keep it: encodings and separators, workbooks, planted mistakes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from support.ehsg import ehsg
from support.readers.office import converted, with_libreoffice
from support.story.panel_of_sixty import (
    AGENCIES,
    IN_WINDOWS,
    PLANTED,
    lines,
    plant,
    rows,
    told_at_their_cells,
    workbook,
)

from bots.operations.form import Upload
from bots.operations.opening.panel_sheet import table
from ehsg_events.kernel import Refused
from ehsg_events.panel.member import Member
from ehsg_events.panel.panel_file import read_panel
from guides import library

GUIDE = library.guide("ehsg-2022@1").guide
SAVED = {
    "UTF-8": lines(",").encode(),
    "UTF-8 with a mark, semicolons": lines(";").encode("utf-8-sig"),
    "Windows-1252, commas": lines(",", IN_WINDOWS).encode("cp1252"),
    "Windows-1252, semicolons": lines(";", IN_WINDOWS).encode("cp1252"),
    "Unicode text: UTF-16, tabs": lines("\t").encode("utf-16"),
    "UTF-16 the other way round": b"\xfe\xff" + lines("\t").encode("utf-16-be"),
    "UTF-16 without a mark": lines("\t").encode("utf-16-le"),
    "sep=; on top": b"sep=;\r\n" + lines(";").encode(),
    "old Macintosh line ends": lines(",", end="\r").encode(),
    "XLSX": workbook(),
}


def read(content: bytes, name: str = "panel.csv") -> list[Member]:
    """The people of a file."""
    return read_panel(table(Upload(name, content)), GUIDE).members


@pytest.mark.parametrize("saved", SAVED)
def test_sixty_people_are_the_same_however_they_were_saved(saved: str) -> None:
    """Names with accents, agencies, hours, ids: all of it, letter for letter."""
    wanted = rows(IN_WINDOWS if "1252" in saved else AGENCIES)
    members = read(SAVED[saved])
    assert [[one.name, one.agency, one.works_as, one.slack] for one in members] == [
        [row[0], row[1], row[2], row[4]] for row in wanted
    ]
    assert {one.items for one in members} == {("5.1", "5.2")}
    assert len({one.id for one in members}) == 60


@with_libreoffice
@pytest.mark.parametrize(
    ("to", "agencies"),
    [
        ("xlsx", AGENCIES),
        ("csv:Text - txt - csv (StarCalc):9,34,65535,1", AGENCIES),  # tabs and UTF-16
        ("csv:Text - txt - csv (StarCalc):59,34,1,1", IN_WINDOWS),  # semicolons and Windows-1252
    ],
)
def test_what_another_program_saved_is_read_alike(to: str, agencies: tuple[str, ...]) -> None:
    """LibreOffice opens the panel and saves it in its own way."""
    written = {"panel.xlsx": workbook(agencies=agencies)}
    ((name, content),) = converted(written, to).items()
    wanted = [(row[0], row[1], row[2], row[4]) for row in rows(agencies)]
    read_as = [(one.name, one.agency, one.works_as, one.slack) for one in read(content, name)]
    assert read_as == wanted


def test_a_guessed_encoding_is_told_with_letters_to_look_at() -> None:
    """Windows-1252 cannot be told from its neighbours by a program."""
    (note,) = table(Upload("panel.csv", SAVED["Windows-1252, commas"])).notes
    assert "read as Windows-1252" in note
    assert "Renée" in note


def test_twenty_five_mistakes_are_named_each_at_its_cell() -> None:
    """As the spreadsheet names it; all at once."""
    with pytest.raises(Refused) as refused:
        read(workbook(plant), "panel.xlsx")
    told = str(refused.value).splitlines()
    assert told_at_their_cells(told, "panel.xlsx")
    assert len(told) == len(PLANTED)


def test_what_stands_under_no_heading_is_named_at_its_cell() -> None:
    """A comma that is missing, or a cell too many."""

    def stray(book: Workbook) -> None:
        book.active["H21"] = "stray"  # type: ignore[index]

    with pytest.raises(Refused, match="cell H21: “stray” stands under no heading"):
        read(workbook(stray), "panel.xlsx")


@pytest.mark.parametrize(
    ("value", "shown", "says"),
    [
        (5.1, "General", None),
        (5.1, "0.00", "called 5.10"),
        (5, "General", None),
        (datetime(2026, 1, 5), "dd/mm/yyyy", "holds a date (05 January 2026)"),  # noqa: DTZ001 - as openpyxl has it
        ("#N/A", "General", "shows the error #N/A"),
        (True, "General", "holds TRUE"),
    ],
)
def test_a_cell_is_read_as_it_is_shown_or_refused_at_its_place(
    value: object, shown: str, says: str | None
) -> None:
    """A number with its places; a date that Excel made of 5.1, an error or a TRUE is nobody's."""

    def typed(book: Workbook) -> None:
        cell = book.active["D2"]  # type: ignore[index]
        cell.value, cell.number_format = value, shown

    if says is None:
        assert read(workbook(typed))[0].items[0] == "5.1"
        return
    with pytest.raises(Refused, match="cell D2") as refused:
        read(workbook(typed))
    assert says in str(refused.value)


def test_a_formula_is_read_by_what_it_shows_and_a_far_cell_that_is_only_coloured_is_nothing() -> (
    None
):
    """Excel keeps the last result; nobody sees a format without content."""

    def coloured(book: Workbook) -> None:
        book.active["XFD1048576"].number_format = "0.00"  # type: ignore[index]

    assert len(read(workbook(coloured))) == 60


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "a workbook of the old kind"),
        (b"PK\x03\x04 broken", "is no workbook that can be read"),
        (b"\xff\xfen\0a", "neither|not text|columns are|no column"),
        (b"name,agency\n\x81\x8d\xff\0", "not text in UTF-8, UTF-16 or Windows-1252"),
        (b"", "Missing: name"),
        (b"a" * 5_000_001, "larger than 5 MB"),
    ],
)
def test_what_is_no_panel_is_refused_in_words(content: bytes, says: str) -> None:
    """Never a traceback, whatever is handed in."""
    with pytest.raises(Refused, match=says):
        read(content)


def test_a_workbook_opens_an_assessment_and_what_was_guessed_is_said(tmp_path: Path) -> None:
    """Over the command; the same people come back from the log."""
    (tmp_path / "panel.xlsx").write_bytes(workbook())
    assert load_workbook(tmp_path / "panel.xlsx").active is not None
    words = ("--guide", "ehsg-2022@1", "--area", "Testham", "--panel", str(tmp_path / "panel.xlsx"))
    ran = ehsg(tmp_path / "data", "assessment", "open", *words)
    assert ran.code == 0, ran.err
    assert "“Full name” is read as name" in ran.err
    panel = ehsg(tmp_path / "data", "panel", "list", "--json").document
    assert [one["name"] for one in panel] == [row[0] for row in rows()]
