"""One invented form of 31 descriptors, rendered in every way that people hand one in."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import pytest
from support.story.forms import GUIDE, Told, filled, said
from support.story.invented import CHOSEN, DATA_MODEL, INVENTED
from support.story.renderings import TEXTS

from bots.forms import read_form
from bots.forms.wording import letters
from ehsg_events.kernel import Refused
from ehsg_events.states.submission import refuse_loss, refuse_unless_sound


@dataclass
class Tally:
    """How a form that was read compares with the one that was printed."""

    scores: int = 0
    wrong: int = 0
    right: int = 0
    missing: int = 0
    invented: int = 0
    doubts: int = 0
    misplaced: int = 0
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
    counted = _compared(said(form))
    counted.doubts = len(form.doubts)
    try:
        refuse_unless_sound(GUIDE, form)
        refuse_loss(form)
        assert (form.data_model, form.priorities) == (DATA_MODEL, CHOSEN)
    except Refused as refusal:
        counted.refusal = str(refusal)
    return counted


def _compared(found: dict[str, Told]) -> Tally:
    counted = Tally()
    for item, told in filled(dict(INVENTED)).items():
        own = found.get(item, Told())
        counted.scores += own.score == told.score
        counted.wrong += own.score not in (told.score, None)
        for box in {*told.entries, *own.entries}:
            printed, read = told.entries.get(box, ()), own.entries.get(box, ())
            counted.misplaced += letters("".join(printed)) != letters("".join(read))
            counted.right += sum(text in read for text in printed)
            counted.missing += sum(text not in read for text in printed)
            counted.invented += sum(text not in printed for text in read)
    return counted


REFUSED = {
    "stacked in three",
    "stacked in three, tabs",
}  # nothing in it shows where one cell ends and the next begins


@pytest.mark.parametrize("name", TEXTS)
def test_a_form_as_text_is_read_whole_or_refused(name: str) -> None:
    """No score is ever wrong, no entry lost or invented in silence."""
    found = tally("form.txt", TEXTS[name]())
    sys.stdout.write(f"{name}: {found}\n")  # seen with -s
    assert found.wrong == 0
    assert not found.silent
    assert found.refusal or (found.scores, found.missing * 10 <= found.right) == (31, True)
    assert bool(found.refusal) == (name in REFUSED), found.refusal
