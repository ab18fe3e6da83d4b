"""`ehsg submission` and `ehsg compare` as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.ehsg import ehsg
from support.story.forms import FORMS
from support.story.word_forms import WORD

AREA = ("--area", "Eastmoor", "--year", "2022")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder into which two forms were read."""
    folder = tmp_path / "data"
    for name in ("eastmoor", "northvale"):
        form = str(FORMS / f"{name}.txt")
        done = ehsg(folder, "submission", "import", form, "--area", name.title(), "--year", "2022")
        assert done.code == 0
    return folder


def test_an_import_says_what_it_read(data: Path) -> None:
    """The version, and which descriptors have no score."""
    done = ehsg(data, "submission", "import", str(FORMS / "eastmoor.txt"), *AREA, "--json")
    assert (done.document["version"], done.document["layout"]) == (1, "columns")
    assert (done.document["descriptors"], done.document["entries"]) == (3, 13)
    assert "No score: 6.3" in done.err


def test_an_export_goes_to_the_screen_or_to_a_file(data: Path) -> None:
    """The same document; a spreadsheet needs a file."""
    whole = ehsg(data, "submission", "export", *AREA, "--json").document
    assert whole["descriptors"][0]["working_well"][2] == "in Polish"
    assert "• in Polish" in ehsg(data, "submission", "export", *AREA).out
    out = data / "form.xlsx"
    assert ehsg(data, "submission", "export", *AREA, "--format", "xlsx").code == 2
    done = ehsg(data, "submission", "export", *AREA, "--format", "xlsx", "--out", str(out))
    assert (done.code, out.exists()) == (0, True)


def test_the_format_is_guessed_from_the_files_ending(data: Path) -> None:
    """A form to print, to edit or to open; what a terminal cannot show needs a file."""
    for ending, begins in (("pdf", b"%PDF-1.7"), ("docx", b"PK"), ("html", b"<!doctype html>")):
        out = data / f"form.{ending}"
        assert ehsg(data, "submission", "export", *AREA, "--out", str(out)).code == 0
        assert out.read_bytes().startswith(begins)
    assert "**Self" in ehsg(data, "submission", "export", *AREA, "--format", "md").out
    refused = ehsg(data, "submission", "export", *AREA, "--format", "pdf")
    assert (refused.code, "add --out FILE.pdf" in refused.err) == (2, True)
    assert ehsg(data, "submission", "export", *AREA, "--out", str(data / "form.odt")).code == 2


def test_a_comparison_is_printed_in_words(data: Path) -> None:
    """Tables for people, one document for programs."""
    done = ehsg(data, "compare", "Eastmoor", "Northvale", "--year", "2022")
    assert done.code == 0
    for words in ("historic", "cannot be checked, no score", "did not say yes", "All sections"):
        assert words in done.out
    found = ehsg(data, "compare", "Eastmoor", "Northvale", "--year", "2022", "--json").document
    assert set(found) >= {
        "sections", "differ_by_two", "equal", "higher", "earned_autonomy", "selection_rule",
    }  # fmt: skip


def test_a_refusal_names_the_line_and_ends_with_two(data: Path, tmp_path: Path) -> None:
    """And nothing of the file is kept."""
    form = tmp_path / "wrong.txt"
    form.write_text("5.1 Family engagement\nScore: 9\n")
    done = ehsg(data, "submission", "import", str(form), "--area", "Westby", "--year", "2022")
    assert (done.code, done.err[:6]) == (2, "line 2")
    assert ehsg(data, "submission", "export", "--area", "Westby", "--year", "2022").code == 2


def test_what_was_read_as_no_answer_can_be_seen(data: Path) -> None:
    """Each line with its place; and the document that a program gets."""
    shown = ehsg(data, "submission", "show", "--area", "Northvale", "--year", "2022")
    assert (shown.code, "Page 3 of 31" in shown.out) == (0, True)
    found = ehsg(data, "submission", "show", "--area", "Northvale", "--year", "2022", "--json")
    assert (found.document["taken_anyway"], found.document["own_form_kept"]) == (False, False)
    assert "line 1: Northvale Council" in found.document["no_answers"]


def test_loss_is_refused_and_taken_only_with_a_word(data: Path, tmp_path: Path) -> None:
    """Then it is listed, first of all that is said."""
    form = tmp_path / "lossy.txt"
    text = (FORMS / "northvale.txt").read_text(encoding="utf-8")
    form.write_text(text.replace("What are you prioritising next?", "Our own label"), "utf-8")
    asked = ("submission", "import", str(form), "--area", "Westby", "--year", "2022")
    refused = ehsg(data, *asked)
    assert (refused.code, "--anyway" in refused.err) == (2, True)
    done = ehsg(data, *asked, "--anyway", "--json")
    assert (done.code, bool(done.document["left_out"])) == (0, True)
    assert "Left out: " in done.err
    assert "Not in the form, 27 of 31: 5.2, 5.3" in done.err


def test_an_export_as_docx_is_the_areas_own_form(data: Path, tmp_path: Path) -> None:
    """Once one was handed in as DOCX; it says so."""
    own, out = tmp_path / "own.docx", tmp_path / "out.docx"
    area = ("--area", "Westby", "--year", "2022")
    own.write_bytes(WORD["score | evidence, plan below"]())
    assert ehsg(data, "submission", "import", str(own), *area).code == 0
    done = ehsg(data, "submission", "export", *area, "--out", str(out))
    assert (done.code, "the area's own form filled in" in done.out) == (0, True)
