r"""The words that a pattern cannot match without, found by reading the pattern. Pure.

Each match of `\b(hit|kick(s|ed))ing him` holds "hit" or "kick", and begins with it. A text without
them need not be searched, and one that has them only there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

LONG_ENOUGH = 3  # letters; a shorter word stands in every text
ZERO_WIDTH, CLASSES = "bB", "wWdDsS"
LOOKS = ("?=", "?!", "?<=", "?<!")
# what parts alternatives, and what may hold such a mark that does not
MARKS = re.compile(r"\\.|\[.[^\]]*+\]?|[(|)]", re.S)


class Needed(NamedTuple):
    """What every match of a pattern, or of a piece of one, takes.

    `words` are those of which it holds one, each with the most characters of the match that stand
    before it; there are none where nothing is known. `width` is the most characters that it takes,
    those included that it looks ahead at.
    """

    words: Mapping[str, int]
    width: int


NOTHING, ANY = Needed({}, 0), Needed({}, 1)


def needed(pattern: str) -> Needed:
    """What every match of a pattern takes.

    Raises:
        ValueError: it repeats something without a bound, or is written in a way that is not read.
    """
    reader = _Reader(pattern)
    found = reader.alternatives()
    if reader.at < len(pattern):
        raise ValueError(f"this cannot be read: {pattern[reader.at :]}")
    return found


def alternatives(pattern: str) -> list[str]:
    """The patterns of which one matches wherever the whole does."""
    parts, begins, depth = [], 0, 0
    for mark in MARKS.finditer(pattern):
        depth += (mark[0] == "(") - (mark[0] == ")")
        if mark[0] == "|" and not depth:
            parts.append(pattern[begins : mark.start()])
            begins = mark.end()
    return [*parts, pattern[begins:]]


class _Reader:
    """Reads a pattern from its beginning; `at` is how far it has come."""

    def __init__(self, pattern: str) -> None:
        self._pattern, self.at = pattern, 0

    def take(self, mark: str) -> bool:
        """Whether a mark stands here; it is passed."""
        here = self._pattern.startswith(mark, self.at)
        self.at += len(mark) * here
        return here

    def alternatives(self) -> Needed:
        """What one of several takes: a word of each, or nothing is known."""
        parts = [self.in_a_row()]
        while self.take("|"):
            parts.append(self.in_a_row())
        words: dict[str, int] = {}
        for part in parts:
            for word, before in part.words.items():
                words[word] = max(before, words.get(word, 0))
        known = all(part.words for part in parts)
        return Needed(_fewest(words) if known else {}, max(part.width for part in parts))

    def in_a_row(self) -> Needed:
        """What stands in a row takes: the words of the part of it that are rarest, or come first."""
        width, several, letters = 0, [], [("", 0)]
        while self.at < len(self._pattern) and self._pattern[self.at] not in "|)":
            letter, part = self._one()
            least, most = self._times()
            if letter and least == most == 1:
                letters[-1] = (letters[-1][0] + letter, letters[-1][1])
                width += 1
                continue
            if least:
                several.append({word: width + before for word, before in part.words.items()})
            width += part.width * most
            letters.append(("", width))
        several += [{word: before} for run in letters for word, before in _words(*run)]
        return Needed(_best(several), width)

    def _one(self) -> tuple[str, Needed]:
        """One character of a text, if it is always the same, and else what takes its place."""
        if self.take("("):
            return "", self._group()
        letter = self._next()
        if letter == "[":
            self.at = self._pattern.index("]", self.at + 1) + 1
            return "", ANY
        if letter in "^$":
            return "", NOTHING
        if letter == "\\":
            letter = self._next()
            if letter in ZERO_WIDTH:
                return "", NOTHING
            return ("", ANY) if letter in CLASSES else (letter, ANY)
        return ("", ANY) if letter == "." else (letter, ANY)

    def _next(self) -> str:
        self.at += 1
        return self._pattern[self.at - 1]

    def _group(self) -> Needed:
        """What a group takes; of one that only looks, no word is taken, and behind it no room."""
        looks = next((mark for mark in LOOKS if self.take(mark)), None)
        if looks is None and self.take("?"):
            raise ValueError(f"a group of this kind is not read: {self._pattern}")
        inside = self.alternatives()
        if not self.take(")"):
            raise ValueError(f"a group has no end: {self._pattern}")
        if looks is None:
            return inside
        return Needed({}, 0 if "<" in looks else inside.width)

    def _times(self) -> tuple[int, int]:
        """How often, at the least and at the most, what was just read is repeated."""
        if self.take("?"):
            return 0, 1
        if self.take("{"):
            ends = self._pattern.index("}", self.at)
            least, _, most = self._pattern[self.at : ends].partition(",")
            self.at = ends + 1
            return int(least), int(most or least)
        if self.take("*") or self.take("+"):
            raise ValueError(f"a repetition has no bound: {self._pattern}")
        return 1, 1


def _words(letters: str, before: int) -> Iterable[tuple[str, int]]:
    """The words of letters that stand in a row, each with what stands before it."""
    at = 0
    for word in letters.split(" "):
        if word:
            yield word, before + at
        at += len(word) + 1


def _fewest(words: Mapping[str, int]) -> Mapping[str, int]:
    """Without those that begin with another one, which is there wherever they are."""
    return {
        word: before
        for word, before in words.items()
        if not any(words.get(word[:end], -1) >= before for end in range(1, len(word)))
    }


def _best(several: Iterable[Mapping[str, int]]) -> Mapping[str, int]:
    """Those words that are least often there in vain: none of them short, all near the beginning."""
    known = [words for words in several if words]
    return max(known, key=_how_rare, default={})


def _how_rare(words: Mapping[str, int]) -> tuple[int, int]:
    return min(LONG_ENOUGH, *map(len, words)), -max(words.values())
