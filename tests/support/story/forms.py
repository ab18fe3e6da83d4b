"""Forms for the tests: where they lie, and a writer that prints a submission in each layout."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ehsg_events.states.submission import Form
from guides import library
from support.places import TESTS

FORMS = TESTS / "forms"
GUIDE = library.guide("ehsg-2022@1").guide
PROMPT = "Self-assessment score - Answer 0 to 5 – see scale above"
WELL, NEXT = "working-well", "prioritising-next"
LABELS = {
    WELL: "What is working well and what evidence do you have?",
    NEXT: "What are you prioritising next?",
}


@dataclass
class Told:
    """What one descriptor of a form is to say."""

    score: str | None = None
    entries: Mapping[str, Sequence[str]] = field(default_factory=dict)


def said(form: Form) -> dict[str, Told]:
    """A form that was read, to be compared."""
    return {
        one.item: Told(one.score, {box: list(texts) for box, texts in one.entries.items()})
        for one in form.printed
    }


def with_headings(told: Mapping[str, Told], width: int, *, bullet: str, blank: bool) -> str:
    """Everything under headings, one after the other, wrapped at a width."""
    lines: list[str] = []
    for item, one in told.items():
        lines += textwrap.wrap(f"{item} {GUIDE.items[item].statement}", width)
        lines += ["", f"{PROMPT} {one.score or ''}".rstrip(), ""]
        for box, label in LABELS.items():
            lines += [label, ""]
            for text in one.entries.get(box, ()):
                lines += _wrapped(text, bullet, width)
                lines += [""] * blank
    return "\n".join(lines) + "\n"


def in_columns(told: Mapping[str, Told], width: int, *, bullet: str, blank: bool) -> str:
    """Labels in a narrow column on the left, the words beside them."""
    lines: list[str] = []
    for item, one in told.items():
        lines += [*textwrap.wrap(f"{item} {GUIDE.items[item].statement}", width + 24), ""]
        lines += [*_beside(PROMPT, [one.score or ""]), ""]
        for box, label in LABELS.items():
            words = [
                line
                for text in one.entries.get(box, ())
                for line in [*_wrapped(text, bullet, width), *[""] * blank]
            ]
            lines += [*_beside(label, words), ""]
    return "\n".join(lines) + "\n"


def _wrapped(text: str, bullet: str, width: int) -> list[str]:
    hang = " " * len(bullet)
    return textwrap.wrap(
        bullet + text, width, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False
    )


def _beside(label: str, words: Sequence[str]) -> list[str]:
    left = textwrap.wrap(label, 22)
    rows = max(len(left), len(words))
    filled = zip([*left, *[""] * rows], [*words, *[""] * rows], strict=False)
    return [f"{one:24}{other}".rstrip() for one, other in list(filled)[:rows]]


def filled(told: dict[str, Told]) -> dict[str, Told]:
    """Without the fields that are blank: a form does not tell an empty box from none."""
    return {
        i: Told(t.score, {b: list(e) for b, e in t.entries.items() if e}) for i, t in told.items()
    }
