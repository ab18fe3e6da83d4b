"""A DOCX that Word's own tools can read aloud, its words only ever letters."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from support.readers.documents import ALT, HOSTILE, SEEN, URDU, document

from projections.documents import word
from projections.documents.direction import MARKS


def opened(
    words: str = "We meet every week.\nAnd again.", language: str = "en"
) -> docx.document.Document:
    """The document as python-docx reads it back."""
    return docx.Document(BytesIO(word.write(document(words, language))))


def test_headings_are_headings_and_lists_are_lists() -> None:
    """By their styles, which is how a screen reader finds its way."""
    styles = [(one.style.name, one.text) for one in opened("x").paragraphs if one.style]
    headings = [(name, text) for name, text in styles if name.startswith(("Title", "Heading"))]
    assert headings == [
        ("Title", "Title x"),
        ("Heading 1", "At a glance"),
        ("Heading 2", "x"),
        ("Heading 3", "Again"),
        ("Heading 1", "The record behind this page"),
    ]
    assert [name for name, _ in styles].count("List Number") == 4
    assert ("List Bullet", "plain") in styles


def test_a_list_begins_at_one_again() -> None:
    """Each ordered list has a numbering of its own."""
    paragraphs = [one for one in opened().element.body.p_lst if one.style == "ListNumber"]
    numbers = [one.pPr.numPr.numId.val for one in paragraphs]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]


def test_tables_and_pictures_say_what_they_are() -> None:
    """The row of headings is marked and repeated, the picture is described."""
    body = opened().element.body
    (table,) = body.tbl_lst
    marked = [row.find(f".//{qn('w:tblHeader')}") is not None for row in table.tr_lst]
    assert marked == [True, False, False]
    assert next(table.iter(qn("w:tblCaption"))).get(qn("w:val")) == "Scores"
    assert [one.get("descr") for one in body.iter(qn("wp:docPr"))] == [ALT]


@pytest.mark.parametrize(
    ("language", "attribute", "bidi"), [("cy", "w:val", 0), ("ur", "w:bidi", 1)]
)
def test_the_file_says_its_title_and_its_language(language: str, attribute: str, bidi: int) -> None:
    """In its properties and in its defaults, with the direction it is written in."""
    file = opened("x", language)
    assert (file.core_properties.title, file.core_properties.language) == ("Title x", language)
    defaults = file.styles.element.find(qn("w:docDefaults"))
    assert next(defaults.iter(qn("w:lang"))).get(qn(attribute)) == language
    assert len(list(defaults.iter(qn("w:bidi")))) == bidi


@pytest.mark.parametrize("words", [HOSTILE, URDU, "Lines\nstay lines"])
def test_words_stay_the_letters_they_are(words: str) -> None:
    """No element, field or link of the file comes from them, and none is lost."""
    seen = SEEN if words is HOSTILE else words
    file = opened(words)
    said = [one.text.replace(MARKS["rtl"], "") for one in file.paragraphs]
    assert f"{seen} (Police)" in said
    plain = {one.tag for one in opened("plain\nwords").element.iter()} | {qn("w:rtl")}
    assert {one.tag for one in file.element.iter()} <= plain


def test_the_same_values_give_the_same_file() -> None:
    """The only time in it is that of the document."""
    content = word.write(document())
    assert word.write(document()) == content
    assert str(opened().core_properties.modified)[:19] == "2026-10-05 12:00:00"
    with ZipFile(BytesIO(content)) as packed:
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
