"""Headings that a council set among the paragraphs of a field: kept, but no entry of their own.

A heading is a paragraph of its own without a mark, of few words and no punctuation at its end, over
a bullet or a sentence. It is looked for only in a form whose other paragraphs are sentences: where
people wrote in catchwords, a short line is one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bots.forms.paragraphs import ENDED, Paragraph
from ehsg_events.states.submission import Heading

MOST = 3  # words: "Next steps", the name of a team
SENTENCE = 6  # words that a sentence under a heading has at least
SHARE = 2 / 3  # of the paragraphs of a form


def writes_sentences(paragraphs: Iterable[Paragraph]) -> bool:
    """Whether the paragraphs of a form are sentences and bullets, hardly any a catchword."""
    every = list(paragraphs)
    told = sum(bool(one.mark or one.listed or ENDED.search(one.text)) for one in every)
    return told >= SHARE * len(every)


def titled(paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """The texts of one field's paragraphs, those that are headings marked as such."""
    last = len(paragraphs) - 1
    return tuple(
        Heading(one.text) if place < last and _heads(one, paragraphs[place + 1]) else one.text
        for place, one in enumerate(paragraphs)
    )


def _heads(one: Paragraph, below: Paragraph) -> bool:
    sentence = ENDED.search(below.text) and len(below.text.split()) >= SENTENCE
    return _is_short(one) and bool(below.mark or sentence)


def _is_short(one: Paragraph) -> bool:
    text = one.text
    few = len(text.split()) <= MOST and "\n" not in text
    return not one.mark and few and text[0].isupper() and text[-1].isalpha()
