"""The report's tables as files, opened and read back by programs that are not ours."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from frictionless import Package
from openpyxl import load_workbook
from support.readers.office import CSV, converted, with_libreoffice
from support.story.sefton import SCORES, entered, sefton
from support.story.story import NAMES, PANEL, Story
from support.story.submission import bring, exported

from bots.forms.writing.written import write_form
from ehsg_events.log.log import Log
from projections.documents.formats import SHEETS, report_as
from projections.facts.view import View

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    """Sefton's published scores as outcomes, and a few words."""
    with Story(tmp_path_factory.mktemp("sefton")) as story:
        entered(story.opened(PANEL)).round_opened()
        story.all_answered("5.1", dict(zip(NAMES, "343434", strict=True)))
        story.noted("health-1", "5.1", "working-well", "Families tell us so.\nEvery week.")
        yield story.round_closed().chose("7.3", "6.4", data_model=3).view()


@pytest.fixture(scope="module")
def unpacked(view: View, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Data Package in a folder of its own."""
    folder = tmp_path_factory.mktemp("package")
    with ZipFile(io.BytesIO(report_as(view, "zip"))) as packed:
        packed.extractall(folder)
    return folder


def rows_of(content: bytes) -> Rows:
    """The rows of a CSV file under their headings."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.fixture(scope="module")
def sheets(view: View, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The report, and the form that was published, opened in LibreOffice and saved sheet by sheet."""
    log = Log(tmp_path_factory.mktemp("form"))
    bring(log, "sefton.json", sefton(), "Sefton")
    form = write_form(exported(log, "Sefton"), view.guide, "xlsx")
    log.close()
    return converted({"report.xlsx": report_as(view, "xlsx"), "form.xlsx": form}, CSV)


@with_libreoffice
def test_libreoffice_reads_the_published_scores_in_the_guides_order(
    sheets: dict[str, bytes],
) -> None:
    """From the report as outcomes, and from the form as it was handed in."""
    found = rows_of(sheets["report-Scores.csv"])
    assert [(row["Item"], int(row["Outcome"])) for row in found] == list(SCORES.items())
    form = rows_of(sheets["form-descriptors.csv"])
    assert [(row["item"], int(row["score"])) for row in form] == list(SCORES.items())


@with_libreoffice
def test_libreoffice_reads_a_sheet_for_each_table(sheets: dict[str, bytes]) -> None:
    """And what was typed with its lines."""
    words = rows_of(sheets["report-Evidence.csv"])
    assert [row["Words"] for row in words] == ["Families tell us so.\nEvery week."]
    assert sum(name.startswith("report-") for name in sheets) == 9


def test_frictionless_reads_the_published_scores_in_the_guides_order(unpacked: Path) -> None:
    """Every table is valid against its schema, and the scores are whole numbers."""
    package = Package(str(unpacked / "datapackage.json"))
    report = package.validate()
    assert report.valid, report.to_summary()
    found = package.get_table_resource("scores").read_rows()
    assert [(row["item"], row["outcome"]) for row in found] == list(SCORES.items())


def test_json_holds_the_published_scores_in_the_guides_order(view: View) -> None:
    """With the meaning of every column beside them."""
    document = json.loads(report_as(view, "json"))
    table = document["tables"]["scores"]
    assert [(row["item"], row["outcome"]) for row in table["rows"]] == list(SCORES.items())
    assert all(column["says"] for column in table["columns"])


@pytest.mark.parametrize(
    ("table", "before", "after", "error"),
    [
        ("scores", b",agreed,", b",certain,", "constraint-error"),
        ("scores", b"\r\n2,5.2,", b"\r\n2,5.1,", "primary-key"),
        ("scores", b"\r\n2,5.2,", b"\r\ntwo,5.2,", "type-error"),
        ("distribution", b"\r\n5.1,0,", b"\r\n4.1,0,", "foreign-key"),
        ("distribution", b",0\r\n", b",-1\r\n", "constraint-error"),
    ],
)
def test_frictionless_finds_a_value_that_was_altered(
    unpacked: Path, table: str, before: bytes, after: bytes, error: str
) -> None:
    """By its type, its bounds, its choices, its key and what it refers to."""
    file = unpacked / f"{table}.csv"
    whole = file.read_bytes()
    assert before in whole
    file.write_bytes(whole.replace(before, after, 1))
    try:
        report = Package(str(unpacked / "datapackage.json")).validate()
    finally:
        file.write_bytes(whole)
    assert error in {one[0] for one in report.flatten(["type"])}


def test_a_spreadsheet_says_what_it_is_and_keeps_its_headings_in_sight(view: View) -> None:
    """The title in the file, and on each sheet the first row, bold and frozen."""
    book = load_workbook(io.BytesIO(report_as(view, "xlsx")))
    assert book.properties.title == "Early help self-assessment: Anytown"
    assert all(sheet.freeze_panes == "A2" and sheet["A1"].font.bold for sheet in book)
    assert [sheet.title for sheet in book][:3] == ["About", "Scores", "Distribution"]


@pytest.mark.parametrize("form", SHEETS)
def test_the_same_log_gives_the_same_file(view: View, form: str) -> None:
    """No clock gets into it: the only time in it is that of the last fact."""
    content = report_as(view, form)
    assert report_as(view, form) == content
    if form != "json":
        with ZipFile(io.BytesIO(content)) as packed:
            assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
