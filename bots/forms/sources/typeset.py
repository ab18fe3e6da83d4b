"""Words with their places on a page, put together to lines: what PDF holds instead of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from bots.forms.lines import Line

APART = 2.2  # average letters between two words that stand in different columns
SPACED = 1.2  # times the usual distance of two lines: more shows a new paragraph
TIGHT = 2.2  # times its height: lines further apart are not of one paragraph
SLACK = 1.0  # points by which a word may reach over the edge


@dataclass(frozen=True)
class Word:
    """One printed word, and the box around it in points from the top left of its page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its box."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass
class Printed:
    """The words of one printed line, from left to right."""

    words: list[Word] = field(default_factory=list)

    @property
    def top(self) -> float:
        """Where its first word begins, from the top of the page."""
        return self.words[0].top

    @property
    def height(self) -> float:
        """The height of its tallest word."""
        return max(word.bottom - word.top for word in self.words)

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.words[-1].right


def lines_from(words: Iterable[Word]) -> list[Printed]:
    """Words put together to lines, from top to bottom."""
    lines: list[Printed] = []
    for word in sorted(words, key=lambda word: (word.middle[1], word.left)):
        last = lines[-1] if lines else None
        if last and word.middle[1] < last.words[-1].bottom and word.top < last.words[-1].middle[1]:
            last.words.append(word)
        else:
            lines.append(Printed([word]))
    for line in lines:
        line.words.sort(key=lambda word: word.left)
    return lines


def letter_width(words: Sequence[Word]) -> float:
    """The width of an average letter."""
    letters = sum(len(word.text) for word in words)
    return max(sum(word.right - word.left for word in words) / letters, 0.1) if letters else 5.0


def pitch_of(columns: Iterable[Sequence[Printed]]) -> float:
    """The usual distance from one line to the next within a paragraph."""
    steps = Counter(
        round((after.top - line.top) * 2) / 2
        for lines in columns
        for line, after in pairwise(lines)
        if 0 < after.top - line.top < TIGHT * line.height
    )
    often = [step for step, times in steps.items() if times * 5 >= max(steps.values())]
    return min(often, default=0.0)


def as_lines(
    printed: Sequence[Printed], *, left: float, right: float, width: float, pitch: float, place: str
) -> list[Line]:
    """Printed lines as lines of a form.

    Args:
        left: where the text of their column or cell begins.
        right: where it ends at the latest.
        width: of an average letter, by which columns are counted.
        pitch: the usual distance between two lines; more than that parts paragraphs.
    """
    lines: list[Line] = []
    for index, line in enumerate(printed):
        after = printed[index + 1] if index + 1 < len(printed) else None
        before = printed[index - 1] if index else None
        lines.append(
            Line(
                0,
                max(round((line.words[0].left - left) / width), 0),
                text_of(line, left, width),
                after_blank=before is None or line.top - before.top > pitch * SPACED,
                place=place,
                places=tuple(round((word.left - left) / width) for word in line.words),
                full=after is not None and _is_full(line, after, right),
            )
        )
    return lines


def _is_full(line: Printed, after: Printed, right: float) -> bool:
    first = after.words[0]
    space = (line.words[0].bottom - line.words[0].top) / 4
    return line.right + space + first.right - first.left > right - SLACK


def text_of(line: Printed, left: float, width: float) -> str:
    """The text of a line; a gap between columns is as many spaces as letters would fill it."""
    text, begins = "", round((line.words[0].left - left) / width)
    for index, word in enumerate(line.words):
        gap = word.left - line.words[index - 1].right if index else 0.0
        if index and gap > APART * width:
            column = round((word.left - left) / width) - begins
            text += " " * max(column - len(text), 2)
        elif index and gap > 0.1 * width:
            text += " "
        text += word.text
    return text


def apart(lines: Sequence[Line]) -> list[Line]:
    """Lines of which the first stands apart from what is before it."""
    return [replace(line, after_blank=line.after_blank or not i) for i, line in enumerate(lines)]
