"""Headings that a council set among the paragraphs of a field: kept, but not as entries.

A heading is a paragraph of a few words without a mark or punctuation at its end, above a bullet or
a sentence. Headings are looked for only in a form that is otherwise written in sentences: where
people wrote in catchwords, a short line is one of those.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bots.forms.paragraphs import ENDED, Paragraph
from ehsg_events.states.submission import Heading

MOST = 3  # words: "Next steps", the name of a team
SENTENCE = 6  # words that a sentence under a heading has at least
SHARE = 2 / 3  # of the paragraphs of a form


def writes_sentences(paragraphs: Iterable[Paragraph]) -> bool:
    """Whether the paragraphs of a form are mostly sentences and bullets, not catchwords."""
    entries = list(paragraphs)
    complete = sum(
        bool(entry.mark or entry.listed or ENDED.search(entry.text)) for entry in entries
    )
    return complete >= SHARE * len(entries)


def titled(paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """The texts of one field's paragraphs; those that are headings are of type `Heading`."""
    last = len(paragraphs) - 1
    return tuple(
        Heading(paragraph.text)
        if not paragraph.exact and index < last and _heads(paragraph, paragraphs[index + 1])
        else paragraph.text
        for index, paragraph in enumerate(paragraphs)
    )


def _heads(paragraph: Paragraph, below: Paragraph) -> bool:
    sentence = ENDED.search(below.text) and len(below.text.split()) >= SENTENCE
    return _is_short(paragraph) and bool(below.mark or sentence)


def _is_short(paragraph: Paragraph) -> bool:
    text = paragraph.text
    few = len(text.split()) <= MOST and "\n" not in text
    return not paragraph.mark and few and text[0].isupper() and text[-1].isalpha()
