"""Many patterns looked for in a text, each only around the words that it cannot match without.

What is found is what searching the whole text for each of them would find: see `prefilter`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ehsg_events.interview.signs.prefilter import alternatives, needed

BEGINNING = 2  # letters of a word that it is looked up by
Span = tuple[int, int]  # the first and the last place in a text at which a match may begin


@dataclass(eq=False)
class _Pattern:
    name: str
    written: str
    width: int

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """Ready to be searched for; most are never, in one process."""
        return re.compile(self.written)

    def begins_in(self, text: str, spans: Iterable[Span]) -> bool:
        """Whether a match begins in one of some spans of a text."""
        for first, last in _joined(sorted(spans), self.width):
            found = self.compiled.search(text, first, last + self.width + 1)
            if found is not None and found.start() <= last:
                return True
        return False


class _Hit(NamedTuple):
    """A pattern that a word belongs to, and where it may begin, counted from where the word does."""

    pattern: _Pattern
    first: int
    last: int


Known = dict[str, Sequence[_Hit]]


class Finder:
    """Looks for patterns, each by a name.

    Args:
        written: the patterns by their names; each repetition in them has a bound.

    Raises:
        ValueError: one of them can match without any word.
    """

    def __init__(self, written: Mapping[str, str]) -> None:
        self._words: defaultdict[str, list[tuple[str, int, _Pattern]]] = defaultdict(list)
        for name, pattern in written.items():
            for one in alternatives(pattern):
                self._add(name, one)

    def _add(self, name: str, written: str) -> None:
        words, width = needed(written)
        if not words:
            raise ValueError(f"{name} can match without any word: {written}")
        pattern = _Pattern(name, written, width)
        for word, before in words.items():
            self._words[word[:BEGINNING]].append((word, before, pattern))

    def hits(self, word: str) -> Iterator[_Hit]:
        """The patterns that a word of a text belongs to."""
        for at, letter in enumerate(word):
            for beginning in (letter, word[at : at + BEGINNING]):
                for needle, before, pattern in self._words.get(beginning, ()):
                    if word.startswith(needle, at):
                        yield _Hit(pattern, at - before, at)


class Text:
    """A text in its normal form, and what is found in it.

    Args:
        known: the words that were looked at before, as in another part of the text.
    """

    def __init__(self, finder: Finder, text: str, known: Known | None = None) -> None:
        self._finder, self.text = finder, text
        self._known: Known = {} if known is None else known
        self._named: defaultdict[str, list[tuple[_Hit, Sequence[int]]]] = defaultdict(list)
        for word, places in self._places().items():
            for hit in self._known[word]:
                self._named[hit.pattern.name].append((hit, places))

    def _places(self) -> Mapping[str, Sequence[int]]:
        """The words that belong to any pattern, each with the places at which it begins."""
        known, places, at = self._known, defaultdict[str, list[int]](list), 0
        for word in self.text.split(" "):
            if word not in known:
                known[word] = tuple(self._finder.hits(word))
            if known[word]:
                places[word].append(at)
            at += len(word) + 1
        return places

    def part(self, text: str) -> Text:
        """A part of the text, to be looked through by itself."""
        return Text(self._finder, text, self._known)

    @property
    def possible(self) -> Collection[str]:
        """The patterns of which the text holds a word that they cannot match without."""
        return self._named.keys()

    def has(self, name: str) -> bool:
        """Whether a pattern matches anywhere in the text."""
        if name not in self._named:
            return False
        spans: defaultdict[_Pattern, list[Span]] = defaultdict(list)
        for (pattern, first, last), places in self._named[name]:
            if first < last:
                spans[pattern] += [(max(0, at + first), at + last) for at in places]
            elif any(pattern.compiled.match(self.text, at + last) for at in places):
                return True
        return any(pattern.begins_in(self.text, each) for pattern, each in spans.items())


def _joined(spans: Iterable[Span], width: int) -> Iterator[Span]:
    """Spans in order, joined where what lies between them would be searched twice."""
    together: Span | None = None
    for first, last in spans:
        if together is not None and first > together[1] + width:
            yield together
            together = None
        together = (first, last) if together is None else (together[0], max(together[1], last))
    if together is not None:
        yield together
