"""Hyphens at line ends: whether one is the word's own or was put there to break it.

The form itself decides. If the word stands elsewhere in one piece, the hyphen goes; if it stands
elsewhere with its hyphen, it stays. If it stands nowhere else, the hyphen goes only in a form that
breaks words (three others are proved), and only if its second half is no word in the form or guide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from guides.model import Guide

BROKEN = re.compile(r"\b(\w++)([-‐\u00ad])$")
FIRST = re.compile(r"\w+")
APART = ("and", "or", "to")  # "pre- and post-": the hyphen is the word's own
PROVED = 3  # broken words that stand elsewhere in one piece


@dataclass
class Hyphens:
    """What a form's own words say about the hyphens at its line ends.

    Args:
        known: every word of the form and its guide in small letters, and every hyphened word.
        breaks: whether the form breaks words at its line ends.
        joined: the words that were put together without their hyphens, as they were read.
    """

    known: frozenset[str] = frozenset()
    breaks: bool = False
    joined: list[str] = field(default_factory=list)

    def join(self, text: str, more: str) -> str:
        """A line and the next one as one text."""
        broken, first = BROKEN.search(text), FIRST.match(more)
        if not (broken and first and first[0][0].islower()) or first[0] in APART:
            return f"{text} {more}"
        if not self._was_put_there(broken[1], first[0]) and broken[2] != "\u00ad":
            return text + more
        self.joined.append(broken[1] + first[0])
        return text[:-1] + more

    def _was_put_there(self, left: str, right: str) -> bool:
        solid, hyphened = (left + right).casefold(), f"{left}-{right}".casefold()
        if solid in self.known or hyphened in self.known:
            return hyphened not in self.known
        return self.breaks and right.casefold() not in self.known


def hyphens_of(lines: Sequence[str], guide: Guide) -> Hyphens:
    """What the lines of a form say about the hyphens at their ends."""
    texts = [
        BROKEN.sub("", FIRST.sub("", line, count=1) if BROKEN.search(before) else line)
        for before, line in pairwise(["", *lines])
    ]
    texts += [f"{item.label} {item.statement}" for item in guide.items.values()]
    known = frozenset(word.replace("‐", "-") for text in texts for word in _words(text.casefold()))
    pairs = [
        (broken[1], first[0])
        for line, after in pairwise(lines)
        if (broken := BROKEN.search(line)) and (first := FIRST.match(after))
    ]
    proved = {
        left + right
        for left, right in pairs
        if (left + right).casefold() in known and f"{left}-{right}".casefold() not in known
    }
    return Hyphens(known, breaks=len(proved) >= PROVED)


def _words(text: str) -> list[str]:
    hyphened = re.findall(r"\b\w++(?:[-‐]\w++)+", text)
    return [*hyphened, *re.findall(r"\w+", text)]
