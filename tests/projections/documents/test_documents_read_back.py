"""Published scores, entered as outcomes and signed off, read back out of every format.

The readers are not ours: a parser of HTML, one of Markdown, LibreOffice for DOCX, poppler for PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from support.browser import Page
from support.readers.office import TEXT, converted, with_libreoffice
from support.readers.pdf_ua import faults
from support.readers.poppler import text_of, with_poppler
from support.story.forms import GUIDE
from support.story.sefton import SCORES, SEFTON, entered
from support.story.story import NAMES, PANEL, Story
from support.story.submission import exported

from bots.forms.wording import letters
from bots.forms.writing.printed import write_text
from bots.forms.writing.written import write_form
from ehsg_events.kernel import Refused
from projections.documents.formats import DOCUMENTS, FORMATS, format_of, report_as

Written = dict[str, bytes]
IN_REPORT = re.compile(r"(\d\.\d) [^\d]*?(\d) \(")
IN_FORM = re.compile(r"(\d\.\d) (?:(?!\d\.\d ).)*?see scale above[: ]*(\d)")
SAID = "Families tell us so, every week."


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    """The report and the form of a signed-off assessment, in every format of a document."""
    with Story(tmp_path_factory.mktemp("published")) as story:
        entered(story.opened(PANEL)).round_opened()
        story.all_answered("5.1", dict(zip(NAMES, "333344", strict=True)))
        story.noted("health-1", "5.1", "working-well", SAID).round_closed()
        story.chose(*SEFTON["priorities"], data_model=SEFTON["data_model"])
        view = story.signed_off("Chair of the board", "Jo Doe").view()
        whole = exported(story.log, "Anytown", 2026)
        found = {f"report.{form}": report_as(view, form) for form in DOCUMENTS}
        found |= {f"form.{form}": write_form(whole, GUIDE, form) for form in DOCUMENTS}
        yield found | {"form.txt": write_text(whole, GUIDE).encode()}


def check(report: str, form: str) -> None:
    """Both hold every score in the guide's order, and what was said; neither names anybody."""
    report, form = " ".join(report.split()), " ".join(form.split())
    scores = [(item, str(score)) for item, score in SCORES.items()]
    assert IN_REPORT.findall(report)[: len(scores)] == scores
    assert IN_FORM.findall(form) == scores
    for read in (report, form):
        assert SAID in read
        assert "Jo Doe" not in read
        assert "Surname" not in read


def test_html_is_read_back(files: Written) -> None:
    """By Python's parser."""
    check(Page(files["report.html"].decode()).text, Page(files["form.html"].decode()).text)


def test_markdown_is_read_back(files: Written) -> None:
    """By markdown-it: its text without its signs."""

    def read(name: str) -> str:
        tokens = MarkdownIt("commonmark").enable("table").parse(files[name].decode())
        inline = (child for token in tokens for child in token.children or ())
        return " ".join(one.content for one in inline if one.content)

    check(read("report.md"), read("form.md"))


@pytest.mark.slow
@with_libreoffice
def test_docx_is_read_back(files: Written) -> None:
    """By LibreOffice, in one start."""
    given = {name: files[name] for name in ("report.docx", "form.docx")}
    read = {name: text.decode("utf-8-sig") for name, text in converted(given, TEXT).items()}
    check(read["report.txt"], read["form.txt"])


@with_poppler
def test_pdf_is_read_back(files: Written) -> None:
    """By poppler; and every machine-checkable point of PDF/UA-1 that we check holds."""
    check(text_of(files["report.pdf"]), text_of(files["form.pdf"]))
    assert faults(files["report.pdf"]) == faults(files["form.pdf"]) == []


@pytest.mark.parametrize("form", ["html", "md"])
def test_the_form_has_nothing_in_it_but_the_form(files: Written, form: str) -> None:
    """Letter for letter and in order what the form in plain text has."""
    text = files[f"form.{form}"].decode()
    read = Page(text.partition("<body>")[2]).text if form == "html" else text
    assert letters(read) == letters(files["form.txt"].decode())


def test_the_format_is_what_was_named_or_what_the_files_name_ends_in() -> None:
    """Anything else is refused, with the formats there are."""
    assert (format_of(Path("a.DOCX"), None), format_of(Path("a.txt"), "PDF")) == ("docx", "pdf")
    with pytest.raises(Refused, match=r"a\.docx ends in docx, and the format asked for is pdf\."):
        format_of(Path("a.docx"), "pdf")
    for name, named in (("a", None), ("a.odt", None), ("a.pdf", "odt")):
        with pytest.raises(Refused, match=", ".join(FORMATS)):
            format_of(Path(name), named)
