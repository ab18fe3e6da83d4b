"""A panel of sixty as offices keep it: encodings and separators, workbooks, planted mistakes."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from support.ehsg import ehsg
from support.readers.office import converted, with_libreoffice

from bots.operations.form import Upload
from bots.operations.opening.panel_sheet import table
from ehsg_events.kernel import Refused
from ehsg_events.panel.member import Member
from ehsg_events.panel.panel_file import read_panel
from guides import library

GUIDE = library.guide("ehsg-2022@1").guide
HEAD = ["Full name", "Agency", "Works as", "Asked", "Slack", "id", "Works"]
AGENCIES = ("Children’s Services", "Tŷ Gŵyr", "Police", "0-19 Service", "Schools", "Housing")
IN_WINDOWS = ("Children’s Services", "Café Renée – outreach", *AGENCIES[2:])


def rows(agencies: tuple[str, ...] = AGENCIES) -> list[list[str]]:
    """Sixty people of six agencies, each asked two descriptors."""
    return [
        [f"Renée Ash{number:02}", agencies[number % 6], "lead; officer", "5.1 5.2",
         f"T01TEST/U{number:03}", "", "Mon-Fri 09:00-17:00"]
        for number in range(60)
    ]  # fmt: skip


def lines(separator: str, agencies: tuple[str, ...] = AGENCIES, end: str = "\r\n") -> str:
    """The panel as Excel writes it: quotes where a cell holds the separator."""
    quoted = (
        [f'"{cell}"' if separator in cell else cell for cell in row]
        for row in (HEAD, *rows(agencies))
    )
    return "".join(f"{separator.join(row)}{end}" for row in quoted)


def workbook(
    change: Callable[[Workbook], None] = lambda _: None, agencies: tuple[str, ...] = AGENCIES
) -> bytes:
    """The panel as a workbook."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEAD, *rows(agencies)):
        sheet.append(row)
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


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


PLANTED = (  # the row in a spreadsheet, the column, what is typed there, what is said of it
    (2, 1, "", "name is empty"), (3, 2, "", "agency is empty"), (4, 3, "", "works_as is empty"),
    (5, 4, "", "asked is empty"), (6, 4, "5.1 77", "no section or item called 77"),
    (7, 5, "@jane", "@jane is not a Slack person"), (8, 6, "Jane!", "Jane! cannot be an id"),
    (9, 6, "coordinator", "coordinator is taken"), (10, 7, "Tue 15:00-09:00", "is not a time"),
    (11, 1, "Renée Ash05", "the same name as on line 7"), (12, 4, "5,1", "called 5,1"),
    (13, 5, "T01TEST/U000", "is already on line 2"), (14, 6, "ash12", "part of the person's name"),
    (15, 1, "x" * 2001, "longer than 2000"), (16, 2, "Polcie", "did you mean Police?"),
    (17, 2, "Housng", "did you mean Housing?"), (18, 3, "a\nb", "goes over several lines"),
    (19, 7, "always", "is not a time"), (20, 4, "five", "called five"),
    (21, 8, "stray", "stands under no heading"), (22, 6, "clock", "clock is taken"),
    (23, 5, "T01/U0", "is not a Slack person"), (24, 4, "5.1 5.2 5.99", "called 5.99"),
    (25, 6, "-x", "cannot be an id"), (26, 2, "Schols", "did you mean Schools?"),
)  # fmt: skip


def test_twenty_five_mistakes_are_named_each_at_its_cell() -> None:
    """As the spreadsheet names it; all at once, but for what stands under no heading."""

    def plant(book: Workbook) -> None:
        for row, column, typed, _ in PLANTED:
            if column <= len(HEAD):
                book.active.cell(row, column).value = typed  # type: ignore[union-attr]

    with pytest.raises(Refused) as refused:
        read(workbook(plant), "panel.xlsx")
    told = str(refused.value).splitlines()
    for row, column, _, says in PLANTED:
        if column <= len(HEAD):
            place = f"panel.xlsx, sheet Sheet, cell {'ABCDEFGH'[column - 1]}{row}: "
            assert any(line.startswith(place) and says in line for line in told), (place, says)
    assert len(told) == len(PLANTED) - 1


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
