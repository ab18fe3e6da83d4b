"""A PDF for everybody: tagged, checked by machines, its words only ever letters."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pdfua
import pikepdf
import pytest
from pikepdf import Dictionary, Name, Pdf
from support.readers.documents import (
    ALT,
    ARABIC,
    BENGALI,
    HINDI,
    HOSTILE,
    SEEN,
    TAMIL,
    URDU,
    WELSH,
    document,
)
from support.readers.pdf_ua import elements, faults
from support.readers.poppler import structure_of, text_of, with_poppler

from projections.documents import pdf
from projections.documents.model import Block, Bullets, Heading, Prose
from projections.documents.typesetting import MARK, MOST, drawable


@pytest.fixture(scope="module")
def content() -> bytes:
    """A PDF with one of everything."""
    return pdf.write(document())


@pytest.mark.parametrize(
    "words", ["plain", HOSTILE, WELSH, URDU, BENGALI, HINDI, TAMIL, ARABIC, "中文 😀"]
)
def test_a_pdf_is_for_everybody_whatever_is_in_it(words: str) -> None:
    """Typst refuses to write what it knows not to be PDF/UA-1; this looks at what it wrote."""
    assert faults(pdf.write(document(words))) == []


def test_another_checker_finds_nothing_either(content: bytes, tmp_path: Path) -> None:
    """Its sixteen rules of the standard, each of which it can decide."""
    (tmp_path / "a.pdf").write_bytes(content)
    assert pdfua.validate(str(tmp_path / "a.pdf")).findings == ()


def change(name: str) -> Callable[[Pdf], None]:
    """Take something away from a PDF's root."""
    return lambda opened: opened.Root.__delitem__(name)


def leave_undescribed(opened: Pdf) -> None:
    """Take the description off a figure."""
    del next(one for one in elements(opened) if str(one.S) == "/Figure")["/Alt"]


def leave_without_scope(opened: Pdf) -> None:
    """Take the scope off a heading of a table."""
    next(one for one in elements(opened) if one.S == Name.TH).A = Dictionary(O=Name.Table)


def skip_a_level(opened: Pdf) -> None:
    """Make a heading deeper than it is."""
    next(one for one in elements(opened) if one.S == Name.H2).S = Name.H4


def paint_unmarked(opened: Pdf) -> None:
    """Draw a line that is neither content nor artifact."""
    opened.pages[0].contents_add(b"0 0 m 9 9 l S")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (change("/Lang"), "no language"),
        (change("/MarkInfo"), "not marked"),
        (change("/ViewerPreferences"), "the title is not shown"),
        (change("/Metadata"), "not identified as PDF/UA-1"),
        (leave_undescribed, "a figure without description"),
        (leave_without_scope, "a heading of a table without scope"),
        (skip_a_level, "a level of headings is skipped"),
        (paint_unmarked, "page 1: S is neither content nor artifact"),
    ],
)
def test_the_check_finds_what_was_spoilt(
    content: bytes, harm: Callable[[Pdf], None], said: str
) -> None:
    """A check that finds nothing proves nothing."""
    held = BytesIO()
    with pikepdf.open(BytesIO(content)) as opened:
        harm(opened)
        opened.save(held)
    assert said in faults(held.getvalue())


@with_poppler
def test_words_are_never_read_as_a_language_of_the_typesetter() -> None:
    """Every letter comes out as it went in, but for those that steer a screen."""
    read = text_of(pdf.write(document(HOSTILE)))
    assert "".join(SEEN.split()) in "".join(read.split())


@with_poppler
@pytest.mark.parametrize("words", [WELSH, "Lines\nstay lines"])
def test_words_come_out_as_they_were_typed(words: str) -> None:
    """With their letters and their lines."""
    assert f'"{words.splitlines()[0]}"' in structure_of(pdf.write(document(words)))


@with_poppler
def test_urdu_is_set_letter_by_letter() -> None:
    """None of its letters is marked as missing."""
    read = text_of(pdf.write(document(URDU)))
    assert MARK not in read
    assert "اردو" in read


@with_poppler
def test_a_reader_meets_headings_tables_and_pictures(content: bytes) -> None:
    """As poppler reads the tags aloud."""
    read = structure_of(content)
    for tag in ('H1 "Title', 'H2 "At a glance"', "Figure", "THead", "/Scope /Row", "LBody"):
        assert tag in read
    with pikepdf.open(BytesIO(content)) as opened:
        assert [str(one.Alt) for one in elements(opened) if "/Alt" in one] == [ALT]


def test_letters_the_fonts_lack_are_marked_and_the_others_stay() -> None:
    """Those of languages people write here are there; where some are missing, the record says so."""
    every = f"{WELSH} {URDU} {BENGALI} {HINDI} {TAMIL} {ARABIC}"
    assert drawable(every) == every
    assert drawable("x 中 é") == f"x {MARK} é"
    assert set(drawable("".join(map(chr, range(0x4E00, 0x4E00 + MOST + 9))))) == {MARK}


def test_the_same_values_give_the_same_file(content: bytes) -> None:
    """The only time in it is that of the document."""
    assert pdf.write(document()) == content
    with pikepdf.open(BytesIO(content)) as opened:
        assert str(opened.docinfo["/CreationDate"])[:16] == "D:20261005120000"
        assert str(opened.Root.Lang) == "en"


def test_a_document_in_another_language_says_so() -> None:
    """So that it is read aloud in it."""
    with pikepdf.open(BytesIO(pdf.write(document(language="cy")))) as opened:
        assert str(opened.Root.Lang) == "cy"


def opening(lines: int) -> tuple[Block, ...]:
    """A first page of so many lines under a heading."""
    rows = tuple(Prose(text=f"Line {n} of it.") for n in range(1, lines + 1))
    return (Heading(level=2, text="Where we stand", anchor="summary"), Bullets(rows=rows))


@with_poppler
@pytest.mark.parametrize(("shorter", "said"), [((60, 20, 10), 20), ((70,), 90), ((), 90)])
def test_the_first_page_says_as_much_as_fits(shorter: tuple[int, ...], said: int) -> None:
    """The longest opening that one page holds; where none does, all of it on two."""
    whole = document().model_copy(
        update={"opening": opening(90), "shorter": tuple(map(opening, shorter))}
    )
    written = pdf.write(whole)
    assert faults(written) == []
    text = text_of(written)
    assert text.count(" of it.") == said
    assert (text.partition("\f")[0].count(" of it.") == said) is (said == 20)
