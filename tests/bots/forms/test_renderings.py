"""One invented form of 31 descriptors, rendered in every way that people hand one in."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pytest
from support.readers.office import TEXT, converted, with_libreoffice
from support.readers.poppler import text_of, with_poppler
from support.story.forms import GUIDE, Told, filled, said
from support.story.invented import CHOSEN, DATA_MODEL, INVENTED
from support.story.renderings import TEXTS
from support.story.typeset_forms import TYPESET
from support.story.word_forms import WORD

from bots.forms import read_form
from bots.forms.wording import letters
from ehsg_events.kernel import Refused
from ehsg_events.states.submission import Form, refuse_loss, refuse_unless_sound

Files = dict[str, bytes]
AS_FILES = {name: f"{number}.docx" for number, name in enumerate(WORD)}
LEVELS = {level.value for level in GUIDE.scales[0].levels}
REFUSED = {  # nothing in these shows where the words of one box end and those of the next begin
    *("stacked in three", "stacked in three, tabs"),
    *("text: score | evidence | plan", "text: one table, a row each", "layout: hyphens in cells"),
}


@dataclass
class Tally:
    """How a form that was read compares with the one that was printed."""

    scores: int = 0
    wrong: int = 0
    right: int = 0
    missing: int = 0
    invented: int = 0
    misplaced: int = 0
    doubts: int = 0
    refusal: str = ""

    @property
    def silent(self) -> bool:
        """Whether something is missing, wrong or in the wrong field, and nobody was told.

        Paragraphs that were joined or parted where nothing shows it are told of as doubts.
        """
        parted = (self.missing or self.invented) and not self.doubts
        return not self.refusal and bool(self.wrong or self.misplaced or parted)


def tally(name: str, content: bytes) -> Tally:
    """Read a rendering and compare."""
    try:
        form = read_form(name, content, GUIDE, "Northvale")
    except Refused as refusal:
        return Tally(refusal=str(refusal))
    counted = _compared(form)
    try:
        refuse_unless_sound(GUIDE, form)
        refuse_loss(form)
    except Refused as refusal:
        counted.refusal = str(refusal)
    else:
        assert (form.data_model, form.priorities) == (DATA_MODEL, CHOSEN)
    return counted


def _compared(form: Form) -> Tally:
    counted, found = Tally(doubts=len(form.doubts)), said(form)
    for item, told in filled(dict(INVENTED)).items():
        own = found.get(item, Told())
        counted.scores += own.score == told.score
        counted.wrong += own.score != told.score and own.score in LEVELS
        _compare_words(counted, told.entries, own.entries)
    return counted


def _compare_words(counted: Tally, told: Mapping[str, object], own: Mapping[str, object]) -> None:
    for box in {*told, *own}:
        printed, read = list(told.get(box, ())), list(own.get(box, ()))  # type: ignore[call-overload]
        counted.misplaced += letters("".join(printed)) != letters("".join(read))
        counted.right += sum(text in read for text in printed)
        counted.missing += sum(text not in read for text in printed)
        counted.invented += sum(text not in printed for text in read)


def hold(name: str, found: Tally, *, refused: bool) -> None:
    """Hold what was read to the rule, and print its line of the table (seen with -s)."""
    sys.stdout.write(
        f"{name:45} scores {found.scores}, wrong {found.wrong}; entries right {found.right}, "
        f"missing {found.missing}, invented {found.invented}; doubts {found.doubts}"
        f"{'; refused' if found.refusal else ''}\n"
    )
    assert bool(found.refusal) is refused, found.refusal
    assert not found.silent
    if not refused:
        assert (found.scores, found.wrong, found.misplaced) == (31, 0, 0)
        assert found.missing * 10 <= found.right


@pytest.mark.parametrize("name", TEXTS)
def test_a_form_as_text_is_read_whole_or_refused(name: str) -> None:
    """No score is ever wrong, no entry lost or invented in silence."""
    hold(name, tally("form.txt", TEXTS[name]()), refused=name in REFUSED)


@pytest.mark.parametrize("name", WORD)
def test_a_form_as_docx_is_read_letter_for_letter(name: str) -> None:
    """The document itself says where a cell and a paragraph end, so nothing is in doubt."""
    found = tally("form.docx", WORD[name]())
    hold(f"DOCX: {name}", found, refused=False)
    assert (found.missing, found.invented, found.doubts) == (0, 0, 0)


@cache
def typeset(name: str) -> bytes:
    """A rendering as PDF."""
    return TYPESET[name]()


@pytest.mark.slow
@pytest.mark.parametrize("name", TYPESET)
def test_a_form_as_pdf_is_read_whole(name: str) -> None:
    """By the places of its words, with rules around its cells or without."""
    hold(f"PDF: {name}", tally("form.pdf", typeset(name)), refused=False)


@with_poppler
@pytest.mark.slow
@pytest.mark.parametrize("name", TYPESET)
def test_a_pdf_printed_as_text_is_read_whole_or_refused(name: str) -> None:
    """Columns side by side, in letters of one width, as the usual program prints them."""
    content = text_of(typeset(name)).encode()
    hold(f"layout: {name}", tally("form.txt", content), refused=f"layout: {name}" in REFUSED)


@pytest.fixture(scope="module")
def texts() -> Files:
    """The forms as DOCX, saved as text by LibreOffice."""
    return converted({AS_FILES[name]: WORD[name]() for name in WORD}, TEXT)


@with_libreoffice
@pytest.mark.slow
@pytest.mark.parametrize("name", WORD)
def test_a_docx_saved_as_text_is_read_whole_or_refused(texts: Files, name: str) -> None:
    """Every cell in lines of its own: the heads of a row first, then its cells."""
    content = texts[AS_FILES[name].replace("docx", "txt")]
    hold(f"text: {name}", tally("form.txt", content), refused=f"text: {name}" in REFUSED)
