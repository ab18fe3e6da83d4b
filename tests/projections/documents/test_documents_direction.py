"""Words are set in the direction they are written in, each person's apart from all others."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from support.browser import Page
from support.readers.documents import ARABIC
from support.readers.office import converted, with_libreoffice
from support.readers.poppler import places_of, with_poppler

from projections.documents import html, pdf, word
from projections.documents.direction import MARKS, runs, way
from projections.documents.model import Bullets, Document, Pair, Pairs, Table, Words

MIXED = f"He wrote this:\n{ARABIC}\nAnd left ."
SAID: tuple[Bullets | Pairs | Table | Words, ...] = (
    Bullets(rows=(Words(text=ARABIC, whose="Police"),)),
    Bullets(rows=(Words(text="We meet.", source="دراسة !", beside="5 June 2026"),)),
    Pairs(rows=(Pair(term="Why", told=Words(text=ARABIC)),)),
    Table(caption="Words", head=("Item", "Words"), rows=(("5.1", ARABIC),)),
    Words(text=MIXED),
)
CLOSES, LINE = "!", 7  # what a sentence ends with; points within which words are on one line


def document(*blocks: Bullets | Pairs | Table | Words, language: str = "en") -> Document:
    """A document of a few words."""
    at = datetime(2026, 10, 5, tzinfo=UTC)
    return Document(language=language, title="Words", subtitle="", blocks=blocks, at=at)


def closing_marks(content: bytes) -> list[bool]:
    """For each sentence in Arabic, whether its exclamation mark stands at its left, where it ends."""
    words = places_of(content)
    arabic = [(left, top) for text, left, top in words if way(text) == "rtl" and text[0] != CLOSES]
    found = []
    for text, left, top in words:
        beside = [x for x, y in arabic if abs(y - top) < LINE]
        if text[0] == CLOSES and beside:
            found.append(left < min(beside))
    return found


@with_poppler
@pytest.mark.parametrize("block", SAID)
def test_a_sentence_ends_at_its_end_in_pdf(block: Bullets | Pairs | Table | Words) -> None:
    """In a list, beside a term, in a cell and between lines of the other direction."""
    assert closing_marks(pdf.write(document(block))) == [True]


@pytest.mark.slow
@with_libreoffice
@with_poppler
def test_a_sentence_ends_at_its_end_in_docx() -> None:
    """As LibreOffice sets it."""
    given = {f"{n}.docx": word.write(document(block)) for n, block in enumerate(SAID)}
    for content in converted(given, "pdf").values():
        assert closing_marks(content) == [True]


def test_a_paragraph_goes_as_its_words_do_whatever_the_document_does() -> None:
    """Marked for Word: w:bidi on the paragraph, w:rtl on the words themselves and not on ours."""
    for language in ("en", "ur"):
        file = docx.Document(
            BytesIO(word.write(document(SAID[0], Words(text="Yes."), language=language)))
        )
        arabic, english = (one for one in file.paragraphs if one.text[:1] in (ARABIC[0], "Y"))
        ways = [next(one._p.iter(qn("w:bidi"))).get(qn("w:val")) for one in (arabic, english)]
        assert ways == ["1", "0"]
        assert [run.font.rtl for run in arabic.runs] == [True, None]


def test_in_html_every_voice_is_apart_and_finds_its_own_way() -> None:
    """The words, whose they are and their source, each by itself."""
    words = Words(text=ARABIC, whose="Police", source="دراسة !", beside="5 June 2026")
    page = Page(html.write(document(words)).decode())
    assert [attrs.get("dir") for attrs in page.all("span")] == ["auto"] * 3


def test_each_line_has_its_own_direction_and_no_letter_is_added_to_plain_words() -> None:
    """A mark, which nobody sees, is added only where the other direction is near."""
    assert [run.direction for run in runs(MIXED)] == ["ltr", "rtl", "ltr"]
    assert [run.text for run in runs("Plain, 12.\nMore.")] == ["Plain, 12.", "More."]
    assert runs(f"See {ARABIC}")[0].text == f"See {ARABIC}{MARKS['ltr']}"
    assert runs("12 !")[0].direction == "ltr"
    assert (way("(2026) שלום"), way("123")) == ("rtl", None)
