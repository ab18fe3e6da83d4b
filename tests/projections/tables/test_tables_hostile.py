"""Whatever stands in a table, no spreadsheet runs it: read back by LibreOffice as the letters it is."""

from __future__ import annotations

import csv
import io
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from support.readers.office import CSV, converted, with_libreoffice

from projections.documents.model import readable
from projections.tables import xlsx
from projections.tables.csv import for_programs, for_spreadsheets, harmless
from projections.tables.model import Book, Column, Table

PROBES = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1,1)",
    "\t=1+1",
    '=HYPERLINK("http://evil.example","council.example")',
    "=cmd|' /C calc'!A0",
    '=WEBSERVICE("http://evil.example")',
    "=1+1\n=1+1",
    "{=1+1}",
    "'=1+1",
    '"=1+1"',
    '","=1+1',
    "_x003D_1+1",
    "literal _x000D_ and _x0041_",
    "_x005F_x0041_",
    "_x0041_x0042_",
    "#N/A",
    "<f>1+1</f>",
    "]]><c><f>1+1</f></c>",
    "1e5",
    "00123",
    "2026-01-01",
    "TRUE",
    "\r=1+1",
    "\x00\x1b[31m\u202e=1+1",
)
TYPED = Table(
    name="typed",
    title="=1+1",
    says="A row is something hostile.",
    columns=(Column(name="words", title="=2+2", says="What was typed."),),
    rows=tuple((probe,) for probe in PROBES),
)
BOOK = Book(name="hostile", title="=3+3 <f>", says="@SUM(1,1)", tables=(TYPED,))


def cells(content: bytes) -> list[str]:
    """The first column of a CSV file, below its heading."""
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    return [row[0] for row in rows][1:]


@pytest.fixture(scope="module")
def read_back() -> dict[str, bytes]:
    """The table as a spreadsheet and as both kinds of CSV, opened in LibreOffice and saved."""
    return converted(
        {
            "book.xlsx": xlsx.write(BOOK),
            "programs.csv": for_programs(TYPED),
            "people.csv": for_spreadsheets(TYPED),
        },
        CSV,
    )


def test_no_cell_of_a_spreadsheet_is_a_formula() -> None:
    """No formula in any part of the file; every cell is text, the heading and the title too."""
    content = xlsx.write(BOOK)
    with ZipFile(io.BytesIO(content)) as packed:
        assert not any(b"<f>" in packed.read(name) or b"<f " in packed.read(name)
                       for name in packed.namelist())  # fmt: skip
    (sheet,) = load_workbook(io.BytesIO(content)).worksheets
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}


@with_libreoffice
def test_a_spreadsheet_shows_every_text_as_it_was_typed(read_back: dict[str, bytes]) -> None:
    """Not even what looks like a number or a day is taken for one."""
    (name,) = (name for name in read_back if name.startswith("book-"))
    assert cells(read_back[name]) == [readable(probe) for probe in PROBES]


@with_libreoffice
def test_no_spreadsheet_runs_what_stands_in_the_csv_for_people(
    read_back: dict[str, bytes],
) -> None:
    """It does run what stands in the one for programs, which is why there are two."""
    for_people, for_machines = (
        cells(read_back[f"{name}-{name}.csv"]) for name in ("people", "programs")
    )
    assert for_people[:9] == [harmless(probe) for probe in PROBES[:9]]
    assert for_machines[0] == "2"


LONG = "A long story. " * 5000 + "The end."


def test_words_too_long_for_a_cell_go_on_in_the_next_row_and_say_so() -> None:
    """None of their letters is lost, and what stands beside them stands once."""
    columns = (*TYPED.columns, Column(name="n", title="N", says="A number.", kind="integer"))
    book = BOOK.model_copy(
        update={"tables": (TYPED.model_copy(update={"columns": columns, "rows": ((LONG, 7),)}),)}
    )
    (sheet,) = load_workbook(io.BytesIO(xlsx.write(book))).worksheets
    _, *rows = sheet.iter_rows(values_only=True)
    assert [row[1] for row in rows] == [7, *[None] * (len(rows) - 1)]
    pieces = [str(row[0]) for row in rows]
    assert len(pieces) > 1
    assert all(len(piece) <= 32_767 for piece in pieces)
    assert all(piece.endswith(xlsx.CONTINUES) for piece in pieces[:-1])
    bare = (piece.removeprefix(xlsx.CONTINUED).removesuffix(xlsx.CONTINUES) for piece in pieces)
    assert "".join(bare) == LONG


def test_programs_read_every_text_as_it_was_typed() -> None:
    """Quotes, commas and line ends included."""
    assert cells(for_programs(TYPED)) == [readable(probe) for probe in PROBES]
