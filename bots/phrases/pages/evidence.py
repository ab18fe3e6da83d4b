"""What is said of the evidence that was written: how much there is, and what it lacks."""

from __future__ import annotations

from collections.abc import Mapping

from bots.phrases.labels import counted

EVIDENCE = "Evidence"
EVIDENCE_WORDS = (
    "What people wrote in closed rounds as evidence for their scores, and what it lacks. It is there "
    "to be asked about: nothing here says that a score is wrong."
)
LACKS: Mapping[str, str] = {
    "no-evidence": "above the middle of the scale without evidence",
    "undated": "without the day it speaks of",
    "pasted": "pasted twice",
    "plan": "a plan where evidence was asked for",
}
SHORT: Mapping[str, str] = {
    "no-evidence": "High, without evidence",
    "undated": "Without a day",
    "pasted": "Pasted twice",
    "plan": "A plan",
}
IN_SHORT, EACH, NOTES, DESCRIPTOR = "In short", "Each item", "Notes", "Item"
WITHOUT = "High scores without evidence"
WRITTEN = "What was written"
NOTHING_CLOSED = "No round is closed yet, and until then nobody sees what was written."
NOTHING_WRITTEN = "Nothing was written about it in a closed round."
READ_ALL = "Read every note now, which takes a while"
MANY = (
    "There are many notes. What was pasted, or is a plan, is looked for on the page of each item, among "
    "what was written of that item."
)
FILE = "Take the file away"
EARLIER, LATER, EVERY_ITEM, WALK_BACK = "Earlier notes", "Later notes", "Every item", "Walk it back"


def how_many(notes: int) -> str:
    """How much evidence there is."""
    return f"Evidence in closed rounds: {counted(notes, 'note')}."


def found(number: int, shortcoming: str) -> str:
    """How often one thing is lacking."""
    return f"{number} {LACKS[shortcoming]}"


def about(item: str) -> str:
    """The title of the page of one item."""
    return f"Evidence on {item}"


def by(person: str, agency: str, number: int) -> str:
    """Who wrote something, and when."""
    return f"{person}, {agency}, in round {number}"


def lacks(shortcoming: str, same_as: tuple[int, ...]) -> str:
    """What one note lacks."""
    words = LACKS[shortcoming]
    also = f", also at position {', '.join(map(str, same_as))}" if same_as else ""
    return f"{words[:1].upper()}{words[1:]}{also}."


def no_page(page: str, pages: int) -> str:
    """Why a page of the notes cannot be shown."""
    return f"There are {counted(pages, 'page')} of notes, and no page {page}."
