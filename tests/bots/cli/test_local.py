"""What the guide leaves to the area is filled in, listed, and stands in the report and the pack."""

from __future__ import annotations

import io
import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from support.ehsg import Ran, ehsg, opened

from guides import library

PANEL = "name,agency,works_as,asked\nAnn Ashton,Police,sergeant,6\nBo Bell,Schools,head teacher,6\n"
PAPER = b"%PDF-1.7 our strategy"
FILLED = (
    "Agency;Group of practitioners;How many people;What is lacking\n"
    "NHS;Health visitors;1,041;Evenings\n;;;\nCouncil;Family support;12.5;\n"
)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A round under the second edition of 2022."""
    folder = tmp_path_factory.mktemp("area") / "data"
    opened(folder, "ehsg-2022@2", PANEL)
    return folder


@pytest.fixture
def data(begun: Path, tmp_path: Path) -> Path:
    """The same area, to be changed."""
    return Path(shutil.copytree(begun, tmp_path / "data"))


def asked(data: Path, *words: str) -> Ran:
    """A command that went well."""
    ran = ehsg(data, *words)
    assert ran.code == 0, ran.err
    return ran


def fill(data: Path, text: str) -> Ran:
    """Hand a table in."""
    file = data.parent / "workforce.csv"
    file.write_text(text, encoding="utf-8")
    return ehsg(data, "local", "table", "workforce", "--file", str(file))


def report(data: Path) -> str:
    """The report as text."""
    file = data.parent / "report.md"
    asked(data, "report", "--out", str(file))
    return file.read_text(encoding="utf-8")


def test_a_table_goes_out_empty_and_comes_back_filled(data: Path) -> None:
    """With any of the usual separators; what was handed in is what is written the next time."""
    file = data.parent / "empty.csv"
    asked(data, "local", "form", "workforce", "--out", str(file))
    assert file.read_text(encoding="utf-8-sig").startswith("Group of practitioners,Agency,How many")
    assert fill(data, FILLED).code == 0
    (table,) = asked(data, "local", "list", "--json").document["tables"]
    assert table["rows"] == [
        {"agency": "NHS", "group": "Health visitors", "people": 1041, "gap": "Evenings"},
        {"agency": "Council", "group": "Family support", "people": 12.5},
    ]
    asked(data, "local", "form", "workforce", "--out", str(file))
    assert fill(data, file.read_text(encoding="utf-8-sig")).code == 0
    assert asked(data, "local", "list", "--json").document["tables"] == [table]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Group of practitioners,Colour\n", "the headings are .* Not known: Colour"),
        ("Agency,How many people\nNHS,many\n", "line 2, column 2: How many people is a number"),
        ("Agency\nNHS,stray\n", "line 2, column 2: stray stands under no heading"),
        ("Agency,Agency\nNHS,NHS\n", "each once"),
        ("", "the headings are"),
        ("Agency\nMy daughter is being hurt at home by her stepfather\n", "risk|not kept"),
    ],
)
def test_a_table_with_a_mistake_is_refused_at_its_place(data: Path, text: str, said: str) -> None:
    """And nothing of it is kept."""
    ran = fill(data, text)
    assert ran.code != 0
    assert re.search(said, ran.err), ran.err
    (table,) = asked(data, "local", "list", "--json").document["tables"]
    assert table["rows"] == []


def test_a_table_comes_back_from_a_workbook_too(data: Path) -> None:
    """Numbers as numbers; a mistake is named by its cell."""
    file, book = data.parent / "workforce.xlsx", Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["Agency", "How many people"])
    sheet.append(["NHS", 41])
    book.save(file)
    asked(data, "local", "table", "workforce", "--file", str(file))
    (table,) = asked(data, "local", "list", "--json").document["tables"]
    assert table["rows"] == [{"agency": "NHS", "people": 41}]
    sheet["B2"] = "many"
    book.save(file)
    ran = ehsg(data, "local", "table", "workforce", "--file", str(file))
    assert "cell B2: How many people is a number, not many" in ran.err


def test_the_report_ends_with_what_stands_beside_the_questions(data: Path) -> None:
    """The guide's text word for word, the area's words, and what is asked for and not there."""
    before = report(data)
    assert "The area has not filled this table in." in before
    assert "What it means here has not been said." in before
    assert "Not attached." in before
    fill(data, FILLED)
    asked(data, "local", "term", "lead-practitioner", "--means", "Family key worker")
    file = data.parent / "strategy.pdf"
    file.write_bytes(PAPER)
    more = ("--as", "strategy", "--source", "The board", "--dated", "2026-03-31")
    asked(data, "local", "attach", "Our strategy", *more, "--file", str(file))
    after = report(data)
    for words in ("Health visitors", "Family key worker", "Our strategy", "The board", "31 March"):
        assert words in after, words
    assert "Not attached." not in after


def test_a_spreadsheet_of_the_report_holds_it_as_tables(data: Path) -> None:
    """Numbers as numbers, a day as a day."""
    fill(data, FILLED)
    asked(data, "local", "attach", "Our strategy", "--as", "strategy", "--dated", "2026-03-31")
    file = data.parent / "report.xlsx"
    asked(data, "report", "--out", str(file))
    book = load_workbook(file)
    own = [row for name in book.sheetnames for row in book[name].iter_rows(values_only=True)]
    assert any("Health visitors" in row and 1041 in row for row in own)
    assert any("Our strategy" in row and "strategy" in row for row in own)
    packed = data.parent / "report.zip"
    asked(data, "report", "--out", str(packed))
    with ZipFile(packed) as files:
        assert "local_workforce.csv" in {name.rpartition("/")[2] for name in files.namelist()}


def test_evidence_for_the_whole_can_be_taken_out_and_taken_back(data: Path) -> None:
    """Its file comes back byte for byte; what was taken back is in the report no more."""
    file, out = data.parent / "strategy.pdf", data.parent / "again.pdf"
    file.write_bytes(PAPER)
    asked(data, "local", "attach", "Our strategy", "--file", str(file))
    (listed,) = ehsg(data, "local", "list", "--json").document["evidence"]
    digest = listed["file"]
    asked(data, "evidence", "file", digest[:8], "--out", str(out))
    assert out.read_bytes() == PAPER
    pack = data.parent / "pack.zip"
    asked(data, "pack", "--out", str(pack))
    with ZipFile(io.BytesIO(pack.read_bytes())) as packed:
        assert packed.read("evidence/file-1.pdf") == PAPER
    asked(data, "local", "detach", "1", "--because", "an older version")
    assert "Our strategy" not in report(data)
    assert ehsg(data, "local", "detach", "1", "--because", "again").code != 0


def test_no_word_that_the_area_filled_in_stands_in_the_log(data: Path) -> None:
    """Words are sealed; numbers stand as they are."""
    fill(data, FILLED)
    asked(data, "local", "term", "lead-practitioner", "--means", "Family key worker")
    asked(data, "local", "attach", "Our strategy", "--source", "The board")
    with sqlite3.connect(data / "log.sqlite") as log:
        stored = "\n".join(line for line in log.iterdump() if "INSERT" in line)
    for words in ("Health visitors", "Family key worker", "Our strategy", "The board"):
        assert words not in stored
        assert words.encode().hex().upper() not in stored.upper()
    assert "1041" in stored or b"1041".hex() in stored.lower()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("local", "term", "Pupil", "--means", "x"), "has no local term called Pupil"),
        (("local", "term", "lead-practitioner", "--means", " "), "Say something"),
        (("local", "attach", "x", "--as", "budget"), "asks for no evidence called budget"),
    ],
)
def test_what_the_guide_does_not_leave_open_is_refused(
    data: Path, words: tuple[str, ...], said: str
) -> None:
    """With what it does leave open."""
    ran = ehsg(data, *words)
    assert ran.code != 0
    assert said in ran.err


def test_what_is_not_filled_in_is_signed_on_purpose(data: Path) -> None:
    """By name, with everything else that is blank."""
    assert ehsg(data, "round", "close").code == 0
    for item in ("6.1", "6.2", "6.3", "6.4", "6.5", "6.6", "6.7"):
        asked(data, "moderate", item, "--score", "2", "--because", "we talked")
    fill(data, FILLED)
    ran = ehsg(data, "sign-off", "--role", "Lead", "--name", "Jo")
    assert "Early help strategy (or equivalent); what Lead Practitioner means here" in ran.err
    assert "The workforce table" not in ran.err


def test_nothing_is_filled_in_after_the_sign_off(data: Path) -> None:
    """What was signed stands."""
    assert ehsg(data, "round", "close").code == 0
    for item in ("6.1", "6.2", "6.3", "6.4", "6.5", "6.6", "6.7"):
        asked(data, "moderate", item, "--score", "2", "--because", "we talked")
    asked(data, "sign-off", "--role", "Lead", "--name", "Jo", "--with-blanks")
    ran = ehsg(data, "local", "term", "lead-practitioner", "--means", "Somebody")
    assert "signed off" in ran.err
    assert fill(data, FILLED).code != 0


def test_the_trail_tells_each_of_it_in_a_sentence(data: Path) -> None:
    """Who filled in what, without the words."""
    fill(data, FILLED)
    asked(data, "local", "term", "lead-practitioner", "--means", "Family key worker")
    trail = asked(data, "trail").out
    assert "The table workforce was filled in, with 2 rows." in trail
    assert "It was said what lead-practitioner means here." in trail


PIECES = ("references", "local_tables", "local_terms", "least_partners", "evidence_asked")


def texts(plain: Any) -> Iterator[str]:
    """Every text in plain values."""
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, dict | list | tuple):
        for value in plain.values() if isinstance(plain, dict) else plain:
            yield from texts(value)


@pytest.mark.parametrize("name", ["ehsg-2020@2", "ehsg-2022@2", "isos-2019@2", "nw-2013@2"])
def test_guide_show_prints_all_that_stands_beside(tmp_path: Path, name: str) -> None:
    """No text of it is declared and read by nobody."""
    shown = asked(tmp_path / "data", "guide", "show", name).out
    plain = library.guide(name).guide.model_dump(mode="json")
    said = {text for piece in PIECES for text in texts(plain[piece])} - {"words"}
    assert {text for text in said if text not in shown} == set()
    assert "only where there are any" in shown or not plain["least_partners"]
    assert f"at the end: {plain['asked_last'][0]}" in shown
