"""What an area handed in as CSV with its schema: the form's own content in its order."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from frictionless import Package
from support.ehsg import ehsg
from support.story.forms import FORMS
from support.story.sefton import SCORES, SEFTON, sefton

AREA = {"sefton": "Sefton", "eastmoor": "Eastmoor"}


@pytest.fixture
def package(tmp_path: Path, request: pytest.FixtureRequest) -> Package:
    """A form that was brought in and given back, unpacked in a folder of its own."""
    form = tmp_path / "sefton.json"
    form.write_bytes(sefton())
    file = form if request.param == "sefton" else FORMS / f"{request.param}.txt"
    about = ("--area", AREA[request.param], "--year", "2022")
    assert ehsg(tmp_path / "data", "submission", "import", str(file), *about).code == 0
    out = ("--format", "zip", "--out", str(tmp_path / "form.zip"))
    assert ehsg(tmp_path / "data", "submission", "export", *about, *out).code == 0
    with ZipFile(tmp_path / "form.zip") as packed:
        packed.extractall(tmp_path / "form")
    found = Package(str(tmp_path / "form/datapackage.json"))
    report = found.validate()
    assert report.valid, report.to_summary()
    return found


@pytest.mark.parametrize("package", ["sefton"], indirect=True)
def test_published_scores_come_back_in_the_guides_order(package: Package) -> None:
    """With the choices that were published beside them."""
    scores = package.get_table_resource("scores").read_rows()
    assert [(row["item"], row["score"]) for row in scores] == list(SCORES.items())
    choices = [
        (row["name"], row["value"]) for row in package.get_table_resource("choices").read_rows()
    ]
    assert [value for name, value in choices if name == "priority"] == SEFTON["priorities"]
    assert ("data model", str(SEFTON["data_model"])) in choices


@pytest.mark.parametrize("package", ["eastmoor"], indirect=True)
def test_what_the_form_leaves_blank_stays_blank(package: Package) -> None:
    """A score that is missing is no 0, and each bullet is a row under its field."""
    scores = {row["item"]: row["score"] for row in package.get_table_resource("scores").read_rows()}
    assert scores["6.3"] is None
    rows = package.get_table_resource("entries").read_rows()
    words = [row["words"] for row in rows if row["field"] == "working_well"]
    assert words[2] == "in Polish"
    assert [row["place"] for row in rows if not row["heading"]][:3] == [1, 2, 3]
