"""A guide as YAML and as a spreadsheet: nothing is lost either way, and nothing is worked out."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import Workbook, load_workbook
from pydantic import ValidationError
from support.story.guides import SMALL, guides

from guides import library, sheets, workbook
from guides.mistakes import check
from guides.model import Guide
from guides.writing import as_yaml
from guides.yaml_text import Unreadable, read_page

TINY = Guide.model_validate(read_page(SMALL).content)


def there_and_back(guide: Guide, file: Path) -> Guide:
    """Through YAML, a workbook, and YAML again."""
    first = Guide.model_validate(read_page(as_yaml(guide)).content)
    sheets.save(first, file)
    second = Guide.model_validate(workbook.load(file))
    assert as_yaml(second) == as_yaml(guide)
    return second


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(guides())
def test_any_guide_comes_back_as_it_went(
    tmp_path_factory: pytest.TempPathFactory, guide: Guide
) -> None:
    """YAML to spreadsheet to YAML: the same guide, and the same text."""
    assert there_and_back(guide, tmp_path_factory.getbasetemp() / "any.xlsx") == guide


@pytest.mark.parametrize("name", library.published())
def test_every_published_guide_comes_back_as_it_went(tmp_path: Path, name: str) -> None:
    """All that the format can hold is held by the sheets."""
    guide = library.guide(name).guide
    assert there_and_back(guide, tmp_path / "published.xlsx") == guide


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(1)", "{=A1}", "\t=1"])
def test_no_formula_is_ever_written(tmp_path: Path, text: str) -> None:
    """Text that begins like one stays text: no cell of the file holds a formula."""
    file = tmp_path / "formula.xlsx"
    sheets.save(TINY.model_copy(update={"title": text, "publisher": text}), file)
    with ZipFile(file) as packed:
        written = [packed.read(name) for name in packed.namelist() if "sheet" in name]
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in written)
    assert workbook.load(file)["title"] == text


def test_a_formula_that_is_found_is_refused_at_its_cell(tmp_path: Path) -> None:
    """It is not worked out, and its last result is not taken either."""
    file = tmp_path / "formula.xlsx"
    sheets.save(TINY, file)
    book = load_workbook(file)
    book["guide"]["B4"] = "=2025+1"
    book.save(file)
    with pytest.raises(Unreadable, match=r"sheet guide, cell B4: a formula\."):
        workbook.load(file)


def test_a_number_typed_into_a_cell_is_read_as_typed(tmp_path: Path) -> None:
    """A person types 5.1 for an item, and a spreadsheet makes it a number."""
    file = tmp_path / "typed.xlsx"
    sheets.save(TINY, file)
    book = load_workbook(file)
    book["sections.items"]["B2"] = 5.1
    book["scales.levels"]["C2"] = 0
    book.save(file)
    guide = Guide.model_validate(workbook.load(file))
    assert list(guide.items) == ["5.1", "2"]


def bomb(file: Path) -> None:
    """Little on the disk, much in memory."""
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"\0" * 50_000_000)


def entities(file: Path) -> None:
    """A document type, by which a few letters can stand for very many."""
    sheets.save(TINY, file)
    with ZipFile(file) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    members["xl/workbook.xml"] = b'<!DOCTYPE x [<!ENTITY a "a">]>' + members["xl/workbook.xml"]
    with ZipFile(file, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content)


def faraway(file: Path) -> None:
    """One cell in the last row there is."""
    book = Workbook()
    book.active["A1048576"] = "x"  # type: ignore[index]
    book.save(file)


def text(file: Path) -> None:
    """Not a workbook at all."""
    file.write_text("name: small")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (bomb, "unpacks to far more"),
        (entities, "document type"),
        (faraway, "no heading in the first row"),
        (text, "is not a workbook"),
    ],
)
def test_a_hostile_workbook_is_refused(tmp_path: Path, make: object, said: str) -> None:
    """Before it has cost anything."""
    file = tmp_path / "hostile.xlsx"
    make(file)  # type: ignore[operator]
    with pytest.raises(Unreadable, match=said):
        workbook.load(file)


@pytest.mark.parametrize(
    ("sheet", "said"),
    [("colours", "no sheet is called colours"), ("sections.items", "the row belongs to nothing")],
)
def test_a_row_or_a_sheet_that_fits_nowhere_is_refused(
    tmp_path: Path, sheet: str, said: str
) -> None:
    """Nothing in a workbook is passed over in silence."""
    file = tmp_path / "odd.xlsx"
    sheets.save(TINY, file)
    book = load_workbook(file)
    if sheet not in book.sheetnames:
        book.create_sheet(sheet)
    book[sheet].append(["nowhere", "3", "A question"])
    book.save(file)
    with pytest.raises(Unreadable, match=said):
        workbook.load(file)


def test_what_is_written_as_yaml_has_no_mistake() -> None:
    """The writer and the checker agree on the format."""
    assert check(as_yaml(TINY), lambda _: TINY) == (TINY, [])


# -- as it is shown, and where it stands -----------------------------------------------------------
def altered(file: Path, cell: str, value: Any, form: str = "General") -> Path:
    """The small guide as a workbook, with one cell written by hand: `sheet!cell`."""
    sheets.save(TINY, file)
    book = load_workbook(file)
    sheet, _, place = cell.partition("!")
    book[sheet][place] = value
    book[sheet][place].number_format = form
    book.save(file)
    return file


@pytest.mark.parametrize(
    ("value", "form", "read"),
    [(5.1, "0.00", "5.10"), (7, "000", "007"), (5.1, "General", "5.1"), (2.1, "0.00", "2.10")],
)
def test_a_number_is_read_as_its_cell_shows_it(
    tmp_path: Path, value: float, form: str, read: str
) -> None:
    """5.10 is another item than 5.1, and 007 another than 7."""
    file = altered(tmp_path / "shown.xlsx", "sections.items!B2", value, form)
    assert next(iter(Guide.model_validate(workbook.load(file)).items)) == read


@pytest.mark.parametrize(
    ("value", "form", "said"),
    [
        (0.25, "0%", "cell B2: a number shown as “0%”"),
        (datetime(2026, 10, 5, tzinfo=None), "yyyy-mm-dd", "cell B2: a date or a time"),  # noqa: DTZ001
        ("#N/A", "General", "cell B2: the error #N/A"),
    ],
)
def test_what_no_text_can_be_told_from_is_refused_at_its_cell(
    tmp_path: Path, value: object, form: str, said: str
) -> None:
    """Rather than read as something that nobody sees there."""
    with pytest.raises(Unreadable, match=re.escape(f"sheet sections.items, {said}")):
        workbook.load(altered(tmp_path / "shown.xlsx", "sections.items!B2", value, form))


@pytest.mark.parametrize("far", ["sections.items!B1048576", "sections.items!XFD3"])
def test_a_format_far_away_is_no_cell(tmp_path: Path, far: str) -> None:
    """Only what is filled counts."""
    file = altered(tmp_path / "far.xlsx", far, None, "0.00")
    assert Guide.model_validate(workbook.load(file)) == TINY


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("sections.items!B2", "First!", "sheet sections.items, cell B2: id cannot be First!"),
        ("sections.items!E2", "maybe", "sheet sections.items, cell"),
        ("guide!B5", "soon", "sheet guide, cell B5: year must be a whole number, not soon"),
        ("scales.levels!C2", "few", "sheet scales.levels, cell C2: score must be a whole number"),
        ("scales.levels!D2", None, "sheet scales.levels, row 2: label is missing"),
    ],
)
def test_a_mistake_in_a_workbook_is_told_at_its_sheet_and_cell(
    tmp_path: Path, cell: str, value: object, said: str
) -> None:
    """In the same words as in a file that was typed."""
    plain = workbook.load(altered(tmp_path / "wrong.xlsx", cell, value))
    with pytest.raises(ValidationError) as found:
        Guide.model_validate(plain)
    told = workbook.mistakes(plain, found.value, "wrong.xlsx")
    assert any(line.startswith(f"wrong.xlsx, {said}") for line in told), told


def test_a_misspelled_heading_is_told_rather_than_lost(tmp_path: Path) -> None:
    """All that stands in its column would be gone."""
    file = altered(tmp_path / "head.xlsx", "sections.items!C1", "Statment")
    with pytest.raises(Unreadable, match=r"cell C2: no column is called Statment here"):
        workbook.load(file)


def test_line_ends_and_letters_that_look_like_codes_are_kept(tmp_path: Path) -> None:
    """A workbook writes some letters as codes; what only looks like one stays as it was typed."""
    text = "First\nSecond _x0041_ _x000D_"
    file = tmp_path / "codes.xlsx"
    sheets.save(TINY.model_copy(update={"definition": text}), file)
    assert workbook.load(file)["definition"] == text
    file = altered(tmp_path / "typed.xlsx", "guide!B4", "First._x000D_\nSecond.")
    assert "First.\nSecond." in workbook.load(file).values()
